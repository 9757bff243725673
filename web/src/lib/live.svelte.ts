// One person's line to the room: the board they see, the socket, and what they did that is not answered yet.

import { LiveBoard } from './board.svelte'
import { keepDraft, keepDraftsFor, outboxDraft, readDraft } from './drafts'
import type { FirstFrames } from './first'
import { newId } from './ids'
import { Outbox, type Answer } from './outbox'
import type { Command, Frame } from './protocol'
import { LiveSocket, type Link, type Wire } from './socket'
import { Speaker } from './speech'
import { surfaceOf } from './surfaces'

export interface Page {
  surface: string
  conference: string
  person: string
  build: string
}

/** One line about what just happened, with at most one thing to do about it. */
export interface Note {
  text: string
  tone: 'done' | 'refused'
  act?: { label: string; key?: string; run: () => void }
}

const BACK_FOR = 4000
const LOSSES_BEFORE_ASKING = 4
const BETWEEN_RELOADS = 10_000

export class Live {
  readonly board = new LiveBoard()
  readonly page: Page
  link = $state<Link>('connecting')
  note = $state.raw<Note | null>(null)
  /** How many things a return has just sent, for a few seconds. */
  back = $state<number | null>(null)
  /** What the one polite region of this screen says. */
  spoken = $state('')
  readonly speaker = new Speaker({
    say: (words) => (this.spoken = words),
    after: (run, milliseconds) => setTimeout(run, milliseconds),
    now: () => Date.now(),
  })
  /** When the server last said anything: the room screen has no buttons that would tell it. */
  heardAt = Date.now()
  #socket: LiveSocket
  #outbox: Outbox

  constructor(page: Page, wire: (address: string) => Wire = (address) => new WebSocket(address)) {
    this.page = page
    this.#outbox = new Outbox({
      send: (text) => this.#socket.send(text),
      changed: (waiting) => (this.board.waiting = waiting),
      orphaned: (command, answer) => this.#sayRefused(command, answer),
      keep: outboxDraft.keep,
      later: (run, milliseconds) => setTimeout(run, milliseconds),
      newId,
    })
    this.#socket = new LiveSocket(
      {
        address: (query) => `${socketOrigin()}/api/conferences/${page.conference}/live?${query}`,
        open: wire,
        frame: (frame) => this.#receive(frame),
        link: (link) => this.#linked(link),
        connected: () => this.#connected(),
        after: (run, milliseconds) => setTimeout(run, milliseconds),
        cancel: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
        random: Math.random,
      },
      page.build,
    )
  }

  /** The board as the page brought it, before there is a socket. */
  begin(frames: FirstFrames | null): void {
    if (!frames) return
    const [view, own] = frames
    this.#receive(view)
    this.#receive(own)
    this.#socket.knows(view.epoch, view.version)
  }

  start(): void {
    keepDraftsFor(this.page.conference, this.page.person, this.page.surface !== 'family')
    this.#outbox.restore(outboxDraft.read())
    this.#socket.start()
    addEventListener('online', () => this.#socket.wake())
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.#socket.wake()
    })
  }

  stop(): void {
    this.#socket.stop()
  }

  /** The caller shows the answer beside where the person was working. */
  send(type: string, fields: Record<string, unknown> = {}): { id: string; answer: Promise<Answer> } {
    return this.#outbox.put(type, fields)
  }

  /** For acts without a place of their own: a "no" goes to the line at the bottom. */
  async act(type: string, fields: Record<string, unknown> = {}): Promise<Answer> {
    const answer = await this.send(type, fields).answer
    if (!answer.saved) this.say(answer.message ?? 'This could not be done.', 'refused')
    return answer
  }

  /** `aloud`: where it is heard in other words than it is read. */
  say(text: string, tone: Note['tone'] = 'done', act?: Note['act'], aloud = text): void {
    this.note = act ? { text, tone, act } : { text, tone }
    this.speak(aloud)
  }

  /** Heard, not shown. */
  speak(words: string): void {
    this.speaker.speak(words)
  }

  may(command: string): boolean {
    return this.board.may(command)
  }

  #receive(frame: Frame): void {
    this.heardAt = Date.now()
    if (frame.type === 'view') {
      this.board.receive(frame)
      this.#followSeat()
    } else if (frame.type !== 'still') this.#outbox.receive(frame)
  }

  /** Somebody else took the chair, or it was handed to this person: another surface. */
  #followSeat(): void {
    const role = this.board.me?.role
    if (role && surfaceOf(role) !== this.page.surface) reloadSoon()
  }

  #connected(): void {
    const sent = this.#outbox.waiting.length
    this.#outbox.connected()
    if (!this.#lostBefore) return
    this.back = sent
    this.speak(backWords(sent))
    setTimeout(() => (this.back = null), BACK_FOR)
  }

  #lostBefore = false
  #losses = 0

  #linked(link: Link): void {
    if (link === 'lost') this.#lostBefore = true
    this.link = link
    if (link === 'newer') reloadSoon()
    this.#losses = link === 'lost' ? this.#losses + 1 : 0
    if (this.#losses === LOSSES_BEFORE_ASKING) void this.#askWhetherWelcome()
  }

  /** A socket that is refused cannot say why; the page itself can. */
  async #askWhetherWelcome(): Promise<void> {
    const page = await fetch(location.pathname, { cache: 'no-store' }).catch(() => null)
    this.#losses = 0
    if (!page || page.ok || page.status >= 500) return
    this.#socket.stop()
    this.link = 'removed'
  }

  #sayRefused(command: Command, answer: Answer): void {
    const words = 'text' in command && command.text ? ` Your words were: “${command.text}”` : ''
    this.say((answer.message ?? 'This could not be done.') + words, 'refused')
  }
}

let reloading = false

/** Never in a tight circle, should the page that comes back be the old one again. */
function reloadSoon(): void {
  if (reloading) return
  reloading = true
  const wait = Math.max(0, readDraft('reloaded', 0) + BETWEEN_RELOADS - Date.now())
  keepDraft('reloaded', Date.now() + wait)
  setTimeout(() => location.reload(), wait)
}

/** "Back. 3 things sent." */
export function backWords(sent: number): string {
  return `Back.${sent ? ` ${sent} ${sent === 1 ? 'thing' : 'things'} sent.` : ''}`
}

function socketOrigin(): string {
  return location.origin.replace(/^http/, 'ws')
}
