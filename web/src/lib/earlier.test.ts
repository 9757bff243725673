import { describe, expect, it } from 'vitest'
import { LiveBoard } from './board.svelte'
import { earlierPlan, keyOf } from './earlier'

const unmarked = { children: [], progress: null, note: '', said_by: null, marked_by: null }
const goal = (text: string) => ({ ...unmarked, text, danger_text: 'What may happen.', for_how_long: null })
const step = (text: string, by: string | null, goal_id: string | null) => ({ ...unmarked, text, who: [], by, goal_id })

function boardWith(put: Record<string, unknown>): LiveBoard {
  const board = new LiveBoard()
  board.receive({ type: 'view', epoch: 'e', version: 1, full: true, drop: [], put })
  return board
}

describe('the plan from the last time', () => {
  it('has each step under its goal, the first due first, whatever order they came in', () => {
    const plan = earlierPlan(
      boardWith({
        'earlier_step/s2': step('Fit the latch.', '2025-08-01', 'g1'),
        'earlier_step/s3': step('Ring Nana Mo.', null, 'gone'),
        'earlier_goal/g2': goal('Robin sleeps through.'),
        'earlier_step/s1': step('See the dentist.', '2025-07-10', 'g1'),
        'earlier_goal/g1': goal('A grown-up is awake.'),
      }),
    )
    expect(plan.goals.map(({ goal, steps }) => [goal.id, steps.map((one) => one.id)])).toEqual([
      ['g1', ['s1', 's2']],
      ['g2', []],
    ])
    expect(plan.steps.map((one) => one.id)).toEqual(['s3'])
    expect(keyOf(plan.goals[0]!.goal)).toBe('earlier_goal/g1')
    expect(keyOf(plan.steps[0]!)).toBe('earlier_step/s3')
  })
})
