// The flat map's keys, taken apart and put together in one place.

import type { Command, View } from './protocol'

/** Keys that only this person is sent; the shared part never uses them. */
export function isOwnKey(key: string): boolean {
  return key === 'me' || key.startsWith('mine/')
}

/** Every entry under one kind of key, with the rest of the key as its id: `item/` gives [id, item]. */
export function under<T>(view: View, prefix: string): [string, T][] {
  const found: [string, T][] = []
  for (const key in view) if (key.startsWith(prefix)) found.push([key.slice(prefix.length), view[key] as T])
  return found
}

/** What unanswered acts made or changed. */
export function touchedBy(waiting: readonly Command[]): ReadonlySet<string> {
  const of = (
    one: Partial<Record<'item_id' | 'danger_id' | 'goal_id', string | null>> & { type: string; id: string },
  ) => one.item_id ?? (one.type === 'write_danger_statement' ? one.danger_id : one.goal_id) ?? one.id
  return new Set(waiting.map((one) => of(one as Parameters<typeof of>[0])))
}

export function orderKey(column: string, group: string): string {
  return `order/${column}/${group}`
}

/** A random uuid4. Written out where the browser has none of its own (Safari before 15.4, plain http). */
export function newId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
