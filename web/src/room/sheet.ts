// Fits what is on the room screen by measuring it: fonts, screens and words differ, so a fit is never assumed.

import { CARD_STEPS, FOLDED_SHARE, folded, givingWay, largestInTwoRuns, largestThatFits } from './fit'

/** The three columns: the largest type at which all is whole, else the smallest with the lit column wide. */
export function fitMap(map: HTMLElement, columns: readonly string[], lit: string | null): void {
  const sections = columns.map((column) => map.querySelector<HTMLElement>(`.col.${column}`))
  const bodies = sections.map((section) => section?.querySelector<HTMLElement>('.body'))
  if (!sections.every(isThere) || !bodies.every(isThere)) return

  for (const section of sections) {
    delete section.dataset.place
    for (const part of [...cardsIn(section), ...groupsIn(section)]) part.hidden = false
    sayMore(section, 0)
  }
  const width = map.clientWidth
  const whole = largestThatFits(
    {
      lay(step, shares) {
        setType(map, step)
        setShares(map, shares)
        return { need: bodies.map(heightOf), room: Math.min(...bodies.map((body) => body.clientHeight)) }
      },
      tall(step, share) {
        setType(map, step)
        map.style.gridTemplateColumns = `repeat(${columns.length}, ${share * width}px)` // over the edge, unseen
        return bodies.map(heightOf)
      },
    },
    CARD_STEPS,
  )
  if (whole) return

  const first = bodies.map(heightOf)
  const tallest = first.indexOf(Math.max(...first))
  sections[tallest]!.dataset.place = 'wide'
  const fits = largestInTwoRuns(
    {
      get room() {
        return Math.min(...bodies.map((body) => body.clientHeight))
      },
      tall(step, share) {
        setType(map, step)
        map.style.gridTemplateColumns = `repeat(${columns.length}, ${share * width}px)`
        return bodies.map(heightOf)
      },
      whole(step, shares) {
        setType(map, step)
        setShares(map, shares)
        return bodies.every((body, i) => (i === tallest ? runsFit(body) : heightOf(body) <= body.clientHeight))
      },
    },
    CARD_STEPS,
    tallest,
  )
  if (fits) {
    setType(map, fits.step)
    return setShares(map, fits.shares)
  }
  setType(map, CARD_STEPS[CARD_STEPS.length - 1]!)

  const places = folded(columns, columnOf(sections, columns, lit) ?? columns[0]!)
  sections.forEach((section, i) => (section.dataset.place = places[i]))
  setShares(
    map,
    places.map((place) => FOLDED_SHARE[place]),
  )
  sections.forEach((section, i) => {
    if (places[i] === 'wide') fold(section, lit, () => runsFit(bodies[i]!))
    if (places[i] === 'headings') sayLater(section)
    if (places[i] === 'some') fold(section, lit, () => heightOf(bodies[i]!) <= bodies[i]!.clientHeight)
  })
}

/** One page of words: the largest type that fits, else the smallest with what is furthest from the lit words hidden. */
export function fitPage(page: HTMLElement, steps: readonly number[], lit: string | null): void {
  const cards = cardsIn(page)
  const fits = () => page.scrollHeight <= page.clientHeight + 1
  for (const card of cards) card.hidden = false
  sayMore(page, 0)
  for (const step of steps) {
    setType(page, step)
    if (fits()) return
  }
  fold(page, lit, fits)
}

function fold(place: HTMLElement, lit: string | null, fits: () => boolean): void {
  const cards = cardsIn(place)
  const behind = cards.map((card, i) => cards.slice(i + 1).filter((one) => one.parentNode === card.parentNode).length)
  const order = givingWay(
    behind,
    cards.findIndex((card) => isLit(card, lit)),
  )
  let hidden = 0
  for (const index of order) {
    if (fits()) return
    cards[index]!.hidden = true
    hidden += 1
    sayMore(place, hidden)
    for (const group of groupsIn(place)) group.hidden = isAllHidden(group) // no heading with nothing under it
  }
}

function sayLater(place: HTMLElement): void {
  const more = place.querySelector<HTMLElement>('.more')
  if (!more || cardsIn(place).length === 0) return
  more.hidden = false
  more.textContent = 'Shown when we talk about them.'
}

function sayMore(place: HTMLElement, hidden: number): void {
  const more = place.querySelector<HTMLElement>('.more')
  if (!more) return
  more.hidden = hidden === 0
  more.textContent = `${hidden} more, shown when we talk about ${hidden === 1 ? 'it' : 'them'}.`
}

/** Whether two runs are enough: what does not fit becomes a third run, to the right of the paper. */
function runsFit(body: HTMLElement): boolean {
  return [...body.querySelectorAll<HTMLElement>('h3, .card:not([hidden])')].every(
    (part) => part.offsetLeft < body.clientWidth && part.offsetTop + part.offsetHeight <= body.clientHeight + 2,
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
}
