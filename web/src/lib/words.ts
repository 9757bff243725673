// The words of the interface that stand for a code and are the same in every area, in the two voices of the product:
// everywhere, and plain words for the family's tablet. Reading age 9. What an area words itself is in `area.ts`.

import type { Agrees, Column, StatementKind, SubCategory } from './protocol'
import { t, word, words } from './tongue'

export interface Voice {
  column: Record<Column, string>
  group: Record<SubCategory, string>
  kind: Record<StatementKind, string>
  goals: string
}

export const KIND: Voice['kind'] = words({
  fact: 'Fact',
  observation: 'Seen or heard',
  allegation: 'Not proved',
  opinion: 'Opinion',
})

export const KIND_PLAIN: Voice['kind'] = words({
  fact: 'Known for sure',
  observation: 'Seen or heard',
  allegation: 'Not proved',
  opinion: 'What someone thinks',
})

export const GOALS = word('Safety goals')

export const PRACTICE = word('Practice. Nobody here is real.')

export const BASIS: Record<string, string> = words({
  said_in_meeting: 'Said today',
  report: 'Report',
  letter: 'Letter',
  childs_own_words: 'Child’s own words',
})

/** Why a point is kept back, where the area's form has a code for it. */
export const KEPT_BACK: Record<string, string> = words({
  address_safety: 'An address that has to stay private',
  third_party: 'About somebody else',
  police_inquiry: 'A police inquiry is going on',
  child_asked: 'The child asked for this',
})

export const ATTENDANCE: Record<string, string> = words({
  in_room: 'In the room',
  online: 'Online',
  absent: 'Not here',
  absent_sent_words: 'Not here, sent words',
  absent_sent_report: 'Not here, sent a report',
})

export const HELP: Record<string, string> = words({
  speak: 'Wants to speak',
  meaning: 'Didn’t follow',
  break: 'Needs a break',
})

/** "Dana does not agree", "You agree". */
export function answered(agrees: Agrees, name: string, oneself = false): string {
  if (agrees === 'yes') return oneself ? t('<b>You</b> agree') : t('<b>{name}</b> agrees', { name })
  if (agrees === 'partly')
    return oneself ? t('<b>You</b> agree with part of it') : t('<b>{name}</b> agrees with part of it', { name })
  return oneself ? t('<b>You</b> do not agree') : t('<b>{name}</b> does not agree', { name })
}

/** Who will see a number and when: shown before anyone chooses, by the scale's `show`. */
export function whoSees(show: string, chair: string): string {
  if (show === 'everyone') return t('Your number goes on every screen now, without your name.')
  if (show === 'nobody')
    return t('Nobody sees your number until {chair} shows all of them. Not even {chair}.', { chair })
  return t(
    '{chair} sees the numbers come in, without names. Everybody sees them, with names, when {chair} shows them.',
    { chair },
  )
}
