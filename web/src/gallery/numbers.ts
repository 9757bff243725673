// The question, the numbers, and one's own number.

import Scale from '../board/Scale.svelte'
import NumberPanel from '../chair/NumberPanel.svelte'
import ScaleStrip from '../chair/ScaleStrip.svelte'
import { marks } from '../lib/marks'
import type { Show } from '../lib/protocol'
import FamilyNumber from '../people/FamilyNumber.svelte'
import Chair from '../surfaces/Chair.svelte'
import { Kept } from '../people/kept.svelte'
import {
  answer,
  answers,
  crowd,
  ASIDE,
  crowdAnswers,
  DANA,
  GRACE,
  HESTER,
  question,
  ROWAN,
  SHOWN,
  SPREAD,
  under,
  withEarlier,
  type Told,
} from './meeting'
import SetAsidePanel from '../chair/SetAsidePanel.svelte'
import { ENGLAND } from './england'
import { choose, deskOf, key, lineOf, press, put, write, type Group, type State } from './stand'
import type { ScaleSeen } from '../lib/protocol'

function asking(id: string, more: Partial<ScaleSeen> = {}, told: Told = {}): Told {
  return { phase: 'scaling', ...told, more: { [`scale/${id}`]: question(id, more), ...told.more } }
}

function pane(id: string, title: string, told: Told, pressed = ''): State {
  return {
    id: `scale-${id}`,
    title,
    alone: true,
    show(place) {
      put(place, Chair, { live: lineOf(HESTER, told) })
      if (pressed) key(pressed)
    },
  }
}

const FULL = crowd(30)
const LOW = [0, 1, 0, 1, 2, 3, 1, 0, 0, 0, 0]
const LOW_ONE = (id: string, people: string[] | null = null) => ({
  [`safety_prompt/${id}`]: { at_or_below: 2, people },
})

export const SCALE: Group = {
  id: 'scale',
  title: 'The scale',
  states: [
    {
      id: 'scale-not-asked',
      title: 'Not asked yet, under the map',
      width: 1200,
      show: (place) => put(place, ScaleStrip, { desk: deskOf(HESTER) }),
    },
    {
      id: 'scale-strip-collecting',
      title: 'Collecting, under the map',
      width: 1200,
      show: (place) => put(place, ScaleStrip, { desk: deskOf(HESTER, asking('s-strip', { answered: 8 })) }),
    },
    {
      id: 'scale-strip-shown',
      title: 'Shown, under the map',
      width: 1200,
      show(place) {
        const told = asking('s-strip-shown', SHOWN, { more: answers('s-strip-shown') })
        put(place, ScaleStrip, { desk: deskOf(HESTER, told) })
      },
    },
    pane('form', 'About to ask', { phase: 'scaling' }),
    pane('collecting-chair', 'Collecting, for the chair', asking('s1', { answered: 8, spread: SPREAD })),
    {
      id: 'scale-collecting',
      title: 'Collecting, for everybody else',
      width: 720,
      show(place) {
        const live = lineOf(ROWAN, asking('s2', { answered: 8 }))
        put(place, FamilyNumber, { live, kept: new Kept(), scale: live.board.scale!, large: false })
      },
    },
    pane(
      'nobody',
      'Nobody sees any number, not even the chair',
      asking('s3', { answered: 8, show: 'nobody' }, { more: { 'still_thinking/s3': { waiting: [GRACE, DANA] } } }),
    ),
    pane(
      'everyone',
      'Every number goes on every screen',
      asking('s4', { answered: 8, show: 'everyone', spread: SPREAD }),
    ),
    pane('sure', 'About to be shown', asking('s5', { answered: 8, spread: SPREAD }), 'r'),
    pane('shown', 'Shown', asking('s6', SHOWN, { more: answers('s6') })),
    pane('off', 'Shown, and off the screens', asking('s7', { ...SHOWN, on_screens: false }, { more: answers('s7') })),
    pane(
      'round-2',
      'Round 2, with round 1 as outlines',
      asking(
        's9',
        { ...SHOWN, round: 2, again_of: 's8', opened_at: '2025-06-24T11:20:00Z' },
        {
          more: { 'scale/s8': question('s8', SHOWN), ...answers('s8'), ...answers('s9', undefined, 1) },
        },
      ),
    ),
    pane('aside', 'Set aside', asking('s13', ASIDE)),
    {
      id: 'scale-set-aside',
      title: 'About to be set aside',
      alone: true,
      show: (place) => put(place, SetAsidePanel, { desk: deskOf(HESTER, asking('s14', SHOWN)), about: 's14' }),
    },
    pane('safety', 'A number stands very low', asking('s15', { answered: 8, spread: LOW }, { more: LOW_ONE('s15') })),
    pane(
      'safety-shown',
      'A number stands very low, and is shown',
      asking('s16', SHOWN, { more: { ...answers('s16'), ...LOW_ONE('s16', [ROWAN]) } }),
    ),
    pane('earlier', 'With the numbers of the conference before', asking('s17', SHOWN, { more: withEarlier('s17') })),
    pane('per-child', 'About to ask, for each child', {
      phase: 'scaling',
      more: { area: { ...ENGLAND, scope: 'per_child' } },
    }),
    pane('many', '30 people', asking('s10', SHOWN, { people: FULL, more: crowdAnswers('s10', FULL) })),
    {
      id: 'scale-small',
      title: 'In a corner of another page',
      width: 480,
      show(place) {
        const { board } = lineOf(HESTER, asking('s11', SHOWN, { more: answers('s11') }))
        put(place, Scale, { scale: board.scale!, board, small: true })
      },
    },
    {
      id: 'scale-lower',
      title: 'Where lower is safer',
      width: 900,
      show(place) {
        const turned = { ...SHOWN, direction: 'lower_is_safer' as const, low_end: 'Safe.', high_end: 'Not safe.' }
        const { board } = lineOf(HESTER, asking('s12', turned, { more: answers('s12') }))
        put(place, Scale, { scale: board.scale!, board, before: marks(board, []) })
      },
    },
  ],
}

