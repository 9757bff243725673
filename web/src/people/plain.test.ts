import { describe, expect, it } from 'vitest'
import { answered } from '../lib/words'
import type { LiveBoard } from '../lib/board.svelte'
import { ledTo } from './panes'
import { isAsking, KIND_OF_WORDS, nowOf, saidOf, tabOf } from './plain'

describe('plain words', () => {
  it('say who agrees as people say it', () => {
    expect(answered('no', 'Dana')).toBe('<b>Dana</b> does not agree')
    expect(answered('no', 'Dana', true)).toBe('<b>You</b> do not agree')
  })

  it('are a sentence where they stand alone', () => {
    expect(saidOf('no plan is needed')).toBe('No plan is needed.')
  })

  it('never use the words that the trade uses about people', () => {
    expect(Object.values(KIND_OF_WORDS).join(' ')).not.toMatch(/\b(vote|case|client|victim|perpetrator)\b/i)
  })
})

describe('where something that is lit stands on the tablet', () => {
  const columnOf = (id: string) => (id === '1' ? ('strength' as const) : undefined)

  it('is the tab of its column', () => {
    expect(tabOf('item/1', columnOf)).toBe('strength')
    expect(tabOf('column/next_step', columnOf)).toBe('next_step')
    expect(tabOf('goal/9', columnOf)).toBe('next_step')
  })

  it('is no tab for what has a page of its own, or is not here', () => {
    expect(tabOf('answer/1/2', columnOf)).toBeNull()
    expect(tabOf('item/gone', columnOf)).toBeNull()
    expect(tabOf(null, columnOf)).toBeNull()
  })
})

describe('whether the question is what everybody looks at', () => {
  it('is so while numbers come in, and while they are talked about', () => {
    expect(isAsking('scaling', { closed: false, revealed: true })).toBe(true)
    expect(isAsking('mapping', { closed: false, revealed: false })).toBe(true)
    expect(isAsking('mapping', { closed: false, revealed: true })).toBe(false)
    expect(isAsking('decision', { closed: false, revealed: false })).toBe(false)
    expect(isAsking('scaling', undefined)).toBe(false)
  })
})

describe('where the meeting is', () => {
  const at = (phase: string, more: object = {}) =>
    ({ phase, spotlight: null, area: { decides: true }, get: () => undefined, ...more }) as unknown as LiveBoard

  it('is the board on the tablet while the map is made, and has a page of its own after it', () => {
    expect(nowOf(at('mapping'))).toBeNull()
    expect(nowOf(at('safety_goals'))).toBe('statements')
    expect(nowOf(at('decision'))).toBe('decision')
    expect(nowOf(at('decision', { area: { decides: false } }))).toBeNull()
    expect(nowOf(at('mapping', { scale: { closed: false, revealed: false } }))).toBe('number')
  })

  it('is what is lit on a laptop, else the stage', () => {
    expect(ledTo(at('welcome'))).toBe('people')
    expect(ledTo(at('welcome', { spotlight: 'danger/1' }))).toBe('statements')
    expect(ledTo(at('decision', { spotlight: 'earlier_step/1' }))).toBe('earlier')
    expect(ledTo(at('agency_views'))).toBe('views')
    expect(ledTo(at('agency_views', { inside: true }))).toBe('map')
  })
})
