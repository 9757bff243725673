// A card that changes its column glides there, so that eyes can follow it. Where every card stood is noted just before the
// board is drawn again; a card that appears in another list starts from its old place.

import { settle } from './motion'

const stood = new Map<string, { box: DOMRect; at: number }>()
const RECENT = 500

/** Call before the list is drawn again. */
export function noteWhereCardsStand(list: HTMLElement | undefined): void {
  if (!list || settle() === 0) return
  for (const card of list.querySelectorAll<HTMLElement>('li[data-item]')) {
    stood.set(card.dataset.item ?? '', { box: card.getBoundingClientRect(), at: performance.now() })
  }
}

/** On the card's own element, when it is put into the page. */
export function glide(card: HTMLElement): void {
  const was = stood.get(card.dataset.item ?? '')
  const isOld = was && performance.now() - was.at < RECENT
  if (settle() === 0 || typeof card.animate !== 'function') return
  if (!isOld) {
    if (stood.size) card.animate([{ opacity: 0 }, { opacity: 1 }], settle())
    return
  }
  const box = card.getBoundingClientRect()
  card.animate(
    [{ transform: `translate(${was.box.left - box.left}px, ${was.box.top - box.top}px)` }, { transform: 'none' }],
    { duration: settle(), easing: 'cubic-bezier(.2, .7, .2, 1)' },
  )
}
