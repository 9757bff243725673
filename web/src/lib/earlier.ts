// The plan that the conference before this one left, and how each part of it went. Everybody has the same in front of them.

import type { LiveBoard, WithId } from './board.svelte'
import { day } from './dates'
import type {
  Column,
  EarlierConferenceSeen,
  EarlierGoalSeen,
  EarlierItemSeen,
  EarlierStepSeen,
  ItemSeen,
} from './protocol'
import { t, words } from './tongue'

export type Progress = 'done' | 'partly' | 'not'

export const PROGRESS: readonly Progress[] = ['done', 'partly', 'not']
export const WENT: Record<Progress, string> = words({ done: 'Done', partly: 'Partly', not: 'Not done' })
export const WENT_PLAIN: Record<Progress, string> = words({ done: 'Done', partly: 'Partly done', not: 'Not done yet' })

export type Goal = WithId<EarlierGoalSeen>
export type Step = WithId<EarlierStepSeen>
export type Part = Goal | Step

export interface EarlierPlan {
  goals: { goal: Goal; steps: Step[] }[]
  /** Steps that belong to no goal. */
  steps: Step[]
}

export function earlierOf(board: LiveBoard): EarlierConferenceSeen | undefined {
  return board.get<EarlierConferenceSeen>('earlier')
}

/** "The plan from Tue 24 June 2025". */
export function planName(board: LiveBoard): string {
  return t('The plan from {day}', { day: day(earlierOf(board)?.held_on ?? '') })
}

/** In an order that every screen shares: goals by their words, steps by the day they were due. */
export function earlierPlan(board: LiveBoard): EarlierPlan {
  const goals = withIds(board.under<EarlierGoalSeen>('earlier_goal/')).sort((a, b) => a.text.localeCompare(b.text))
  const steps = withIds(board.under<EarlierStepSeen>('earlier_step/')).sort(
    (a, b) => (a.by ?? '9').localeCompare(b.by ?? '9') || a.text.localeCompare(b.text),
  )
  const known = new Set(goals.map((goal) => goal.id))
  return {
    goals: goals.map((goal) => ({ goal, steps: steps.filter((step) => step.goal_id === goal.id) })),
    steps: steps.filter((step) => !known.has(step.goal_id ?? '')),
  }
}

/** The points of one column of that board, by their words. */
export function earlierItems(board: LiveBoard, column: Column): ItemSeen[] {
  return withIds(board.under<EarlierItemSeen>('earlier_item/'))
    .filter((item) => item.column === column)
    .sort((a, b) => a.sub_category.localeCompare(b.sub_category) || a.text.localeCompare(b.text))
    .map(({ said_by: name, agency, responses, ...item }) => ({
      ...item,
      source: { person_id: '', name, agency, basis: 'report', report_id: null },
      responses: responses.map((one, index) => ({ ...one, person_id: String(index) })),
      happened_on: null,
      new_today: false,
      version: '',
      earlier: [],
    }))
}

/** The key by which a part can be lit. */
export function keyOf(part: Part): string {
  return `earlier_${'danger_text' in part ? 'goal' : 'step'}/${part.id}`
}

function withIds<T>(entries: [string, T][]): WithId<T>[] {
  return entries.map(([id, value]) => ({ ...value, id }))
}
