// Cards, columns, the line that cards are written in, and points that wait.

import { flushSync } from 'svelte'
import CaptureLine from '../chair/CaptureLine.svelte'
import MapPane from '../chair/MapPane.svelte'
import RemovedPanel from '../chair/RemovedPanel.svelte'
import type { Column, Command, ItemSeen, StatementKind } from '../lib/protocol'
import { Kept } from '../people/kept.svelte'
import MyPoints from '../people/MyPoints.svelte'
import Chair from '../surfaces/Chair.svelte'
import {
  ANSWER,
  decision,
  GRACE,
  HESTER,
  point,
  points,
  ROBIN,
  ROWAN,
  sourceOf,
  STATEMENTS,
  TANSY,
  under,
  type Told,
} from './meeting'
import {
  button,
  deskOf,
  hinted,
  key,
  lineOf,
  pointer,
  press,
  put,
  refuse,
  write,
  type Group,
  type State,
} from './stand'

const LATE = point('b1', 'Tansy has missed 23 days of school since September.', { about_children: [TANSY] })
const HEARD = point('b2', 'Two neighbours say they hear shouting at night.', {
  kind: 'allegation',
  source: sourceOf(ROWAN),
})

function card(id: string, title: string, item: ItemSeen, told: Told = {}, more: Partial<State> = {}): State {
  return {
    id: `card-${id}`,
    title,
    width: 420,
    show(place) {
      place.classList.add('card-alone')
      put(place, MapPane, { desk: deskOf(HESTER, { items: [item], ...told }) })
    },
    ...more,
  }
}

function onItsWay(item: ItemSeen, link: 'live' | 'lost') {
  return (place: HTMLElement) => {
    place.classList.add('card-alone')
    const desk = deskOf(HESTER, { items: [] })
    desk.live.link = link
    const added = { ...item, type: 'add_item', id: item.id } as unknown as Command
    desk.live.board.waiting = [added]
    put(place, MapPane, { desk })
  }
}

const KINDS: [StatementKind, string][] = [
  ['fact', 'A fact'],
  ['observation', 'Seen or heard'],
  ['allegation', 'Not proved'],
  ['opinion', 'An opinion'],
]

export const CARDS: Group = {
  id: 'cards',
  title: 'A card',
  states: [
    card('normal', 'Normal', LATE),
    card('focus', 'Focus', LATE, {}, { pose: (place) => place.querySelector<HTMLElement>('[data-card]')!.focus() }),
    {
      id: 'card-moving',
      title: 'Being moved, and where it would go',
      alone: true,
      show: (place) => put(place, Chair, { live: lineOf(HESTER, { items: points(9) }) }),
      pose(place) {
        const from = place.querySelector('[data-card]')!
        const to = place.querySelector('.strength [data-card]')!
        pointer(from, 'pointerdown', from)
        pointer(from, 'pointermove', to)
      },
    },
    card('lit', 'In the lamp', LATE, { lit: 'item/b1' }),
    { id: 'card-sending', title: 'Sending', width: 420, show: onItsWay(LATE, 'live') },
    { id: 'card-kept', title: 'Kept here, not sent yet', width: 420, show: onItsWay(LATE, 'lost') },
    {
      id: 'card-held',
      title: 'New to the family, and held back',
      alone: true,
      show(place) {
        const held = { ...HEARD, standing: 'held', offered_by: ROWAN, open: [] }
        put(place, Chair, { live: lineOf(HESTER, { items: points(9), more: { 'held/b2': held } }) })
        key('n')
      },
    },
    card('new', 'New to the family, and released', { ...HEARD, new_today: true }),
    card('changed', 'Changed', {
      ...LATE,
      earlier: [
        {
          text: 'Tansy has missed 30 days of school since September.',
          kind: 'fact',
          at: '2025-06-24T09:31:00Z',
          by: HESTER,
          why: 'Corrected by Dana.',
          said_by: null,
        },
      ],
    }),
    {
      id: 'card-taken-off',
      title: 'Taken off the board',
      alone: true,
      show(place) {
        const removed = { ...LATE, removed_why: 'It was said twice.' }
        put(place, RemovedPanel, { desk: deskOf(HESTER, { more: { 'removed/b1': removed } }) })
      },
    },
    card('locked', 'Locked', LATE, {
      phase: 'decision',
      conference: { locked: true },
      more: { [`decision/${TANSY}`]: decision(TANSY), [`decision/${ROBIN}`]: decision(ROBIN) },
    }),
    card('answered', 'Not proved, with its answer', { ...HEARD, responses: [ANSWER] }),
    card('not-asked', 'Not proved, and not asked yet', HEARD),
    ...KINDS.map(([kind, title]) => card(kind, title, { ...LATE, kind })),
    card('step', 'A next step', {
      ...points().find((item) => item.id === 'n1')!,
      how_we_will_know: 'Everyone named has a copy.',
    }),
    card('nobody', 'A next step that nobody has taken', {
      ...points().find((item) => item.id === 'n1')!,
      who: [],
      by: null,
    }),
    {
      id: 'card-two-editors',
      title: 'Two people changed it at once',
      width: 640,
      show(place) {
        place.classList.add('card-alone')
        const desk = deskOf(HESTER, { items: [LATE] })
        put(place, MapPane, { desk })
        desk.editing = LATE.id
        flushSync()
        write(place, 'Tansy has missed a lot of school.')
        const by = { ...LATE, kind: 'fact', at: '2025-06-24T09:31:00Z', by: 'Naomi', why: null, said_by: null }
        const theirs = { ...LATE, text: 'Tansy missed 23 days until May.', version: '2', earlier: [by] }
        desk.board.receive({ type: 'view', epoch: 'gallery', version: 2, put: { 'item/b1': theirs }, drop: [] })
      },
    },
  ],
}

