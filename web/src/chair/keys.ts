// The chair's keys. They work only while the board has focus: never in a field, never with Ctrl, Alt or the Windows key.

import { words } from '../lib/tongue'

export interface Key {
  key: string
  does: string
  needs?: string
}

/** For the list of all keys. */
export const ALL_KEYS: readonly Key[] = words([
  { key: '1 2 3', does: 'write in that column; Enter adds and stays, Esc returns' },
  { key: '↑ ↓ ← →', does: 'from card to card' },
  { key: 'Shift + arrows', does: 'move the card' },
  { key: 'S', does: 'lamp: light this card on every screen, or put it out' },
  { key: 'E', does: 'change the card' },
  { key: 'Enter', does: 'everything that can be done with the card' },
  { key: 'N', does: 'points that are new to the family' },
  { key: 'F', does: 'give the floor' },
  { key: 'W', does: 'give the floor to who waits longest' },
  { key: 'O', does: 'take an offered point' },
  { key: 'L', does: 'who is here; let somebody in' },
  { key: '0', does: 'open a scaling question' },
  { key: 'R', does: 'show the numbers (asks once)' },
  { key: 'T', does: 'put in a number for someone' },
  { key: 'Q', does: 'the next question that you could ask' },
  { key: 'D G M', does: 'look at danger statements, goals, map' },
  { key: 'B', does: 'break' },
  { key: 'P', does: 'rest the room screen; Shift + P every screen but yours' },
  { key: 'Z', does: 'undo; Shift + Z redo' },
  { key: '/', does: 'find anything' },
  { key: '?', does: 'this list' },
])

export type Act =
  | 'write-worry'
  | 'write-strength'
  | 'write-next_step'
  | 'go-up'
  | 'go-down'
  | 'go-left'
  | 'go-right'
  | 'push-up'
  | 'push-down'
  | 'push-left'
  | 'push-right'
  | 'lamp'
  | 'edit'
  | 'menu'
  | 'held'
  | 'floor'
  | 'floor-next'
  | 'offered'
  | 'people'
  | 'scale'
  | 'reveal'
  | 'number'
  | 'prompt'
  | 'danger'
  | 'goals'
  | 'map'
  | 'break'
  | 'rest-room'
  | 'rest-all'
  | 'undo'
  | 'redo'
  | 'find'
  | 'keys'

const PLAIN: Record<string, Act> = {
  '1': 'write-worry',
  '2': 'write-strength',
  '3': 'write-next_step',
  ArrowUp: 'go-up',
  ArrowDown: 'go-down',
  ArrowLeft: 'go-left',
  ArrowRight: 'go-right',
  s: 'lamp',
  e: 'edit',
  n: 'held',
  f: 'floor',
  w: 'floor-next',
  o: 'offered',
  l: 'people',
  '0': 'scale',
  r: 'reveal',
  t: 'number',
  q: 'prompt',
  d: 'danger',
  g: 'goals',
  m: 'map',
  b: 'break',
  p: 'rest-room',
  z: 'undo',
  '/': 'find',
}

const SHIFTED: Record<string, Act> = {
  ArrowUp: 'push-up',
  ArrowDown: 'push-down',
  ArrowLeft: 'push-left',
  ArrowRight: 'push-right',
  p: 'rest-all',
  z: 'redo',
  '?': 'keys',
  '/': 'find',
}

interface Pressed {
  key: string
  shiftKey: boolean
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  target: EventTarget | null
}

export function actOf(event: Pressed, lettersOn = true): Act | null {
  if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return null
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  if (key.length === 1 && !lettersOn) return null
  return (event.shiftKey ? SHIFTED[key] : (PLAIN[key] ?? (key === '?' ? 'keys' : undefined))) ?? null
}

function isField(target: EventTarget | null): boolean {
  const element = target as HTMLElement | null
  if (!element || typeof element.closest !== 'function') return false
  return element.closest('input, textarea, select, [contenteditable="true"], dialog') !== null
}
