// The part without the family, the chair's seat, and people who are kept apart.

import ApartPanel from '../chair/ApartPanel.svelte'
import PrivatePanel from '../chair/PrivatePanel.svelte'
import type { View } from '../lib/protocol'
import Chair from '../surfaces/Chair.svelte'
import Family from '../surfaces/Family.svelte'
import Professional from '../surfaces/Professional.svelte'
import RoomScreen from '../surfaces/RoomScreen.svelte'
import { CALLUM, DANA, everybody, GRACE, HESTER, point, points, ROWAN, SCREEN, type Told } from './meeting'
import { deskOf, lineOf, press, put, write, type Group, type State } from './stand'

const since = new Date(Date.now() - 12 * 60_000).toISOString()
const OUT: View = { without_family: { since, reason: 'The services need to check something among themselves.' } }
const HOLDING: View = {
  conference: { title: 'First child protection conference for Tansy and Robin' },
  ...OUT,
  unnamed: ['chair', 'social_worker', 'professional', 'professional', 'parent'].map((role) => ({
    role,
    present: true,
  })),
}
const SAID = point('x1', 'The dentist saw bruises on Tuesday.', { readers: [DANA, CALLUM, SCREEN] })
const INSIDE: View = { ...OUT, 'private/x1': SAID, 'private_order/worry/past_harm': ['x1'] }
const MAY = ['begin_without_family', 'end_without_family', 'release_private', 'let_read', 'take_over']

function screen(id: string, title: string, whose: string, told: Told, then: (place: HTMLElement) => void = () => {}) {
  const Surface = { [HESTER]: Chair, [DANA]: Family, [SCREEN]: RoomScreen }[whose] ?? Professional
  return {
    id,
    title,
    alone: true,
    show(place) {
      put(place, Surface, { live: lineOf(whose, { may: MAY, ...told }) })
      then(place)
    },
  } satisfies State
}

function panel(id: string, title: string, kind: 'private' | 'apart', more: View, pressed = ''): State {
  return {
    id,
    title,
    alone: true,
    show(place) {
      put(place, kind === 'private' ? PrivatePanel : ApartPanel, { desk: deskOf(HESTER, { may: MAY, more }) })
      if (pressed) press(place, pressed)
    },
  }
}

export const OUTSIDE: Group = {
  id: 'out',
  title: 'The part without the family',
  states: [
    screen('out-family', 'The family waits', DANA, { only: HOLDING }),
    screen('out-wall', 'The wall waits', SCREEN, { only: HOLDING }),
    screen('out-chair', 'Who stays: the chair', HESTER, { more: INSIDE }),
    screen('out-work', 'Who stays: a professional', ROWAN, { more: INSIDE }),
    panel('out-begin', 'Before it begins', 'private', {}),
    panel('out-refused', 'No reason yet', 'private', {}, 'Begin without the family'),
    panel('out-release', 'Who will read it', 'private', INSIDE, 'Release…'),
  ],
}

const seat = { since, deputy: null, how: 'taken_over' }
const lost = { ...everybody(), [HESTER]: { ...everybody()[HESTER]!, present: false } }

export const SEAT: Group = {
  id: 'seat',
  title: 'The chair’s seat',
  states: [
    screen('seat-lost', 'The deputy sees that the chair is lost', GRACE, {
      people: lost,
      more: { chair: { ...seat, how: 'prepared', person_id: HESTER, before: null, deputy: GRACE } },
    }),
    screen(
      'seat-typed',
      'The deputy has typed it',
      GRACE,
      { people: lost, more: { chair: { ...seat, how: 'prepared', person_id: HESTER, before: null, deputy: GRACE } } },
      (place) => write(place, 'take the chair', '.seat input'),
    ),
    screen('seat-taken', 'Whose seat was taken over', ROWAN, {
      more: { chair: { ...seat, person_id: GRACE, before: ROWAN } },
    }),
    screen('seat-handed', 'Who handed it over', ROWAN, {
      more: { chair: { ...seat, how: 'handed_over', person_id: GRACE, before: ROWAN } },
    }),
  ],
}

const [first, second] = points()
const lines = [
  { key: `item/${first!.id}`, version: '1', read_by: [], waits_for: [DANA, CALLUM] },
  { key: `item/${second!.id}`, version: '1', read_by: [DANA], waits_for: [CALLUM] },
]

export const APART: Group = {
  id: 'apart',
  title: 'People who are kept apart',
  states: [
    panel('apart-waiting', 'What waits for the chair’s word', 'apart', {
      kept_apart: { people: [DANA, CALLUM], lines },
    }),
    panel('apart-none', 'Nothing yet', 'apart', { kept_apart: { people: [DANA, CALLUM], lines: [] } }),
  ],
}