export const COLUMN: Group = {
  id: 'column',
  title: 'A column',
  states: [
    {
      id: 'column-empty',
      title: 'An empty map',
      alone: true,
      show: (place) => put(place, Chair, { live: lineOf(HESTER, { items: [] }) }),
    },
    column('empty-group', 'Empty groups', 'worry', { items: [LATE] }),
    column('lit', 'In the lamp', 'strength', { lit: 'column/strength' }),
    column('full', 'With everything in it', 'worry'),
    column('steps', 'Next steps under their goals', 'next_step', { more: STATEMENTS }),
  ],
}

function column(id: string, title: string, which: Column, told: Told = {}): State {
  return {
    id: `column-${id}`,
    title,
    width: 420,
    show(place) {
      place.classList.add('column-alone', `only-${which}`)
      put(place, MapPane, { desk: deskOf(HESTER, told) })
    },
  }
}

function line(
  id: string,
  title: string,
  words: string | null,
  floor?: string,
  column: 'worry' | 'next_step' = 'worry',
): State {
  return {
    id: `line-${id}`,
    title,
    width: 480,
    show(place) {
      place.classList.add(column)
      const desk = deskOf(HESTER, floor ? { floor } : {})
      if (words !== null) desk.writing = column
      put(place, CaptureLine, { desk, column, key: '1' })
      if (words) write(place, words)
    },
    ...(words === null ? {} : { pose: (place: HTMLElement) => place.querySelector('textarea')!.focus() }),
  }
}

/** With what is said to the writer after a pause. */
function hint(id: string, title: string, words: string): State {
  const state = line(id, title, words)
  return {
    ...state,
    async show(place) {
      await state.show(place)
      await hinted(place)
    },
  }
}

export const LINE: Group = {
  id: 'line',
  title: 'The line to write in',
  states: [
    line('shut', 'Shut', null),
    line('open', 'Open', ''),
    line('asks', 'Whether the family has heard it', 'He was outside by himself again.', GRACE),
    line('long', 'Longer than 200 letters', `${'and then the school rang me again. '.repeat(7)}He had been crying.`),
    line('too-long', 'Too long', 'and then the school rang me again. '.repeat(9)),
    hint('hint', 'A word to explain', 'Mum’s engagement is poor'),
    hint('fits', 'A word with another to put in its place', 'She took his siblings'),
    hint('sentence', 'A sentence that is too long', `${'He was out and '.repeat(6)}then it rained.`),
    hint('age', 'Hard to read', 'Professional observation identified considerable parental unavailability. '.repeat(3)),
    line('step', 'A next step', 'Write down who the children go to.', undefined, 'next_step'),
    {
      id: 'line-refused',
      title: 'Refused, beside the words',
      width: 480,
      async show(place) {
        place.classList.add('worry')
        const desk = deskOf(HESTER)
        refuse(desk.live, 'The decisions are made, so the map stays as it is.')
        desk.writing = 'worry'
        put(place, CaptureLine, { desk, column: 'worry', key: '1' })
        write(place, 'He was outside by himself again.')
        const heard = [...place.querySelectorAll('select')].at(-1)!
        heard.value = 'yes'
        heard.dispatchEvent(new Event('change', { bubbles: true }))
        button(place, 'Add').click()
      },
    },
  ],
}

const OFFERED: ItemSeen = {
  ...HEARD,
  standing: 'offered',
  offered_by: ROWAN,
  open: ['sub_category'],
  sub_category: null,
}

function mine(standing: NonNullable<ItemSeen['standing']>, more: Partial<ItemSeen> = {}): Told {
  return { items: [], own: under('mine/item/', { b2: { ...HEARD, standing, ...more } }) }
}

function own(id: string, title: string, told: Told): State {
  return {
    id: `point-${id}`,
    title,
    width: 360,
    show: (place) => put(place, MyPoints, { live: lineOf(ROWAN, told), kept: new Kept() }),
  }
}

export const POINTS: Group = {
  id: 'points',
  title: 'A point that somebody brought',
  states: [
    own('offered', 'Offered', mine('offered')),
    own('held', 'Held back until the family has heard it', mine('held')),
    own('returned', 'Given back', mine('returned', { returned_why: 'It is on the board already.' })),
    own('placed', 'On the board', { items: [HEARD] }),
    {
      id: 'point-changing',
      title: 'Being changed',
      width: 360,
      show(place) {
        put(place, MyPoints, { live: lineOf(ROWAN, mine('offered')), kept: new Kept() })
        press(place, 'Change')
      },
    },
    {
      id: 'point-chair',
      title: 'Offered to the chair',
      alone: true,
      show(place) {
        put(place, Chair, { live: lineOf(HESTER, { items: points(9), more: { 'offered/b2': OFFERED } }) })
        key('o')
      },
    },
  ],
}
