import { expect, it } from 'vitest'
import { LiveBoard } from './board.svelte'
import type { ItemSeen } from './protocol'
import { sourceLine } from './source'

const step = (more: object) =>
  ({
    id: 'i',
    column: 'next_step',
    sub_category: 'next_step',
    who: [],
    by: null,
    kind: null,
    ...more,
  }) as unknown as ItemSeen

it('a step that nobody has taken on says so', () => {
  expect(sourceLine(new LiveBoard(), step({}))).toEqual({ who: '', rest: ['nobody yet'] })
})

it('what to do if things go wrong is not said to be nobody’s', () => {
  expect(sourceLine(new LiveBoard(), step({ sub_category: 'if_things_go_wrong' }))).toEqual({ who: '', rest: [] })
})
