// Fits what is on the room screen by measuring it: fonts, screens and words differ, so a fit is never assumed.

import {
  CARD_STEPS,
  type Fit,
  fold,
  givingWay,
  largest,
  largestInTwoRuns,
  largestThatFits,
  leastShare,
  MOST_WIDE,
  worthTrying,
} from './fit'
import { many, mirrored } from '../lib/tongue'

/** Two runs of less than this part of the sheet are too narrow to read. */
const LEAST_LIT = 0.4
/** In less than this part of the sheet a question stands on one line only without its picture. */
const NARROW = 0.21
/** Of the cards that had to go, how many are tried again. */
const GIVEN_BACK = 4

/** How everything stood on the wall; `wide` is the column that had two runs. */
export interface Whole extends Fit {
  wide: number | null
}

/**
 * The three columns: the largest type at which all is whole, else the smallest, each column with what it can keep. Answers
 * how everything is on the wall, and then it stands as it is, whatever is lit; or null.
 *
 * `last` is how it stood with fewer words: no larger type can do for more of them, nor one run where it took two. Where it
 * still does, nothing else is looked for, and the columns stay where people look for them.
 */
export function fitMap(
  map: HTMLElement,
  columns: readonly string[],
  lit: string | null,
  last: Whole | null = null,
): Whole | null {
  const sections = columns.map((column) => map.querySelector<HTMLElement>(`.col.${column}`))
  const bodies = sections.map((section) => section?.querySelector<HTMLElement>('.body'))
  if (!sections.every(isThere) || !bodies.every(isThere)) return null

  const hidden = sections.map((section) => cardsIn(section).filter((card) => card.hidden).length)
  for (const section of sections) {
    delete section.dataset.place
    for (const card of cardsIn(section)) card.hidden = false
    for (const group of groupsIn(section)) group.classList.remove('away')
    sayMore(section, 0)
  }
  const width = map.clientWidth
  const room = () => Math.min(...bodies.map((body) => body.clientHeight))
  /** Each column as wide as is asked, over the edge of the sheet, unseen. */
  const tall = (step: number, shares: readonly number[]) => {
    setType(map, step)
    map.style.gridTemplateColumns = shares.map((share) => `${share * width}px`).join(' ')
    return bodies.map(heightOf)
  }
  const lay = (step: number, shares: readonly number[]) => {
    setType(map, step)
    setShares(map, shares)
    return { need: bodies.map(heightOf), room: room() }
  }
  const isWhole = (wide: number | null) => (step: number, shares: readonly number[]) => {
    const { need, room } = lay(step, shares)
    return bodies.every((body, i) => (i === wide ? runsFit(body) : need[i]! <= room))
  }
  if (last) {
    if (last.wide !== null) sections[last.wide]!.dataset.place = 'wide'
    if (isWhole(last.wide)(last.step, last.shares)) return last
    if (last.wide !== null) delete sections[last.wide]!.dataset.place
  }
  const smallest = CARD_STEPS[CARD_STEPS.length - 1]!
  const evenly = columns.map(() => 1 / columns.length)
  const words = tall(smallest, evenly)
  const full = words.reduce((sum, height) => sum + height, 0) / columns.length / room()
  const known = last ? CARD_STEPS.filter((step) => step <= last.step) : CARD_STEPS
  const steps = worthTrying(known, full)
  const whole = (last?.wide ?? null) === null ? largestThatFits({ lay, tall }, steps) : null // fewer words needed two runs already
  if (whole) {
    lay(whole.step, whole.shares)
    return { ...whole, wide: null }
  }

  if (steps.length) {
    const wide = words.indexOf(Math.max(...words))
    sections[wide]!.dataset.place = 'wide'
    const inRuns = largestInTwoRuns({ room: room(), tall, whole: isWhole(wide) }, steps, wide)
    if (inRuns) {
      lay(inRuns.step, inRuns.shares)
      return { ...inRuns, wide }
    }
    delete sections[wide]!.dataset.place
  }

  setType(map, smallest)
  const litAt = columns.indexOf(columnOf(sections, columns, lit) ?? '')
  const { places, shares } = fold(words, litAt, wholeShare(sections[litAt], map, litAt), columns.indexOf('strength'))
  sections.forEach((section, i) => (section.dataset.place = places[i]))
  setShares(map, shares)
  for (const section of sections) sayMore(section, cardsIn(section).length) // its line is there before anything has to go
  inStep(
    sections.flatMap((section, i) => {
      const body = bodies[i]!
      if (places[i] === 'headings') {
        sayLater(section)
        return []
      }
      const fits = places[i] === 'wide' ? () => runsFit(body) : () => heightOf(body) <= body.clientHeight
      return hidingWhatDoesNotFit(section, lit, fits, hidden[i])
    }),
  )
  return null
}

/** The least part of the sheet in which the lit column is whole, in two runs. Null: none is lit, or nowhere. */
function wholeShare(section: HTMLElement | undefined, map: HTMLElement, at: number): number | null {
  const body = section?.querySelector<HTMLElement>('.body')
  if (!section || !body) return null
  section.dataset.place = 'wide'
  const sheet = map.clientWidth
  return leastShare(LEAST_LIT, MOST_WIDE, (share) => {
    const beside = sheet / 5 // only one column is laid out again: the others stay as they are, over the edge
    map.style.gridTemplateColumns = Array.from(map.children, (_, i) => `${i === at ? share * sheet : beside}px`).join(
      ' ',
    )
    return runsFit(body)
  })
}

