// Who sits where, whether it is saved, where the room is, and what has just happened.

import Connection from '../board/Connection.svelte'
import Ended from '../board/Ended.svelte'
import StageBar from '../board/StageBar.svelte'
import CommandRow from '../chair/CommandRow.svelte'
import Top from '../chair/Top.svelte'
import type { Command, PersonSeen } from '../lib/protocol'
import type { Link } from '../lib/socket'
import Professional from '../surfaces/Professional.svelte'
import { ENGLAND } from './england'
import {
  CALLUM,
  crowd,
  DANA,
  everybody,
  GRACE,
  HESTER,
  LEILA,
  LONG_NAMES,
  MAUREEN,
  point,
  ROWAN,
  type Told,
} from './meeting'
import { note } from './pseudo'
import { deskOf, lineOf, put, type Group, type State } from './stand'

function seats(id: string, title: string, told: Told = {}, after: Record<string, Partial<PersonSeen>> = {}): State {
  return {
    id: `seat-${id}`,
    title,
    width: 1340,
    show(place) {
      const desk = deskOf(HESTER, told)
      put(place, Top, { desk })
      const people = told.people ?? everybody()
      const later = Object.entries(after).map(([who, more]) => [`person/${who}`, { ...people[who], ...more }])
      desk.board.receive({ type: 'view', epoch: 'gallery', version: 2, put: Object.fromEntries(later), drop: [] })
    },
  }
}

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
const asks = (person: string, what: string, minutes = 0) => ({
  [`help/${person}`]: { [what]: { at: ago(minutes), key: null } },
})
const offered = { ...point('o1', 'She has a bed at Nana Mo’s.'), standing: 'offered', offered_by: GRACE, open: [] }

export const SEATS: Group = {
  id: 'seats',
  title: 'A person at the table, as the chair sees it',
  states: [
    seats('quiet', 'Nothing to say about anybody', { items: [] }),
    seats('floor', 'Has the floor', { floor: DANA }),
    seats('speak', 'Wants to speak', { more: asks(CALLUM, 'speak') }),
    seats('waiting', 'Wants to speak, and has waited', { more: asks(CALLUM, 'speak', 3) }),
    seats('meaning', 'Didn’t follow', { more: asks(MAUREEN, 'meaning') }),
    seats('break', 'Needs a break', { more: asks(DANA, 'break') }),
    seats('floor-break', 'Has the floor, and needs a break', { floor: DANA, more: asks(DANA, 'break') }),
    seats('not-heard', 'Not heard yet', { more: { not_heard: [LEILA] } }),
    seats('ready', '1 point ready', { more: { 'offered/o1': offered } }),
    seats('lost', 'Lost connection', {}, { [ROWAN]: { present: false } }),
    seats('out', 'Stepped out', {}, { [GRACE]: { left: true, here: false } }),
    seats('many', '30 people', { people: crowd(30), floor: DANA, more: asks(CALLUM, 'speak') }),
    seats('long', 'Long names', {
      floor: DANA,
      people: Object.fromEntries(
        Object.entries(everybody()).map(([id, one]) => [id, { ...one, name: LONG_NAMES[id] ?? one.name }]),
      ),
    }),
    seats('on-a-break', 'During a break', {
      more: { break: { since: '2025-06-24T09:55:00Z', until: '2025-06-24T10:05:00Z' } },
    }),
  ],
}

function saved(id: string, title: string, link: Link, waiting = 0, back: number | null = null): State {
  return {
    id: `saved-${id}`,
    title,
    show(place) {
      const live = lineOf(HESTER)
      live.link = link
      live.back = back
      live.board.waiting = Array.from({ length: waiting }, () => ({ id: 'x', type: 'end_break' }) as Command)
      put(place, Connection, { live })
    },
  }
}

const gone = (link: Link): State => ({
  id: `ended-${link}`,
  title: `No board to show: ${link}`,
  width: 640,
  show: (place) => put(place, Ended, { link }),
})

export const SAVED: Group = {
  id: 'saved',
  title: 'Is it saved?',
  states: [
    saved('saved', 'Saved', 'live'),
    saved('sending', 'Sending', 'live', 1),
    saved('offline', 'Offline', 'lost', 1),
    saved('back', 'Back', 'live', 0, 3),
    saved('back-empty', 'Back, with nothing to send', 'live', 0, 0),
    saved('connecting', 'Connecting', 'connecting'),
    gone('connecting'),
    gone('lost'),
    gone('newer'),
    gone('removed'),
    gone('closed'),
    gone('damaged'),
  ],
}

export const ROW: Group = {
  id: 'row',
  title: 'Where we are, and what just happened',
  states: [
    ...(['prepare', 'welcome', 'safety_goals', 'close'] as const).map((phase) => ({
      id: `stage-${phase}`,
      title: `Stages, at ${phase}`,
      width: 1000,
      show: (place: HTMLElement) => put(place, StageBar, { stages: ENGLAND.stages, phase, onpick() {} }),
    })),
    row('undo', 'Something that can be undone', 'Moved to Working well', 'done', 'Undo'),
    row(
      'shown',
      'Something that cannot be undone, only taken off',
      'Numbers shown',
      'done',
      'Take them off the screens',
    ),
    row('refused', 'Something that could not be done', 'Naomi has changed this since, so it stays.', 'refused'),
    {
      id: 'row-offered',
      title: 'Points wait for the chair',
      width: 1340,
      show(place) {
        const held = { ...offered, standing: 'held' }
        put(place, CommandRow, { desk: deskOf(HESTER, { more: { 'offered/o1': offered, 'held/h1': held } }) })
      },
    },
    {
      id: 'note-done',
      title: 'On somebody’s own screen',
      alone: true,
      show(place) {
        const live = lineOf(ROWAN)
        note('Offered to Hester.')
        live.say('Offered to Hester.', 'done', { label: 'Undo', run() {} })
        put(place, Professional, { live })
      },
    },
  ],
}

function row(id: string, title: string, words: string, tone: 'done' | 'refused', label = ''): State {
  return {
    id: `row-${id}`,
    title,
    width: 1340,
    show(place) {
      const desk = deskOf(HESTER)
      note([words, label]) // told by whoever did it
      desk.live.say(words, tone, label ? { label, run() {} } : undefined)
      put(place, CommandRow, { desk })
    },
  }
}
