// One person's line to the room: the board they see, the socket, and what they did that is not answered yet.

import { LiveBoard } from './board.svelte'
import { keepDraftsFor, outboxDraft } from './drafts'
import { newId } from './ids'
import { Outbox, type Answer } from './outbox'
import type { Command, Frame } from './protocol'
import { LiveSocket, type Link, type Wire } from './socket'

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

export class Live {
  readonly board = new LiveBoard()
  readonly page: Page
  link = $state<Link>('connecting')
  note = $state.raw<Note | null>(null)
  /** How many things a return has just sent, for a few seconds. */
  back = $state<number | null>(null)
  /** When the server last said anything: the room screen has no buttons that would tell it. */
  heardAt = Date.now()
  #socket: LiveSocket
  #outbox: Outbox

  constructor(page: Page, wire: (address: string) => Wire = (address) => new WebSocket(address)) {
    this.page = page
    keepDraftsFor(page.conference, page.person, page.surface !== 'family')
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

  start(): void {
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

  say(text: string, tone: Note['tone'] = 'done', act?: Note['act']): void {
    this.note = act ? { text, tone, act } : { text, tone }
  }

  may(command: string): boolean {
    return this.board.may(command)
  }

  #receive(frame: Frame): void {
    this.heardAt = Date.now()
    if (frame.type === 'view') this.board.receive(frame)
    else if (frame.type !== 'still') this.#outbox.receive(frame)
  }

  #connected(): void {
    const sent = this.#outbox.waiting.length
    this.#outbox.connected()
    if (!this.#lostBefore) return
    this.back = sent
    setTimeout(() => (this.back = null), BACK_FOR)
  }

  #lostBefore = false

  #linked(link: Link): void {
    if (link === 'lost') this.#lostBefore = true
    this.link = link
    if (link === 'newer') location.reload()
  }

  #sayRefused(command: Command, answer: Answer): void {
    const words = 'text' in command && command.text ? ` Your words were: “${command.text}”` : ''
    this.say((answer.message ?? 'This could not be done.') + words, 'refused')
  }
}

function socketOrigin(): string {
  return location.origin.replace(/^http/, 'ws')
}
