// What stands on a whole screen: the family's tablet, the room, and the door.

import { start } from '../join'
import Compose from '../people/Compose.svelte'
import { Kept } from '../people/kept.svelte'
import type { ItemSeen } from '../lib/protocol'
import Chair from '../surfaces/Chair.svelte'
import Family from '../surfaces/Family.svelte'
import Professional from '../surfaces/Professional.svelte'
import RoomScreen from '../surfaces/RoomScreen.svelte'
import template from '../../templates/join.html?raw'
import {
  answers,
  ASIDE,
  crowd,
  crowdAnswers,
  DANA,
  HESTER,
  everybody,
  LONG_NAMES,
  manyPoints,
  point,
  points,
  question,
  ROWAN,
  SCREEN,
  SHOWN,
  STATEMENTS,
  withEarlier,
  type Told,
} from './meeting'
import { button, hinted, lineOf, press, put, write, type Group, type State } from './stand'
import { pageOf } from './template'
import { give, Speech, voice } from './voice'
import type { Live } from '../lib/live.svelte'

type Then = (place: HTMLElement, live: Live) => void | Promise<void>

function tablet(id: string, title: string, told: Told = {}, then: Then = () => {}): State {
  return {
    id: `family-${id}`,
    title,
    alone: true,
    async show(place) {
      const live = lineOf(DANA, { floor: 'p03', ...told })
      put(place, Family, { live })
      await then(place, live)
    },
  }
}

const BREAK = { break: { since: '2025-06-24T09:55:00Z', until: '2025-06-24T10:05:00Z' } }
async function listensTo(place: HTMLElement, words: string): Promise<Speech> {
  const speech = give(new Speech([voice('Near', document.documentElement.lang)]))
  await document.fonts.ready // a word is framed where it stands
  press(place, `Listen: ${words}`)
  return speech
}
const helped = (...what: string[]) => ({
  'mine/help': Object.fromEntries(what.map((one) => [one, { at: '2025-06-24T10:00:00Z', key: null }])),
})
const ofTheTrade = () => [
  point('b1', 'Core group met. The threshold for significant harm was not met; CAMHS referral.'),
]
const newToday = () => points().map((item) => ({ ...item, new_today: item.id === 'b02', responses: [] }))

export const FAMILY: Group = {
  id: 'family',
  title: 'The family’s tablet',
  states: [
    tablet('welcome', 'Welcome', { phase: 'welcome', items: [] }),
    tablet('empty', 'An empty board', { items: [] }),
    tablet('board', 'The board'),
    tablet('lit', 'In the lamp', { lit: 'item/b02' }),
    tablet('new', 'New today', { items: newToday(), lit: 'item/b02' }),
    tablet('answering', 'Answering', { items: newToday(), lit: 'item/b02' }, (place) =>
      press(place, 'I want to answer'),
    ),
    tablet('listen', 'A card is read aloud', { lit: 'item/b02' }, async (place) => {
      const speech = await listensTo(place, 'A neighbour told')
      speech.at('shout')
    }),
    tablet('listen-sentence', 'A card is read aloud by a voice that tells no words', {}, async (place) => {
      await listensTo(place, 'A neighbour told')
    }),
    tablet('words', 'Words of the trade, dotted', { items: ofTheTrade() }),
    tablet('word', 'What a word means', { items: ofTheTrade() }, (place) => press(place, 'Core group')),
    tablet('help', 'Help was pressed', { own: helped('speak') }),
    tablet('help-all', 'All three were pressed', { own: helped('speak', 'meaning', 'break') }),
    tablet('turn', 'It is your turn', { floor: DANA }),
    tablet('offline', 'Offline', {}, (_place, live) => void (live.link = 'lost')),
    tablet('break', 'A break', { more: BREAK }),
    tablet('blank', 'The screens rest', { more: { blank: { screens: 'all' } } }),
    tablet('removed', 'Taken out of the meeting', {}, (_place, live) => void (live.link = 'removed')),
    tablet('statements', 'What we are writing', { phase: 'safety_goals', more: STATEMENTS, lit: 'danger/d1' }),
    tablet('number', 'The number', { phase: 'scaling', more: { 'scale/s': question('s', { answered: 4 }) } }),
    tablet('numbers', 'The numbers, shown', {
      phase: 'scaling',
      more: { 'scale/s': question('s', SHOWN), ...answers('s') },
    }),
    tablet('writing', 'Write it instead', {}, (place) => press(place, 'Write it instead')),
    tablet('write-refused', 'Write it instead: refused, beside the words', {}, (place) => {
      press(place, 'Write it instead')
      button(place, 'Offer to Hester').click()
    }),
    tablet('over', 'The meeting is over', {
      phase: 'close',
      conference: { locked: true, closed_at: '2025-06-24T11:22:00Z' },
    }),
  ],
}

function wall(id: string, title: string, told: Told, then: Then = () => {}): State {
  return {
    id: `room-${id}`,
    title,
    alone: true,
    async show(place) {
      const live = lineOf(SCREEN, { floor: DANA, ...told })
      put(place, RoomScreen, { live })
      await then(place, live)
    },
  }
}

/** So many points, short enough that the design says they fit whole. */
const short = (count: number): ItemSeen[] =>
  manyPoints(count).map((item) => ({ ...item, text: item.text.slice(0, 60), responses: [] }))
const longNamed = Object.fromEntries(
  Object.entries(everybody()).map(([id, one]) => [id, { ...one, name: LONG_NAMES[id] ?? one.name }]),
)
const FULL = crowd(30)

