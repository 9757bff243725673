// What stands before a door: the templates themselves with the scripts that the pages have. And how the chair answers it.

import Door from '../door/Door.svelte'
import { AtTheDoor, type Invited, type Stands, type Waiting } from '../door/door.svelte'
import '../door/door.css'
import { start as late } from '../late'
import { start as lobby } from '../lobby'
import { show as screen } from '../screen'
import latePage from '../../templates/late.html?raw'
import lobbyPage from '../../templates/lobby.html?raw'
import screenPage from '../../templates/screen.html?raw'
import { ROLE_WORDS } from '../lib/names'
import { note } from './pseudo'
import { press, put, until, write, type Group, type State } from './stand'
import { pageOf } from './template'

const QR =
  '<svg viewBox="0 0 29 29" role="img" aria-label="Scan this"><path fill="#fff" d="M0 0h29v29H0z"/><path d="M4 4h7v7H4zM18 4h7v7h-7zM4 18h7v7H4zM14 14h4v4h-4zM20 19h5v3h-5z"/></svg>'

type Answers = Record<string, { status?: number; body?: object }>

/** The page, and what the server answers to it from now on. */
function stood(place: HTMLElement, page: string, name: string, answers: Answers): void {
  place.innerHTML = pageOf(page)
  document.body.className = `document ${name}`
  const ask = globalThis.fetch
  globalThis.fetch = async (address) => {
    if (String(address).startsWith('/words/')) return ask(address)
    const { status = 200, body = {} } = answers[String(address)] ?? {}
    return status ? Response.json(body, { status }) : Promise.reject(new TypeError())
  }
}

const soon = () => new Promise((after) => setTimeout(after)) // until an answer has been read

// ---- the lobby

function waits(id: string, title: string, body: object, then: (place: HTMLElement) => void = () => {}): State {
  return {
    id: `lobby-${id}`,
    title,
    alone: true,
    async show(place) {
      stood(place, lobbyPage, 'lobby', { '/api/lobby': { body } })
      place.querySelector<HTMLElement>('#asking')!.hidden = true
      place.querySelector<HTMLElement>('#waiting')!.hidden = false
      document.body.dataset['waits'] = ''
      lobby()
      await soon()
      then(place)
    },
  }
}

function asks(id: string, title: string, status: number): State {
  return {
    id: `lobby-${id}`,
    title,
    alone: true,
    async show(place) {
      stood(place, lobbyPage, 'lobby', { '/api/lobby': { status } })
      delete document.body.dataset['waits']
      place.querySelector<HTMLElement>('#asking')!.hidden = false
      place.querySelector<HTMLElement>('#waiting')!.hidden = true
      lobby()
      if (status === 200) return
      place.querySelector<HTMLInputElement>('#code')!.value = 'BCDF GHJK'
      place.querySelector<HTMLInputElement>('#name')!.value = 'Jean Whitlow'
      place.querySelector('input[value=family]')!.setAttribute('checked', '')
      place.querySelector('form')!.requestSubmit()
      await soon()
    },
  }
}

export const LOBBY: Group = {
  id: 'lobby',
  title: 'The lobby',
  states: [
    asks('asking', 'Asking to come in', 200),
    asks('wrong', 'A code that opens nothing now', 404),
    asks('paused', 'Too many codes were tried', 429),
    asks('offline', 'No connection', 0),
    waits('waiting', 'Waiting for the chair', { state: 'waiting', chair: 'Hester Vale' }),
    waits('link', 'With a link that was used already', { state: 'waiting' }),
    waits('telling', 'Telling the chair something first', { state: 'waiting', chair: 'Hester Vale' }, (place) =>
      press(place, 'something first'),
    ),
    waits('not-today', 'Not today', { state: 'not_today', phone: '01632 960 001' }),
    waits('shut', 'The door was shut', { state: 'shut', phone: '' }),
    waits('ended', 'The place is gone', { state: 'ended' }),
  ],
}

// ---- a screen that wants to be the room's

function pairs(id: string, title: string, status: number): State {
  return {
    id: `pairing-${id}`,
    title,
    alone: true,
    async show(place) {
      stood(place, screenPage, 'pairing', {
        '/api/screen': { status, body: { words: 'maple otter', code: 'BCDF GHJK', qr: QR } },
      })
      const later = globalThis.setTimeout
      globalThis.setTimeout = (() => 0) as unknown as typeof setTimeout // it does not try again: the next state has no such page
      await screen()
      globalThis.setTimeout = later
    },
  }
}

export const PAIRING: Group = {
  id: 'pairing',
  title: 'A screen that is paired',
  states: [pairs('words', 'Two words', 200), pairs('offline', 'No connection', 0)],
}

// ---- a formal disagreement after the meeting

function disagrees(id: string, title: string, looked: number, said: number | null): State {
  return {
    id: `late-${id}`,
    title,
    alone: true,
    async show(place) {
      const children = ['Tansy', 'Robin'].map((name) => ({ id: name, name }))
      const body = { name: 'Naomi Trask', children }
      stood(place, latePage, 'late', {
        '/api/late/look': { status: looked, body },
        '/api/late': { status: said ?? 200, body: {} },
      })
      await late()
      if (said === null) return
      place.querySelector<HTMLInputElement>('input[type=radio]')!.checked = true
      write(place, 'The nights are not safe yet.')
      place.querySelector('form')!.requestSubmit()
      await soon()
    },
  }
}

