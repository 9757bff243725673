// The words of the interface that stand for a code and are the same in every area, in the two voices of the product:
// everywhere, and plain words for the family's tablet. Reading age 9. What an area words itself is in `area.ts`.

import type { Column, StatementKind, SubCategory } from './protocol'

export interface Voice {
  column: Record<Column, string>
  group: Record<SubCategory, string>
  kind: Record<StatementKind, string>
  goals: string
}

export const KIND: Voice['kind'] = {
  fact: 'Fact',
  observation: 'Seen or heard',
  allegation: 'Not proved',
  opinion: 'Opinion',
}

export const KIND_PLAIN: Voice['kind'] = {
  ...KIND,
  fact: 'Known for sure',
  opinion: 'What someone thinks',
}

export const GOALS = 'Safety goals'

export const PRACTICE = 'Practice. Nobody here is real.'

export const AGREES: Record<string, string> = { yes: 'agrees', partly: 'agrees with part of it', no: 'does not agree' }

export const BASIS: Record<string, string> = {
  said_in_meeting: 'Said today',
  report: 'Report',
  letter: 'Letter',
  childs_own_words: 'Child’s own words',
}

/** Why a point is kept back, where the area's form has a code for it. */
export const KEPT_BACK: Record<string, string> = {
  address_safety: 'An address that has to stay private',
  third_party: 'About somebody else',
  police_inquiry: 'A police inquiry is going on',
  child_asked: 'The child asked for this',
}

export const ATTENDANCE: Record<string, string> = {
  in_room: 'In the room',
  online: 'Online',
  absent: 'Not here',
  absent_sent_words: 'Not here, sent words',
  absent_sent_report: 'Not here, sent a report',
}

export const HELP: Record<string, string> = {
  speak: 'Wants to speak',
  meaning: 'Didn’t follow',
  break: 'Needs a break',
}

/** Who will see a number and when: shown before anyone chooses, by the scale's `show`. */
export function whoSees(show: string, chair: string): string {
  if (show === 'everyone') return 'Your number goes on every screen now, without your name.'
  if (show === 'nobody') return `Nobody sees your number until ${chair} shows all of them. Not even ${chair}.`
  return `${chair} sees the numbers come in, without names. Everybody sees them, with names, when ${chair} shows them.`
}