export const ROOM: Group = {
  id: 'room',
  title: 'The room’s screen',
  states: [
    wall('welcome', 'Welcome', { phase: 'welcome', items: [] }),
    wall('rest', 'At rest', { more: { blank: { screens: 'room' } } }),
    wall('break', 'A break', { more: BREAK }),
    wall('late', 'Catching up', {}, async (_place, live) => {
      live.heardAt = 0
      await new Promise((after) => setTimeout(after, 600)) // it looks at the clock twice a second
    }),
    wall('removed', 'Taken out of the meeting', {}, (_place, live) => void (live.link = 'removed')),
    wall('empty', 'An empty map', { items: [] }),
    wall('3', '3 cards', { items: points(3) }),
    wall('22', '22 cards', { items: points(22), lit: 'item/b02' }),
    wall('30', '30 short cards', { items: short(30) }),
    wall('60', '60 cards', { items: manyPoints(60), lit: 'item/b02' }),
    wall('long', 'Long names', { people: longNamed }),
    wall('danger', 'The danger statement', { phase: 'danger_statements', more: STATEMENTS, lit: 'danger/d1' }),
    wall('steps', 'Next steps', { phase: 'next_steps', more: STATEMENTS }),
    wall('collecting', 'Numbers come in', { phase: 'scaling', more: { 'scale/s': question('s', { answered: 8 }) } }),
    wall('shown', 'The numbers', { phase: 'scaling', more: { 'scale/s': question('s', SHOWN), ...answers('s') } }),
    wall('aside', 'A round was set aside', { phase: 'scaling', more: { 'scale/s': question('s', ASIDE) } }),
    wall('earlier', 'The numbers, with those of the conference before', {
      phase: 'scaling',
      more: { 'scale/s': question('s', SHOWN), ...withEarlier('s') },
    }),
    wall('round-2', 'The numbers, round 2', {
      phase: 'scaling',
      more: {
        'scale/s': question('s', SHOWN),
        ...answers('s'),
        'scale/t': question('t', { ...SHOWN, round: 2, again_of: 's', opened_at: '2025-06-24T11:20:00Z' }),
        ...answers('t', undefined, 1),
      },
    }),
    wall('many', 'The numbers of 30 people', {
      phase: 'scaling',
      people: FULL,
      more: { 'scale/s': question('s', SHOWN), ...crowdAnswers('s', FULL) },
    }),
  ],
}

// ---- refused, beside its field, where it is not shown above

export const WORK: Group = {
  id: 'work',
  title: 'A laptop of somebody who came for work',
  states: [
    {
      id: 'work-floor',
      title: 'Has the floor',
      alone: true,
      show: (place) => put(place, Professional, { live: lineOf(ROWAN, { floor: ROWAN, more: STATEMENTS }) }),
    },
    {
      id: 'work-blank',
      title: 'The screens rest',
      alone: true,
      show: (place) => put(place, Professional, { live: lineOf(ROWAN, { more: { blank: { screens: 'all' } } }) }),
    },
    {
      id: 'work-refused',
      title: 'A point that is not finished: refused, beside it',
      width: 360,
      show(place) {
        put(place, Compose, { live: lineOf(ROWAN), kept: new Kept() })
        write(place, 'We were called to the flat again.')
        press(place, 'Offer to Hester')
      },
    },
    {
      id: 'work-hint',
      title: 'A word to explain, and not heard yet',
      width: 360,
      async show(place) {
        put(place, Compose, { live: lineOf(ROWAN), kept: new Kept() })
        write(place, 'There was a safeguarding concern.')
        place.querySelectorAll<HTMLInputElement>('input[type=radio]')[1]!.click()
        await hinted(place)
      },
    },
    {
      id: 'work-chair-offline',
      title: 'The chair is offline',
      alone: true,
      show(place) {
        const live = lineOf(HESTER, { more: STATEMENTS })
        live.link = 'lost'
        put(place, Chair, { live })
      },
    },
  ],
}

// ---- the door: the template itself, with the script that the page has

function door(id: string, title: string, link: boolean, answer?: () => Promise<Response>, practice = false): State {
  return {
    id: `join-${id}`,
    title,
    alone: true,
    async show(place) {
      place.innerHTML = pageOf(template)
      document.body.className = 'document'
      if (link) history.replaceState(null, '', '#a-secret')
      const right = globalThis.fetch
      const invited = () =>
        Promise.resolve(Response.json({ name: 'Dana Wrenfield', day: 'Thursday 12 March', time: '10:00', practice }))
      globalThis.fetch = invited
      start(place.querySelector('form')!, place.querySelector('#said')!, place.querySelector<HTMLFormElement>('#ask'))
      await new Promise((after) => setTimeout(after)) // until the answer has been read
      if (answer) {
        globalThis.fetch = answer
        button(place, 'Join').click()
        await new Promise((after) => setTimeout(after))
      }
      globalThis.fetch = right
    },
  }
}

const says = (status: number) => () => Promise.resolve(new Response('{}', { status }))

export const DOOR: Group = {
  id: 'join',
  title: 'At the door',
  states: [
    door('ready', 'With a link', true),
    door('no-link', 'Without a link', false),
    door('joining', 'Joining', true, () => new Promise(() => {})),
    door('used', 'The link was used', true, says(404)),
    door('offline', 'No connection', true, () => Promise.reject(new TypeError())),
    door('trouble', 'Our fault', true, says(500)),
    door('practice', 'To a practice', true, undefined, true),
  ],
}