type Hand = (place: HTMLElement) => void

function number(id: string, title: string, show: Show, hand: Hand = () => {}, told: Told = {}, large = true): State {
  return {
    id: `number-${id}`,
    title,
    width: large ? 900 : 720,
    show(place) {
      const live = lineOf(large ? DANA : ROWAN, asking(`n-${id}`, { show, answered: 4 }, told))
      put(place, FamilyNumber, { live, kept: new Kept(), scale: live.board.scale!, large })
      hand(place)
    },
  }
}

const given = (id: string, score: number | null): Told => ({
  own: under('mine/answer/', { [id]: [answer(DANA, score)] }),
})

export const NUMBER: Group = {
  id: 'number',
  title: 'One’s own number',
  states: [
    number('chair', 'The chair sees the numbers come in', 'chair'),
    number('everyone', 'Everybody sees the numbers come in', 'everyone'),
    number('nobody', 'Nobody sees the numbers come in', 'nobody'),
    number('laptop', 'On a laptop', 'chair', undefined, {}, false),
    number('chosen', 'Chosen, not put in', 'chair', (place) => {
      choose(place, '6')
      write(place, 'I locked the door and I rang for help.')
    }),
    number('in', 'In, hidden', 'chair', undefined, given('n-in', 6)),
    number('in-everyone', 'In, on the screens without a name', 'everyone', undefined, given('n-in-everyone', 6)),
    number('passed', 'Rather not say', 'chair', undefined, given('n-passed', null)),
    number('again', 'Being changed', 'chair', (place) => press(place, 'Change it'), given('n-again', 6)),
    number('aside', 'The round was set aside', 'chair', undefined, {
      more: { 'scale/n-aside': question('n-aside', ASIDE) },
    }),
    {
      id: 'number-earlier',
      title: 'Shown, with the numbers of the conference before',
      width: 900,
      show(place) {
        const live = lineOf(DANA, asking('n-earlier', SHOWN, { more: withEarlier('n-earlier') }))
        put(place, FamilyNumber, { live, kept: new Kept(), scale: live.board.scale!, large: true })
      },
    },
    {
      id: 'number-earlier-laptop',
      title: 'The same on a laptop',
      width: 900,
      show(place) {
        const live = lineOf(ROWAN, asking('n-earlier-laptop', SHOWN, { more: withEarlier('n-earlier-laptop') }))
        put(place, FamilyNumber, { live, kept: new Kept(), scale: live.board.scale!, large: false })
      },
    },
    number('refused', 'Refused, beside the numbers', 'chair', (place) => press(place, 'Put in my number')),
    {
      id: 'number-typed',
      title: 'Typed for somebody without a screen',
      alone: true,
      show: (place) => put(place, NumberPanel, { desk: deskOf(HESTER, asking('n-typed', { answered: 4 })) }),
    },
  ],
}
