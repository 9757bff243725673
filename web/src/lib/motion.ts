// How long a moving card takes; nothing moves for people who asked for that.

export function still(): boolean {
  return typeof matchMedia === 'function' && matchMedia('(prefers-reduced-motion: reduce)').matches
}

export function settle(): number {
  return still() ? 0 : 320
}

export function slow(): number {
  return still() ? 0 : 700
}
