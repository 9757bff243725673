// The tablet's own words, on top of `lib/words.ts`: reading age 9.

import type { Agrees, Column, Phase } from '../lib/protocol'

/** "Dana does not agree", "You agree". */
export function ANSWERED(agrees: Agrees, oneself: boolean): string {
  if (agrees === 'yes') return oneself ? 'agree' : 'agrees'
  if (agrees === 'partly') return oneself ? 'agree with part of it' : 'agrees with part of it'
  return oneself ? 'do not agree' : 'does not agree'
}

export const KIND_OF_WORDS: Record<Column, string> = {
  worry: 'Something people worry about',
  strength: 'Something that is going well',
  next_step: 'Something that should happen',
}

/** The eight steps of the meeting; danger statements and goals are one, and before it begins there is none. */
export const STEPS: readonly { name: string; phases: readonly Phase[] }[] = [
  { name: 'Welcome', phases: ['welcome'] },
  { name: 'Making the map', phases: ['mapping'] },
  { name: 'What could happen, and what we want to see', phases: ['danger_statements', 'safety_goals'] },
  { name: 'Who does what', phases: ['next_steps'] },
  { name: 'A number from 0 to 10', phases: ['scaling'] },
  { name: 'What each of us thinks', phases: ['agency_views'] },
  { name: 'The decision', phases: ['decision'] },
  { name: 'Goodbye', phases: ['close'] },
]

export function stepOf(phase: Phase): { number: number; name: string } | null {
  const index = STEPS.findIndex((step) => step.phases.includes(phase))
  const step = STEPS[index]
  return step ? { number: index + 1, name: step.name } : null
}

/** What a decision means at home, in the words a family takes away. */
export const OUTCOME_PLAIN: Record<string, string> = {
  child_protection_plan: 'a plan to keep them safe, which everyone here must work on (a Child Protection plan)',
  child_in_need_plan: 'extra help that the family agrees to (a Child in Need plan)',
  no_plan: 'no plan is needed',
  plan_continues: 'the plan to keep them safe goes on',
  plan_ends_child_in_need_plan: 'the plan to keep them safe ends, and extra help that the family agrees to begins',
  plan_ends_no_plan: 'the plan to keep them safe ends',
  not_able_to_say: 'not able to say',
}

/** The tab on which something that can be lit stands; null where it has a page of its own. */
export function tabOf(key: string | null, columnOf: (id: string) => Column | undefined): Column | null {
  if (!key) return null
  const [kind, id = ''] = key.split('/')
  if (kind === 'item') return columnOf(id) ?? null
  if (kind === 'column') return id === 'worry' || id === 'strength' || id === 'next_step' ? id : null
  if (kind === 'danger') return 'worry'
  if (kind === 'goal') return 'next_step'
  return null
}

/** The same words at the start of a sentence. */
export function saidOf(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
}

/** Whether the question is what everybody looks at: while it is open, until the meeting moves on to the views. */
export function isAsking(phase: Phase, scale: { closed: boolean; revealed: boolean } | undefined | null): boolean {
  if (!scale || phase === 'agency_views' || phase === 'decision' || phase === 'close') return false
  return phase === 'scaling' || (!scale.closed && !scale.revealed)
}
