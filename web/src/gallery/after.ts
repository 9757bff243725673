// The end of a meeting, letters to the children, and at a review the plan from the last time.

import FamilyPlan from '../people/FamilyPlan.svelte'
import type { ClosingSeen, EarlierGoalSeen, EarlierItemSeen, EarlierStepSeen, View } from '../lib/protocol'
import Chair from '../surfaces/Chair.svelte'
import Family from '../surfaces/Family.svelte'
import Professional from '../surfaces/Professional.svelte'
import RoomScreen from '../surfaces/RoomScreen.svelte'
import { BEA, CALLUM, DANA, decision, GRACE, HESTER, LEILA, NAOMI, ROBIN, SCREEN, TANSY, type Told } from './meeting'
import { named, note } from './pseudo'
import { hinted, lineOf, press, put, refuse, type Group, type State } from './stand'
import type { Live } from '../lib/live.svelte'

const DATES: View = {
  dates: {
    hold_by: null,
    working_days_used: null,
    core_group_by: '2025-07-08',
    review_by: '2025-09-24',
    letter_by: '2025-06-25',
    record_by: '2025-07-15',
    within: { core_group_working_days: 10, review_months: 3, letter_working_days: 1, record_working_days: 15 },
  },
}
const CLOSING: ClosingSeen = {
  version: 'v1',
  lead_social_worker: NAOMI,
  core_group: [NAOMI, LEILA, GRACE, DANA, CALLUM],
  core_group_on: '2025-07-03',
  review_on: '2025-09-16',
  tells: [
    { child_id: TANSY, person_id: BEA },
    { child_id: TANSY, person_id: NAOMI },
    { child_id: ROBIN, person_id: DANA },
  ],
  told_how_to: ['say something in the record is wrong', 'complain about how the meeting was run'],
}
const WRITTEN: View = {
  ...DATES,
  closing: CLOSING,
  recipients: [
    { person_id: DANA, version: 'family', children: [], how: 'By hand, today' },
    { person_id: LEILA, version: 'plan_only', children: [TANSY], how: '' },
  ],
  [`letter/${TANSY}`]: {
    version: 'v1',
    worried: 'It is loud at night, and your hand was cut.',
    going_well: 'You talk to Mrs Hartnoll when something is on your mind.',
    will_happen: ['Callum sleeps at his brother’s for now.', 'Naomi comes to see you.'],
    if_worried: 'You can tell Mum, Nana Mo or Bea at any time.',
    written_by: HESTER,
    written_at: '2025-06-24T10:58:00Z',
  },
  [`decision/${TANSY}`]: decision(TANSY),
  [`decision/${ROBIN}`]: decision(ROBIN),
}
const CLOSED = { locked: true, closed_at: '2025-06-24T11:22:00Z' }

type Then = (place: HTMLElement, live: Live) => void | Promise<void>
const SURFACE: Record<string, typeof Chair> = { [HESTER]: Chair, [DANA]: Family, [SCREEN]: RoomScreen }

function whole(id: string, title: string, person: string, told: Told, then: Then = () => {}): State {
  return {
    id,
    title,
    alone: true,
    async show(place) {
      const live = lineOf(person, told)
      put(place, SURFACE[person] ?? Professional, { live })
      await then(place, live)
    },
  }
}

const atClose = (more: View, conference: Told['conference'] = {}): Told => ({ phase: 'close', more, conference })

function type(place: HTMLElement, label: string, words: string) {
  const field = place.querySelector<HTMLInputElement>(`#${CSS.escape(idOf(place, label))}`)!
  note(words)
  field.value = words
  for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true }))
}

function idOf(place: HTMLElement, label: string): string {
  return named([...place.querySelectorAll('label')], (one) => one.textContent, label)!.htmlFor
}

/** Somebody else has saved this meanwhile. */
function meanwhile(live: Live, put: View) {
  live.board.receive({ type: 'view', epoch: 'gallery', version: 2, put, drop: [] })
}

