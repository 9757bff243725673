// Every state of every component on one page, each mounted from the product itself. `?only=card-lit` shows one state or one
// group; what fills a whole window is always shown by itself. For development and tests: no product page loads this.

import '../style/base.css'
import '../join.css'
import './gallery.css'
import { CLOSE, REVIEW } from './after'
import { APART, OUTSIDE, SEAT } from './apart'
import { cutOff, speakAs, unspoken } from './pseudo'
import { CARDS, COLUMN, LINE, POINTS } from './cards'
import { HOUSES } from './houses'
import { ANSWERING, LATE, LOBBY, PAIRING } from './doors'
import { DECISION, VIEWS } from './ending'
import { NUMBER, SCALE } from './numbers'
import { ASKING, HERE, PLAN } from './quiet'
import { clear, type Group, type State } from './stand'
import { DOOR, FAMILY, ROOM, WORK } from './surfaces'
import { ROW, SAVED, SEATS } from './table'

const GROUPS: Group[] = [
  CARDS,
  COLUMN,
  LINE,
  POINTS,
  SCALE,
  NUMBER,
  SEATS,
  HERE,
  PLAN,
  ASKING,
  SAVED,
  ROW,
  VIEWS,
  DECISION,
  CLOSE,
  REVIEW,
  FAMILY,
  ROOM,
  WORK,
  HOUSES,
  OUTSIDE,
  SEAT,
  APART,
  DOOR,
  LOBBY,
  PAIRING,
  LATE,
  ANSWERING,
]

function element(name: string, more: Record<string, string>, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(name)
  for (const [attribute, value] of Object.entries(more)) made.setAttribute(attribute, value)
  made.append(...children)
  return made
}

/** One state, one group, or nothing for everything. */
async function show(only: string): Promise<void> {
  await clear()
  document.body.replaceChildren()
  document.body.className = ''
  document.body.style.cssText = ''
  const one = GROUPS.flatMap((group) => group.states).find((state) => state.id === only)
  document.title = one?.title ?? 'Every state'
  if (one?.alone) return showAlone(one)
  const page = element('main', { class: 'gallery' }, element('h1', {}, 'Every state'))
  document.body.append(page)
  for (const group of GROUPS) {
    const states = group.states.filter((state) => !only || group.id === only || state === one)
    if (!states.length) continue
    const row = element('div', { class: 'states' })
    page.append(element('div', { class: 'group', id: group.id }, element('h2', {}, group.title), row))
    for (const state of states) row.append(await placed(state))
  }
}

async function showAlone(state: State): Promise<void> {
  const place = element('main', { id: state.id, 'data-state': state.id })
  document.body.append(place)
  await state.show(place)
  while (!place.querySelector('h1, h2, p, dialog')) await new Promise(requestAnimationFrame)
  state.pose?.(place)
}

async function placed(state: State): Promise<HTMLElement> {
  const heading = element('h3', {}, state.title)
  const section = element('div', { class: 'state-of', id: state.id, 'data-state': state.id }, heading)
  if (state.alone) {
    section.setAttribute('data-alone', '')
    section.append(element('a', { href: `?only=${state.id}` }, 'By itself'))
    return section
  }
  const place = element('div', { class: 'place' })
  if (state.width) place.style.width = `${state.width}px`
  section.append(place)
  document.querySelector('main')!.append(section) // in the page before it is mounted, so that it can be measured
  await state.show(place)
  section.addEventListener('pose', () => state.pose?.(place))
  return section
}

/** Each group by its name, and those of its states that are only shown by themselves. */
const groups = () =>
  Object.fromEntries(GROUPS.map(({ id, states }) => [id, states.filter((one) => one.alone).map((one) => one.id)]))

Object.assign(globalThis, { show, groups, speakAs, unspoken, cutOff }) // for those who drive the page
await show(new URLSearchParams(location.search).get('only') ?? '')
document.documentElement.dataset.ready = ''
