import { describe, expect, it } from 'vitest'
import { ENGLAND } from '../gallery/england'
import { momentInWords, stagesOf, type Moment } from './moments'

const moment = (n: number, what: string, phase: Moment['phase']): Moment => ({
  n,
  at: '2025-06-24T09:52:00+00:00',
  what,
  phase,
})

describe('the time line', () => {
  it('says when and what, in the time of the room', () => {
    expect(momentInWords(moment(3, 'break_taken', 'mapping'), 'Europe/London')).toBe('10:52, Break')
  })

  it('has words for an act that this page does not know yet', () => {
    expect(momentInWords(moment(3, 'something_new', 'mapping'), 'Europe/London')).toBe('10:52, Something changed')
  })

  it('names a stage again when the room goes back to it, and danger statements and goals as one', () => {
    const line = (['prepare', 'welcome', 'danger_statements', 'safety_goals', 'welcome'] as const).map((phase, n) =>
      moment(n + 1, 'phase_set', phase),
    )
    expect(stagesOf(ENGLAND.stages, line)).toEqual([
      { name: 'Before', at: 0 },
      { name: 'Welcome', at: 1 },
      { name: 'Danger and goal', at: 2 },
      { name: 'Welcome', at: 4 },
    ])
  })
})