export const CLOSE: Group = {
  id: 'close',
  title: 'The end of the meeting',
  states: [
    whole('close-empty', 'Nothing is arranged yet', HESTER, atClose(DATES)),
    whole('close-written', 'Arranged', HESTER, atClose(WRITTEN)),
    whole('close-open', 'Arranged, with every part open', HESTER, atClose(WRITTEN), (place) =>
      place.querySelectorAll<HTMLDetailsElement>('details.pick').forEach((one) => (one.open = true)),
    ),
    whole('close-sure', 'About to be closed', HESTER, atClose(WRITTEN), (place) => press(place, 'Close the meeting')),
    whole('close-wrong-day', 'A day before the meeting', HESTER, atClose(DATES), (place) =>
      type(place, 'The core group meets on', '2025-06-01'),
    ),
    whole('close-meanwhile', 'Two people wrote the same day', HESTER, atClose(WRITTEN), (place, live) => {
      type(place, 'The next review is on', '2025-09-18')
      meanwhile(live, { closing: { ...CLOSING, version: 'v2', review_on: '2025-09-17' } })
    }),
    whole('close-refused', 'Refused', HESTER, atClose(WRITTEN), async (place, live) => {
      refuse(live, 'Somebody is in this list twice.')
      type(place, 'The next review is on', '2025-09-18')
      place.querySelector('[data-field] input')!.dispatchEvent(new FocusEvent('focusout', { bubbles: true }))
      while (!place.querySelector('.refused')) await new Promise(requestAnimationFrame)
    }),
    whole('close-closed', 'The meeting is over', HESTER, atClose(WRITTEN, CLOSED), (_place, live) => {
      const me = live.board.me!
      const own = { me: { ...me, may: ['write_letter', 'add_correction'] } }
      live.board.receive({ type: 'view', own: true, put: own, drop: [] })
    }),
    whole('close-letter', 'A letter', HESTER, atClose(WRITTEN), (place) => press(place, 'the letter to Tansy')),
    whole('close-letter-hint', 'A letter with a word to explain', HESTER, atClose(DATES), async (place) => {
      press(place, 'Write the letter to Robin')
      type(place, 'What are we worried about?', 'There was a safeguarding concern.')
      await hinted(place)
    }),
    whole('close-letter-meanwhile', 'Two people wrote the same letter', HESTER, atClose(WRITTEN), (place, live) => {
      press(place, 'the letter to Tansy')
      type(place, 'What is going well?', 'You read well.')
      const letter = { ...(WRITTEN[`letter/${TANSY}`] as object), version: 'v2', going_well: 'You sing well.' }
      meanwhile(live, { [`letter/${TANSY}`]: letter })
    }),
    whole('close-room', 'On the room’s screen', SCREEN, atClose(WRITTEN)),
    whole('close-work', 'On a laptop', NAOMI, atClose(WRITTEN)),
    whole('close-family', 'On the tablet', DANA, atClose(WRITTEN)),
  ],
}

const SAID = { children: [TANSY, ROBIN], progress: null, note: '', said_by: null, marked_by: null }
const GOAL: EarlierGoalSeen = {
  ...SAID,
  text: 'A grown-up always knows where Robin is, and he cannot open the front door.',
  danger_text: 'Robin has got out of the flat on his own twice.',
  for_how_long: 'three months',
  progress: 'partly',
  note: 'The chain was off once, in January.',
  said_by: DANA,
}
const STEP: EarlierStepSeen = {
  ...SAID,
  text: 'Do Robin’s health check at home and book the dentist.',
  who: ['Grace Tolland', 'Dana Wrenfield'],
  by: '2025-07-04',
  goal_id: 'g',
}
const ITEM: EarlierItemSeen = {
  column: 'worry',
  sub_category: 'past_harm',
  kind: 'allegation',
  text: 'Callum threw a plate.',
  about_children: [TANSY],
  said_by: 'PC Rowan Achebe',
  agency: 'Police',
  child_speaking: null,
  responses: [{ name: 'Callum Ockley', agrees: 'partly', text: 'At the wall.' }],
}
const EARLIER: View = {
  earlier: { held_on: '2025-03-25', title: 'First conference' },
  'earlier_goal/g': GOAL,
  'earlier_step/s': STEP,
  'earlier_step/t': { ...STEP, text: 'Nana Mo has a key to the flat.', by: null, goal_id: null, progress: 'done' },
  'earlier_item/i': ITEM,
}
const opened: Then = (place) => void ([...place.querySelectorAll('details')].at(-1)!.open = true)

export const REVIEW: Group = {
  id: 'review',
  title: 'The plan from the last time',
  states: [
    whole('review-chair', 'Beside the board', HESTER, { more: EARLIER, lit: 'earlier_goal/g' }, opened),
    whole('review-shut', 'Shut', HESTER, { more: EARLIER }, (place) => {
      place.querySelector<HTMLDetailsElement>('details.plan')!.open = false
    }),
    whole('review-room', 'On the room’s screen', SCREEN, { more: EARLIER, lit: 'earlier_step/s' }),
    whole('review-work', 'On a laptop', LEILA, { more: EARLIER, lit: 'earlier_step/s' }, opened),
    whole('review-tablet', 'On the tablet', DANA, { more: EARLIER, lit: 'earlier_goal/g' }),
    {
      id: 'review-family',
      title: 'In plain words, with the board of that day',
      width: 720,
      show(place) {
        put(place, FamilyPlan, { live: lineOf(DANA, { more: EARLIER }) })
        place.querySelector('details')!.open = true
      },
    },
  ],
}
