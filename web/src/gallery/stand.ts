// A line to a room that is not there: the product's own `Live`, filled with frames, with nobody at the other end.

import { flushSync, mount, unmount, type Component } from 'svelte'
import { Desk } from '../chair/desk.svelte'
import { keepDraftsWith } from '../lib/drafts'
import type { Answer } from '../lib/outbox'
import { Live } from '../lib/live.svelte'
import { plainWords } from '../lib/plain_words.svelte'
import { BEA, DANA, HESTER, SCREEN, told, type Told } from './meeting'
import { named, note } from './pseudo'
import { takeAway } from './voice'
import './words'

/** One state of one component. */
export interface State {
  id: string
  title: string
  /** Fills the window, as in the product: shown by itself. */
  alone?: true
  /** As wide as it usually is, in pixels. */
  width?: number
  show: (place: HTMLElement) => void | Promise<void>
  /** What only one place in a page can have at a time: focus, something dragged. */
  pose?: (place: HTMLElement) => void
}

export interface Group {
  id: string
  title: string
  states: State[]
}

const NOWHERE = { readyState: 0, onopen: null, onmessage: null, onclose: null, send() {}, close() {} }
const SURFACES: Record<string, string> = { [HESTER]: 'chair', [DANA]: 'family', [BEA]: 'family', [SCREEN]: 'room' }

export function lineOf(person: string, what: Told = {}): Live {
  const { shared, own } = told(person, what)
  const surface = SURFACES[person] ?? 'professional'
  const live = new Live({ surface, conference: 'gallery', person, build: '' }, () => NOWHERE)
  keepDraftsWith({}, () => {}) // each state has drafts of its own
  const receive = live.board.receive.bind(live.board)
  live.board.receive = (frame) => (note(frame.put), receive(frame))
  live.begin([
    { type: 'view', full: true, epoch: 'gallery', version: 1, put: shared, drop: [] },
    { type: 'view', own: true, full: true, put: own, drop: [] },
  ])
  live.link = 'live'
  live.heardAt = Number.POSITIVE_INFINITY
  void plainWords.learn('', surface === 'family')
  return live
}

export function deskOf(person: string, what: Told = {}): Desk {
  return new Desk(lineOf(person, what))
}

/** The server says no to whatever is asked next, with these words. */
export function refuse(live: Live, message: string, reason = ''): void {
  note(message)
  live.send = () => ({ id: '', answer: Promise.resolve<Answer>({ id: '', saved: false, message, reason }) })
}

const ask = globalThis.fetch
let shown: object[] = []

export function put<P extends Record<string, unknown>>(
  place: HTMLElement,
  what: Component<P, object, string>,
  props: P,
): void {
  shown.push(mount(what, { target: place, props }))
  flushSync()
}

export async function clear(): Promise<void> {
  const before = shown
  shown = []
  globalThis.fetch = ask // a state may have answered for the server
  await Promise.all(before.map((one) => unmount(one)))
  takeAway()
}

/** A part of a surface that comes by itself, after the rest. */
export async function until(place: ParentNode, there: string): Promise<void> {
  while (!place.querySelector(there)) await new Promise(requestAnimationFrame)
  flushSync()
}

/** What is said to the writer when they pause. */
export const hinted = (place: ParentNode) => until(place, '.suggestion')

// ---- what somebody does with their hands

export function button(place: ParentNode, words: string): HTMLElement {
  const all = [...place.querySelectorAll<HTMLElement>('button, [role=tab]')]
  const found = named(all, (one) => `${one.ariaLabel ?? ''}\n${one.textContent}`, words)
  if (!found) throw new Error(`There is no button “${words}”.`)
  return found
}

export function press(place: ParentNode, words: string): void {
  button(place, words).click()
  flushSync()
}

export function write(place: ParentNode, words: string, field = 'textarea'): void {
  const one = place.querySelector<HTMLTextAreaElement>(field)!
  note(words)
  one.value = words
  one.dispatchEvent(new Event('input', { bubbles: true }))
  flushSync()
}

export function choose(place: ParentNode, value: string): void {
  const one = place.querySelector<HTMLInputElement>(`input[value="${value}"]`)!
  one.click()
  flushSync()
}

/** A key of the chair's board. */
export function key(name: string): void {
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }))
  flushSync()
}

/** The mouse, over the middle of something. */
export function pointer(target: Element, what: string, over: Element): void {
  const { left, top, width, height } = over.getBoundingClientRect()
  const at = { clientX: left + width / 2, clientY: top + height / 2 }
  target.dispatchEvent(new PointerEvent(what, { ...at, pointerType: 'mouse', isPrimary: true, bubbles: true }))
  flushSync()
}
