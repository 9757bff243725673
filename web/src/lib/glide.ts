// A card that moves glides to its new place, in its list or in another, so that eyes can follow it; a new one fades in.

import { EASE, settle } from './motion'

interface Place {
  list: HTMLElement
  box: DOMRect
  /** How far its list was scrolled: cards that are scrolled do not move. */
  scrolled: number
  at: number
}

const stood = new Map<string, Place>()
const gliding = new WeakMap<Element, Animation>()
const lists = new Set<HTMLElement>()
const RECENT = 500
let noted = false

/** The cards of this list glide. */
export function glides(list: HTMLElement): () => void {
  lists.add(list)
  return () => void lists.delete(list)
}

/**
 * Call just before a list is drawn again. All of them are read at once, and again when all have been drawn: a look at a
 * page that has changed has the browser lay it out, and one for every card was most of what a card cost.
 */
export function noteWhereCardsStand(): void {
  if (noted || !settle()) return
  noted = true
  const at = performance.now()
  for (const [id, place] of stood) if (at - place.at > RECENT) stood.delete(id)
  for (const [card, place] of placed(at)) stood.set(card.dataset.item!, place)
  queueMicrotask(() => {
    noted = false
    glideFromThere()
  })
}

function placed(at: number): [HTMLElement, Place][] {
  return [...lists].flatMap((list) => {
    const scrolled = list.scrollTop
    return [...list.querySelectorAll<HTMLElement>('li[data-item]')].map((card): [HTMLElement, Place] => [
      card,
      { list, box: card.getBoundingClientRect(), scrolled, at },
    ])
  })
}

/** A card that is folded away has no size, and neither goes nor comes. */
function glideFromThere(): void {
  for (const list of lists)
    for (const card of list.querySelectorAll('li[data-item]')) {
      gliding.get(card)?.cancel()
      gliding.delete(card)
    }
  for (const [card, { list, box, scrolled }] of placed(performance.now())) {
    if (typeof card.animate !== 'function') return
    const was = stood.get(card.dataset.item!)
    if (!was) {
      if (stood.size) card.animate([{ opacity: 0 }, { opacity: 1 }], settle())
      continue
    }
    const behind = was.list === list ? scrolled - was.scrolled : 0
    const [x, y] = [was.box.left - box.left, was.box.top - box.top - behind]
    if ((!x && !y) || !box.width || !was.box.width) continue
    const from = { transform: `translate(${x}px, ${y}px)` }
    gliding.set(card, card.animate([from, { transform: 'none' }], { duration: settle(), easing: EASE }))
  }
}
