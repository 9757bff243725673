// How long what moves takes; nothing moves for people who asked for that.

export const EASE = 'cubic-bezier(.2, .7, .2, 1)'

export function still(): boolean {
  return typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches
}

export function settle(): number {
  return still() ? 0 : 320
}

/** What comes up on the board for all to see at once. `from`: how large it is at first. */
export function rise(mark: HTMLElement, from = 0): void {
  if (still() || typeof mark.animate !== 'function') return
  mark.animate([{ opacity: 0, transform: `scale(${from})` }, {}], { duration: 700, easing: EASE })
}
