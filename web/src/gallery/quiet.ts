// What the rules tell the chair quietly: who is here and whether they are enough, what the plan lacks, what she may ask.

import Chair from '../surfaces/Chair.svelte'
import type { GapSeen, PromptSeen, QuorumSeen } from '../lib/protocol'
import PeoplePanel from '../chair/PeoplePanel.svelte'
import { DANA, everybody, HESTER, point, points, ROBIN, ROWAN, STATEMENTS, TANSY, type Told } from './meeting'
import { deskOf, hinted, key, lineOf, press, put, until, type Group, type State } from './stand'

export const ENOUGH: QuorumSeen = {
  met: true,
  agencies: ['a2', 'a3', 'a4'],
  known_by: { [TANSY]: ['a2', 'a3', 'a4'], [ROBIN]: ['a2', 'a5'] },
  missing: [],
  in_words: 'Social care, and at least two other agencies that know the children.',
  unknown_children: [],
  went_on: null,
}
export const TOO_FEW: QuorumSeen = {
  ...ENOUGH,
  met: false,
  known_by: { [TANSY]: ['a2', 'a4'], [ROBIN]: [] },
  missing: ['police'],
  unknown_children: [ROBIN],
}
const WENT_ON = {
  ...TOO_FEW,
  went_on: { at: '2025-06-24T09:20:00Z', reason: 'The police told us all they know by phone this morning.' },
}
const TIMES = {
  [`times/${DANA}`]: { since: '2025-06-24T09:02:00Z', left: null },
  [`times/${ROWAN}`]: { since: '2025-06-24T09:00:00Z', left: '2025-06-24T10:15:00Z' },
}
const AT_THE_TABLE = {
  ...everybody(),
  [DANA]: { ...everybody()[DANA]!, attendance: 'online' as const },
  [ROWAN]: { ...everybody()[ROWAN]!, left: true, here: false, present: false },
}

function people(id: string, title: string, quorum: QuorumSeen, pressed = ''): State {
  return {
    id: `here-${id}`,
    title,
    alone: true,
    show(place) {
      put(place, PeoplePanel, { desk: deskOf(HESTER, { people: AT_THE_TABLE, more: { quorum, ...TIMES } }) })
      if (pressed) press(place, pressed)
    },
  }
}

function chair(id: string, title: string, told: Told, then: (place: HTMLElement) => void = () => {}): State {
  return {
    id,
    title,
    alone: true,
    async show(place) {
      put(place, Chair, { live: lineOf(HESTER, told) })
      if (told.more && 'prompts' in told.more) await until(place, '.prompt')
      if (told.phase === 'danger_statements') await hinted(place) // its sentences are long
      then(place)
    },
  }
}

export const HERE: Group = {
  id: 'here',
  title: 'Who is here, and whether they are enough',
  states: [
    people('enough', 'Enough services are here', ENOUGH),
    people('too-few', 'Too few', TOO_FEW),
    people('writing', 'Writing why we go on', TOO_FEW, 'Write why we go on'),
    people('went-on', 'We went on with fewer', WENT_ON),
    chair('here-sign', 'The sign in the top bar', { people: AT_THE_TABLE, more: { quorum: TOO_FEW, ...TIMES } }),
  ],
}

const steps = points().filter((item) => item.column === 'next_step')
const GAPS: GapSeen[] = [
  { what: 'danger_without_goal', of: 'danger/d2' },
  { what: 'goal_without_step', of: 'goal/g2' },
  { what: 'step_without_who', of: `item/${steps[0]!.id}` },
]
const LACKING = { gaps: GAPS, ...STATEMENTS }

export const PLAN: Group = {
  id: 'plan',
  title: 'What the plan still lacks',
  states: [
    chair('plan-steps', 'At the next steps', { phase: 'next_steps', more: LACKING }),
    chair('plan-decision', 'Before the decision', { phase: 'decision', more: LACKING }),
  ],
}

const PROMPTS: PromptSeen[] = [
  { at: 'worry', way: 'elicit', ask: 'What are you most worried about?' },
  { at: 'worry', way: 'amplify', ask: 'How often does it happen? When was the last time?' },
  { at: 'card', way: 'follow_up', ask: 'Is that what happened, or what you think?' },
  { at: 'scale', way: 'elicit', ask: 'What would 10 look like? And 0?' },
  { at: 'danger_statements', way: 'elicit', ask: 'Who is worried, about what, and what could happen to the child?' },
]
const prompts = { prompts: PROMPTS }
const MOVED = point('m1', 'Priya comes on Tuesdays.', {
  column: 'next_step',
  sub_category: 'next_step',
  kind: null,
  who: [],
  by: null,
  origin: { column: 'worry', sub_category: 'past_harm' },
})

export const ASKING: Group = {
  id: 'asking',
  title: 'What the chair may ask',
  states: [
    chair('asking-map', 'On the map', { more: prompts }),
    chair('asking-next', 'The next one', { more: prompts }, () => key('q')),
    chair('asking-card', 'About the card under the lamp', { lit: 'item/b02', more: prompts }),
    chair('asking-danger', 'At the danger statement', {
      phase: 'danger_statements',
      more: { ...prompts, ...STATEMENTS },
    }),
    chair('asking-scale', 'At the scale', { phase: 'scaling', more: prompts }),
    chair('asking-moved', 'A card that came from another column', { items: [...points(8), MOVED], more: prompts }),
  ],
}
