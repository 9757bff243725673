// Every word of the interface that stands for a code, in the two voices of the product: everywhere, and plain words for the
// family's tablet. Reading age 9.

import type { Column, StatementKind, SubCategory } from './protocol'

export interface Voice {
  column: Record<Column, string>
  group: Record<SubCategory, string>
  kind: Record<StatementKind, string>
  goals: string
}

export const EVERYWHERE: Voice = {
  column: {
    worry: 'What are we worried about?',
    strength: 'What’s working well?',
    next_step: 'What needs to happen?',
  },
  group: {
    past_harm: 'Past harm',
    future_danger: 'Future danger',
    complicating_factor: 'Complicating factors',
    existing_strength: 'Existing strengths',
    existing_safety: 'Existing safety',
    next_step: 'Next steps',
    if_things_go_wrong: 'If things go wrong',
  },
  kind: { fact: 'Fact', observation: 'Seen or heard', allegation: 'Not proved', opinion: 'Opinion' },
  goals: 'Safety goals',
}

/** `children`: "Isla and Robin". */
export function plainWords(children: string): Voice {
  return {
    column: EVERYWHERE.column,
    group: {
      past_harm: 'What has happened',
      future_danger: 'What could happen',
      complicating_factor: 'What makes it harder',
      existing_strength: 'Good things',
      existing_safety: `What already keeps ${children || 'the children'} safe`,
      next_step: 'Who does what',
      if_things_go_wrong: 'If things go wrong',
    },
    kind: {
      fact: 'Known for sure',
      observation: 'Seen or heard',
      allegation: 'Not proved',
      opinion: 'What someone thinks',
    },
    goals: 'What we want to see',
  }
}

export const COLUMN_SHORT: Record<Column, string> = {
  worry: 'Worries',
  strength: 'Working well',
  next_step: 'What needs to happen',
}

export const OUTCOME: Record<string, string> = {
  child_protection_plan: 'Child Protection plan',
  child_in_need_plan: 'Child in Need plan',
  no_plan: 'No plan',
  plan_continues: 'The plan goes on',
  plan_ends_child_in_need_plan: 'The plan ends, with a Child in Need plan',
  plan_ends_no_plan: 'The plan ends',
  not_able_to_say: 'Not able to say',
}

export const OUTCOME_SHORT: Record<string, string> = {
  child_protection_plan: 'Protection',
  child_in_need_plan: 'In Need',
  no_plan: 'No plan',
  plan_continues: 'Goes on',
  plan_ends_child_in_need_plan: 'In Need',
  plan_ends_no_plan: 'Ends',
  not_able_to_say: 'No view',
}

export const CATEGORY: Record<string, string> = {
  neglect: 'Neglect',
  physical_abuse: 'Physical abuse',
  emotional_abuse: 'Emotional abuse',
  sexual_abuse: 'Sexual abuse',
}

/** Outcomes that carry a category: a child protection plan that starts or goes on. */
export const NEEDS_CATEGORY: readonly string[] = ['child_protection_plan', 'plan_continues']

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

export const CONFERENCE_TYPE: Record<string, string> = {
  initial: 'First conference',
  review: 'Review conference',
  pre_birth: 'Conference before birth',
  transfer_in: 'Conference after a move',
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
