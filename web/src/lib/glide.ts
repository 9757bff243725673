// A card that moves glides to its new place, in its list or in another, so that eyes can follow it; a new one fades in.
// Where every card stood is noted just before the board is drawn again.

import { EASE, settle } from './motion'

const stood = new Map<string, { box: DOMRect; at: number }>()
const gliding = new WeakMap<Element, Animation>()
const RECENT = 500

const cardsOf = (list: HTMLElement | undefined) =>
  list && settle() ? list.querySelectorAll<HTMLElement>('li[data-item]') : []

/** Call before the list is drawn again. */
export function noteWhereCardsStand(list: HTMLElement | undefined): void {
  for (const card of cardsOf(list))
    stood.set(card.dataset.item ?? '', { box: card.getBoundingClientRect(), at: performance.now() })
}

/** Call when it has been. A card that is folded away has no size, and neither goes nor comes. */
export function glideFromThere(list: HTMLElement | undefined): void {
  for (const card of cardsOf(list)) {
    if (typeof card.animate !== 'function') return
    const was = stood.get(card.dataset.item ?? '')
    gliding.get(card)?.cancel()
    if (!was || performance.now() - was.at > RECENT) {
      if (stood.size) card.animate([{ opacity: 0 }, { opacity: 1 }], settle())
      continue
    }
    const box = card.getBoundingClientRect()
    const [x, y] = [was.box.left - box.left, was.box.top - box.top]
    if ((!x && !y) || !box.width || !was.box.width) continue
    const from = { transform: `translate(${x}px, ${y}px)` }
    gliding.set(card, card.animate([from, { transform: 'none' }], { duration: settle(), easing: EASE }))
  }
}
