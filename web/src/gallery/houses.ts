// A child's own view: where it is brought, looked at and read.

import type { HouseSeen, MeSeen, OwnHouseSeen, StrokeSeen, View } from '../lib/protocol'
import type { Live } from '../lib/live.svelte'
import Family from '../surfaces/Family.svelte'
import Houses from '../surfaces/Houses.svelte'
import Professional from '../surfaces/Professional.svelte'
import RoomScreen from '../surfaces/RoomScreen.svelte'
import { BEA, DANA, HESTER, ROBIN, ROWAN, SCREEN, TANSY, told, type Told } from './meeting'
import { lineOf, press, put, refuse, write, type Group, type State } from './stand'

const MAY = ['fill_house', 'agree_to_house', 'raise_hand', 'add_item']
const stroke = (path: string, more: Partial<StrokeSeen> = {}): StrokeSeen => ({
  pencil: 'ink',
  thickness: 'thin',
  path,
  ...more,
})
const DRAWING: StrokeSeen[] = [
  stroke('M200 700L200 400L500 180L800 400L800 700L200 700', { pencil: 'plum', thickness: 'thick' }),
  stroke('M430 700L430 520L570 520L570 700', { pencil: 'clay' }),
  stroke('M300 460L300 540L380 540L380 460L300 460', { pencil: 'lake' }),
  stroke('M860 120L900 160L880 200L830 190L820 140L860 120', { pencil: 'clay', thickness: 'thick' }),
  stroke('M60 700L140 640L160 700', { pencil: 'fern' }),
  stroke('M620 640L620 690'),
]
const DESCRIBED = 'A purple house with its door shut. The sun is out. Tansy says that Nan is inside with a cake.'
const house = (id: string, of: HouseSeen['house'], more: Partial<HouseSeen> = {}): HouseSeen => ({
  id,
  child_id: TANSY,
  house: of,
  words: '',
  drawing: [],
  described: '',
  brought_by: BEA,
  name: 'Bea Sorrell',
  version: id,
  at: '2025-06-24T09:40:00Z',
  ...more,
})
const WORRIES = house('h1', 'worries', { words: 'when they shout I go in the wardrobe and count' })
const GOOD = house('h2', 'good_things', { words: 'I lik wen nan comes', drawing: DRAWING, described: DESCRIBED })
const WISHES = house('h3', 'wishes', { drawing: DRAWING, described: DESCRIBED })
const SHOWN: View = { 'house/h1': WORRIES, 'house/h2': GOOD, 'house/h3': WISHES }
const own = (one: HouseSeen, more: Partial<OwnHouseSeen> = {}): View => ({
  [`mine/house/${one.id}`]: { ...one, agreed: false, shown: false, ...more },
})

function page(person: string, what: Told): Live {
  const me = told(person, what).own['me'] as MeSeen
  return lineOf(person, {
    ...what,
    own: { ...what.own, me: { ...me, children: person === BEA ? [TANSY, ROBIN] : [] } },
  })
}

function state(
  id: string,
  title: string,
  person: string,
  what: Told,
  then: (place: HTMLElement, live: Live) => void = () => {},
): State {
  return {
    id: `houses-${id}`,
    title,
    alone: true,
    show(place) {
      const live = page(person, what)
      put(place, Houses, { live })
      then(place, live)
    },
  }
}

const brings = (id: string, title: string, what: Told = {}, then?: (place: HTMLElement, live: Live) => void) =>
  state(id, title, BEA, { may: MAY, ...what }, then)

export const HOUSES: Group = {
  id: 'houses',
  title: 'A child’s own view',
  states: [
    brings('street', 'Three houses, nothing in them yet'),
    brings('begun', 'One begun, one kept, one that the chair looks at', {
      own: { ...own(GOOD), ...own(WISHES, { agreed: true }) },
    }),
    brings('sheet', 'A sheet to draw on', {}, (place) => press(place, 'Worries')),
    brings('drawn', 'Drawn and told, kept', { own: own(GOOD) }, (place) => press(place, 'Good things')),
    brings(
      'refused',
      'What the drawing shows is missing: said beside it',
      { own: own({ ...GOOD, described: '' }) },
      (place) => {
        press(place, 'Good things')
        press(place, 'Tansy agrees that we show this here, and it is safe')
      },
    ),
    brings('meanwhile', 'Changed in another window', { own: own(GOOD) }, (place, live) => {
      press(place, 'Good things')
      write(place, 'I like it when Nan comes')
      refuse(live, 'Somebody changed this while you were writing. Look at both before you choose.', 'changed_meanwhile')
      press(place, 'Keep it')
    }),
    brings('agreed', 'The child agreed', { own: own(GOOD, { agreed: true }) }, (place) => press(place, 'Good things')),
    brings('shown', 'On everybody’s screen', { own: own(GOOD, { agreed: true, shown: true }), more: SHOWN }, (place) =>
      press(place, 'Good things'),
    ),
    brings('rest', 'The screens rest', { more: { blank: { screens: 'all' } } }),
    state('look', 'The chair looks', HESTER, {
      may: ['show_house'],
      more: { 'house_to_look_at/h2': GOOD, 'house/h1': WORRIES },
      lit: 'house/h1',
    }),
    state('look-none', 'Nothing waits for the chair', HESTER, { may: ['show_house'] }),
    state('read', 'Read by a parent', DANA, { more: SHOWN }),
    state('none', 'Nothing is shown yet', DANA, {}),
    {
      id: 'houses-tablet',
      title: 'On the family’s tablet, in the lamp',
      alone: true,
      show(place) {
        put(place, Family, { live: lineOf(DANA, { more: SHOWN, lit: 'house/h2' }) })
      },
    },
    {
      id: 'houses-work',
      title: 'On a laptop of somebody who came for work',
      alone: true,
      show: (place) => put(place, Professional, { live: lineOf(ROWAN, { more: SHOWN, lit: 'house/h2' }) }),
    },
    {
      id: 'houses-room',
      title: 'On the room’s screen: words and drawing',
      alone: true,
      show: (place) => put(place, RoomScreen, { live: lineOf(SCREEN, { more: SHOWN, lit: 'house/h2' }) }),
    },
    {
      id: 'houses-room-words',
      title: 'On the room’s screen: words alone',
      alone: true,
      show: (place) => put(place, RoomScreen, { live: lineOf(SCREEN, { more: SHOWN, lit: 'house/h1' }) }),
    },
  ],
}
