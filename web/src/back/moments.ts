// The meeting's time line as the server tells it: when each act was, of what sort, and where the room was; never a word of it.

import { clock } from '../lib/dates'
import { stageAt } from '../lib/area'
import type { Phase, StageSeen, ViewFrame } from '../lib/protocol'
import { t, words } from '../lib/tongue'

export interface Moment {
  n: number
  at: string
  what: string
  phase: Phase
}

const WHAT: Record<string, string> = words({
  conference_prepared: 'Prepared',
  conference_closed: 'Meeting closed',
  correction_added: 'Correction added',
  attendance_marked: 'Who is here',
  person_arrived: 'Who is here',
  person_seated: 'Somebody put on the list',
  seat_changed: 'A seat changed',
  agency_added: 'A service added',
  conference_changed: 'Day, place or children changed',
  report_noted: 'A report noted',
  report_dropped: 'A report taken off the list',
  needs_noted: 'What somebody needs noted',
  cannot_share_noted: 'What cannot be shared noted',
  person_admitted: 'Somebody let in',
  person_removed: 'Somebody taken out',
  chair_handed_over: 'Chair handed over',
  phase_set: 'On to the next stage',
  floor_given: 'Floor given',
  lamp_moved: 'Lamp moved',
  screens_blanked: 'Screens rested or back',
  break_taken: 'Break',
  break_ended: 'Back from the break',
  threshold_explained: 'The test explained',
  help_asked: 'A call for help',
  item_added: 'Point added',
  item_reworded: 'Point reworded',
  item_moved: 'Point moved',
  item_removed: 'Point taken off',
  item_restored: 'Point put back',
  item_placed: 'Offered point placed',
  item_returned: 'Offered point given back',
  item_released: 'Held point released',
  response_given: 'Answer to a point',
  restricted_added: 'Something kept back',
  danger_written: 'Danger statement written',
  goal_written: 'Safety goal written',
  scale_opened: 'Numbers asked for',
  scale_answered: 'A number is in',
  scale_revealed: 'Numbers shown',
  scale_hidden: 'Numbers taken off the screens',
  scale_closed: 'Numbers closed',
  scale_voided: 'Round set aside',
  view_given: 'A service’s view is in',
  family_view_given: 'A family member’s view is in',
  views_shown: 'Views shown or taken off',
  decision_recorded: 'Decision recorded',
  dissent_recorded: 'Formal disagreement',
  progress_marked: 'Progress said',
  closing_written: 'Dates and people for after',
  house_filled: 'A child’s house filled',
  house_agreed: 'A child agrees, or no more',
  house_shown: 'A child’s house shown or taken off',
  letter_written: 'Letter to a child written',
  record_issued: 'Paper made',
  went_on_without_quorum: 'Going on without enough services',
  undone: 'Something taken back',
})

/** "10:52, Break". */
export function momentInWords(moment: Moment, timeZone: string): string {
  return `${clock(moment.at, timeZone)}, ${WHAT[moment.what] ?? t('Something changed')}`
}

export function stageName(stages: readonly StageSeen[], phase: Phase): string {
  return stages[stageAt(stages, phase)]?.words ?? t('Before')
}

/** The first moment of each stage that the room came to, in the order in which it did. */
export function stagesOf(stages: readonly StageSeen[], moments: readonly Moment[]): { name: string; at: number }[] {
  const found: { name: string; at: number }[] = []
  moments.forEach(({ phase }, at) => {
    const name = stageName(stages, phase)
    if (found.at(-1)?.name !== name) found.push({ name, at })
  })
  return found
}

/** Refused (404) is null: that screen was not in the meeting then. */
export async function seenAt(
  conference: string,
  person: string,
  n: number,
  signal: AbortSignal,
): Promise<ViewFrame | null> {
  const answer = await fetch(`/api/conferences/${conference}/seen-by/${person}?at=${n}`, { cache: 'no-store', signal })
  if (answer.status === 404) return null
  if (!answer.ok) throw new Error('not now')
  return (await answer.json()) as ViewFrame
}

export async function momentsOf(conference: string): Promise<Moment[]> {
  const answer = await fetch(`/api/conferences/${conference}/moments`, { cache: 'no-store' })
  if (!answer.ok) throw new Error('not now')
  return ((await answer.json()) as { moments: Moment[] }).moments
}
