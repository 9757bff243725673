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

/** A jargon word, and what to write instead. A hint to the writer; it never blocks. */
export const JARGON: readonly (readonly [RegExp, string])[] = (
  [
    ['ICPC', 'first child protection meeting'],
    ['RCPC', 'review meeting'],
    ['CP plan', 'plan to keep a child safe'],
    ['CIN', 'extra help the family agrees to'],
    ['section 47( enquiry)?|s47', 'checks made when a child may be badly hurt'],
    ['strategy (discussion|meeting)', 'first talk between services'],
    ['significant harm', 'serious harm'],
    ['threshold', 'the test for needing this plan'],
    ['neglect(ed|ful)?', 'say what is missing: food, care, watching'],
    ['emotional(ly)? abus(e|ed|ive)', 'say what frightens or hurts the child inside'],
    ['safeguarding', 'keeping safe'],
    ['multi-?agency', 'services working together'],
    ['core group', 'small group working on the plan'],
    ['complicating factors?', 'what makes it harder'],
    ['protective factors?', 'what keeps them safe'],
    ['risk assessment', 'working out what might happen'],
    ['disclos(ed|ure)', 'told someone'],
    ['allegations?|alleg(ed|es)', 'what someone says happened'],
    ['perpetrators?', 'the person’s name'],
    ['DV|DA', 'say who did what'],
    ['domestic (violence|abuse|incident)s?', 'say who did what'],
    ['coercive control', 'say how one person controls another'],
    ['substance (mis)?use', 'drinking or drugs: say which'],
    ['failed to engage|(dis)?engage(ment|d|s)?', 'say what happened: which visits, which calls?'],
    ['hostile|hostility', 'say what was said or done'],
    ['failed to protect', 'say who caused harm and what help was missing'],
    ['disguised compliance', 'what was said, what was seen'],
    ['DNA|WNB', 'was not taken'],
    ['presented as|presents as', 'looked, seemed'],
    ['attachment', 'how close and safe they feel'],
    ['placement', 'home'],
    ['siblings?', 'brothers and sisters'],
    ['LAC', 'child in care'],
    ['PR', 'right to make decisions for a child'],
    ['MASH', 'team that takes first calls'],
    ['CAMHS', 'young people’s mental health service'],
    ['MARAC', 'meeting about people at high risk from a partner'],
    ['DSL', 'school’s lead for keeping children safe'],
    ['PLO', 'last stage before court'],
    ['FGC', 'family-led meeting'],
    ['NFA', 'nothing more planned'],
    ['quorate', 'enough services here'],
    ['contingency plan', 'if things go wrong'],
    ['step(ped)? down', 'move to lighter help'],
  ] as const
).map(([word, plain]) => [new RegExp(`\\b(?:${word})\\b`, /^[A-Z|]+$/.test(word) ? '' : 'i'), plain] as const)

/** The first word that the family might not know, and one plain suggestion. */
export function plainHint(text: string): { word: string; plain: string } | null {
  for (const [word, plain] of JARGON) {
    const found = word.exec(text)
    if (found) return { word: found[0], plain }
  }
  return null
}