/** One page of words: the largest type that fits, else the smallest with what is furthest from the lit words hidden. */
export function fitPage(page: HTMLElement, steps: readonly number[], lit: string | null): void {
  const cards = cardsIn(page)
  const fits = () => page.scrollHeight <= page.clientHeight + 1
  for (const card of cards) card.hidden = false
  sayMore(page, 0)
  const step = largest(steps, (one) => {
    setType(page, one)
    return fits() ? one : null
  })
  setType(page, step ?? steps[steps.length - 1]!)
  if (step === null) inStep([hidingWhatDoesNotFit(page, lit, fits)])
}

/** Those who change and look in turn do both together, so that one layout is enough for all of them. */
function inStep(working: Iterator<void>[]): void {
  while (working.length) working = working.filter((one) => !one.next().done)
}

/**
 * As few cards as can be; the room waits for every layout, so their number is halved, not counted up, beginning with as many
 * as were hidden `before` and the one beside that. Stops after each change and after each look.
 */
function* hidingWhatDoesNotFit(
  place: HTMLElement,
  lit: string | null,
  fits: () => boolean,
  before = 0,
): Generator<void> {
  const cards = cardsIn(place)
  const behind = cards.map((card, i) => cards.slice(i + 1).filter((one) => one.parentNode === card.parentNode).length)
  const order = givingWay(
    behind,
    cards.findIndex((card) => isLit(card, lit)),
  )
  const groups = groupsIn(place)
  const hide = (gone: ReadonlySet<number>) => {
    cards.forEach((card, i) => (card.hidden = gone.has(i)))
    sayMore(place, gone.size)
    for (const group of groups) group.classList.toggle('away', isAllHidden(group)) // how many, in words
  }
  function* fitsWithout(gone: ReadonlySet<number>): Generator<void, boolean> {
    hide(gone)
    yield
    const does = fits()
    yield
    return does
  }
  let [from, to] = [0, order.length]
  let near = before
  for (let looks = 0; from < to; looks += 1) {
    const middle = looks < 2 && from <= near && near < to ? near : (from + to) >> 1
    if (yield* fitsWithout(new Set(order.slice(0, middle)))) [to, near] = [middle, middle - 1]
    else [from, near] = [middle + 1, middle + 1]
  }
  const gone = new Set(order.slice(0, to))
  // The last to go was perhaps a long one: a shorter one that went before it may have room.
  for (const index of order
    .slice(0, Math.max(0, to - 1))
    .reverse()
    .slice(0, GIVEN_BACK)) {
    gone.delete(index)
    if (!(yield* fitsWithout(gone))) gone.add(index)
  }
  hide(gone)
}

/** Nothing but its headings, and how much stands under each. */
function sayLater(place: HTMLElement): void {
  const cards = cardsIn(place)
  for (const card of cards) card.hidden = true
  for (const group of groupsIn(place)) group.classList.add('away')
  const more = place.querySelector<HTMLElement>('.more')
  if (more && cards.length)
    more.textContent = many('Shown when we talk about it.', 'Shown when we talk about them.', cards.length)
}

function sayMore(place: HTMLElement, hidden: number): void {
  const more = place.querySelector<HTMLElement>('.more')
  if (!more) return
  more.hidden = hidden === 0
  more.textContent = many('{n} more, shown when we talk about it.', '{n} more, shown when we talk about them.', hidden)
}

/** Whether two runs are enough: what does not fit becomes a third run, beyond the paper. */
function runsFit(body: HTMLElement): boolean {
  return [...body.querySelectorAll<HTMLElement>('h3, .card:not([hidden]), .more:not([hidden])')].every(
    (part) =>
      (mirrored() ? part.offsetLeft + part.offsetWidth > 0 : part.offsetLeft < body.clientWidth) &&
      part.offsetTop + part.offsetHeight <= body.clientHeight + 2,
  )
}

/** How tall the words are, whatever moves over them at the moment. */
function heightOf(body: HTMLElement): number {
  const last = body.lastElementChild as HTMLElement | null
  return last ? last.offsetTop + last.offsetHeight + 4 : 0
}

function columnOf(sections: readonly HTMLElement[], columns: readonly string[], lit: string | null): string | null {
  if (!lit) return null
  if (lit.startsWith('column/')) return columns.find((column) => lit === `column/${column}`) ?? null
  const index = sections.findIndex((section) => cardsIn(section).some((card) => isLit(card, lit)))
  return columns[index] ?? null
}

const cardsIn = (place: HTMLElement) => [...place.querySelectorAll<HTMLElement>('.card, [data-card]')]
const groupsIn = (place: HTMLElement) => [...place.querySelectorAll<HTMLElement>('.sub')]
const isAllHidden = (group: HTMLElement) => {
  const cards = cardsIn(group)
  return cards.length > 0 && cards.every((card) => card.hidden)
}
const isLit = (card: HTMLElement, lit: string | null) => lit !== null && card.classList.contains('lit')
const isThere = <T>(element: T | null | undefined): element is T => element !== null && element !== undefined

function setType(place: HTMLElement, step: number): void {
  place.style.setProperty('--p-card', String(step))
  place.classList.toggle('dense', step <= 24) // sources run on, and the paper's edges are slimmer
}

function setShares(map: HTMLElement, shares: readonly number[]): void {
  const all = shares.reduce((sum, share) => sum + share, 0)
  map.style.gridTemplateColumns = shares.map((share) => `minmax(0, ${((share / all) * 100).toFixed(3)}fr)`).join(' ')
  shares.forEach((share, i) => map.children[i]!.classList.toggle('narrow', share / all < NARROW))
}