export const LATE: Group = {
  id: 'late',
  title: 'A formal disagreement after the meeting',
  states: [
    disagrees('form', 'With a link', 200, null),
    disagrees('used', 'The link was used', 404, null),
    disagrees('kept', 'Not saved: what was written stays', 200, 503),
    disagrees('done', 'It is in the record', 200, 200),
  ],
}

// ---- the chair's page

const somebody = (id: string, name: string, role: string, part: string, more: Partial<Invited> = {}): Invited => ({
  id,
  name,
  role,
  part,
  family: ['parent', 'child', 'family_network'].includes(role),
  admitted: true,
  present: false,
  device: null,
  link: null,
  until: null,
  ...more,
})

const PEOPLE = [
  somebody('p1', 'Hester Vale', 'chair', 'Reviewing', { present: true, device: 'own' }),
  somebody('p2', 'Dana Wrenfield', 'parent', 'Mum to Tansy and Robin', { present: true, device: 'tablet' }),
  somebody('p3', 'Maureen Wrenfield (Nana Mo)', 'family_network', 'Grandmother', { link: 'unused' }),
  somebody('p4', 'Naomi Trask', 'social_worker', 'Social worker', { present: true, device: 'own', link: 'used' }),
  somebody('p5', 'Grace Ito', 'professional', 'Health visitor', { link: 'used', device: 'own', present: true }),
  somebody('p6', 'Tomasz Zielinski', 'professional', 'Housing', { link: 'expired' }),
  somebody('p7', 'Room screen', 'room_screen', '', { device: 'screen', present: true }),
]

const waiting = (id: string, name: string, why: 'family' | 'work', more: Partial<Waiting> = {}): Waiting => ({
  id,
  name,
  why,
  said: '',
  again_of: null,
  asked_at: new Date(Date.now() - 190_000).toISOString(),
  ...more,
})

const OPEN: Stands = {
  code: 'BCDF GHJK',
  address: 'board.example/in',
  qr: QR,
  open: true,
  opens_at: '2025-06-24T08:45:00Z',
  phone: '01632 960 001',
  closed: false,
  waiting: [],
  people: PEOPLE,
  devices: [
    {
      id: 'd1',
      name: 'Hester Vale',
      device: null,
      sharing: [],
      since: '2025-06-24T08:40:00Z',
      connected: true,
      mine: true,
    },
    {
      id: 'd2',
      name: 'Dana Wrenfield',
      device: 'tablet',
      sharing: ['Dana Wrenfield', 'Maureen Wrenfield (Nana Mo)'],
      since: '2025-06-24T09:02:00Z',
      connected: true,
      mine: false,
    },
  ],
  screens: [{ id: 's1', words: 'maple otter' }],
  agencies: [
    { id: 'a1', name: 'Family', kind: 'family' },
    { id: 'a2', name: 'Health visiting', kind: 'health' },
  ],
  children: [
    { id: 'c1', name: 'Tansy' },
    { id: 'c2', name: 'Robin' },
  ],
  roles: Object.fromEntries(Object.entries(ROLE_WORDS).filter(([role]) => !['chair', 'room_screen'].includes(role))),
  kinds: { health: 'Health', housing: 'Housing', education: 'School or nursery' },
}
const SHUT = { ...OPEN, code: '', qr: '', address: '', open: false, opens_at: null, phone: '', screens: [] }
const MAUREEN = waiting('k1', 'Nana Mo', 'family', { said: 'Dana gets upset if people talk about her dad.' })

function door(
  id: string,
  title: string,
  stands: Stands,
  then?: (door: AtTheDoor, place: HTMLElement) => unknown,
): State {
  return {
    id: `door-${id}`,
    title,
    alone: true,
    async show(place) {
      document.body.className = 'door'
      note([stands, 'Scan this', location.host])
      const door = new AtTheDoor('gallery')
      door.stands = stands
      put(place, Door, { door })
      await then?.(door, place)
    },
  }
}

export const ANSWERING: Group = {
  id: 'door',
  title: 'The chair answers the door',
  states: [
    door('waiting', 'Somebody on the list, and somebody of the family who is not', {
      ...OPEN,
      waiting: [MAUREEN, waiting('k2', 'Sam Wrenfield', 'family')],
    }),
    door(
      'new',
      'Somebody on no list gets a seat',
      { ...OPEN, waiting: [waiting('k3', 'Ola Berg', 'work')] },
      async (_, place) => {
        await until(place, '.new-seat')
      },
    ),
    door('second', 'An invitation was used once more', {
      ...OPEN,
      waiting: [waiting('k4', 'Grace Ito', 'work', { again_of: 'p5' })],
    }),
    door('nobody', 'Nobody waits', OPEN),
    door('shut', 'The door is shut', SHUT),
    door('early', 'It opens later', { ...OPEN, open: false }),
    door('refused', 'The rules say no', { ...OPEN, waiting: [MAUREEN] }, (door) => {
      door.refused = 'At most 1 may watch a meeting here.'
      note(door.refused)
    }),
    door('lost', 'No connection', { ...OPEN, waiting: [MAUREEN] }, (door) => {
      door.lost = true
    }),
    door('over', 'The meeting is over', { ...SHUT, closed: true }),
  ],
}
