// How long a moving card takes; nothing moves for people who asked for that.

import { flip } from 'svelte/animate'

export function still(): boolean {
  return typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches
}

export function settle(): number {
  return still() ? 0 : 320
}

export function slow(): number {
  return still() ? 0 : 700
}

/** Svelte's flip, but not from or to a card that is folded away and has no size. */
export const glideWithin: typeof flip = (node, { from, to }, params) =>
  from.width && to.width ? flip(node, { from, to }, params) : { duration: 0 }
