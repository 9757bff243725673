// One person's line to the room: the board they see, the socket, and what they did that is not answered yet.

import { LiveBoard } from './board.svelte'
import { allDrafts, dropDraft, keepDraft, keepDraftsWith, readDraft } from './drafts'
import type { FirstFrames } from './first'
import { newId } from './ids'
import { Outbox, type Answer } from './outbox'
import type { Command, Frame } from './protocol'
import { LiveSocket, type Link, type Wire } from './socket'
import { Speaker } from './speech'
import { Stream } from './stream'
import { surfaceOf } from './surfaces'
import { many, t } from './tongue'
import type { Left, Vault } from './vault'
import { Ways, type Way } from './ways'

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

/** Words that came back with "no" and have no place of their own any more. */
export interface Returned {
  id: string
  words: string
  why: string
}

const BACK_FOR = 4000
const LOSSES_BEFORE_ASKING = 4
const BETWEEN_RELOADS = 10_000
const SHORT_DROP = 5000 // a line that is back sooner was not worth a word
const AT_LEAST = 1500 // a page that has slept comes back first
const SAYS_BY = 9500 // since the server was last heard: no screen looks newer than it is
const UNTIL_QUIET = 2000

export class Live {
  readonly board = new LiveBoard()
  readonly page: Page
  link = $state<Link>('connecting')
  note = $state.raw<Note | null>(null)
  /** How many things a return has just sent, for a few seconds. */
  back = $state<number | null>(null)
  /** What the one polite region of this screen says. */
  spoken = $state('')
  returned = $state.raw<readonly Returned[]>([])
  readonly speaker = new Speaker({
    say: (words) => (this.spoken = words),
    after: (run, milliseconds) => setTimeout(run, milliseconds),
    now: () => Date.now(),
  })
  /** When the server last said anything: the room screen has no buttons that would tell it. */
  heardAt = Date.now()
  /** How whoever sits here shows that it is them; where no screen says how, they do not. */
  confirm = () => Promise.resolve(false)
  #socket: LiveSocket
  #outbox: Outbox
  #vault: Vault | null = null

  constructor(page: Page, wire: (way: Way, query: string) => Wire = (way, query) => lineOf(page, way, query)) {
    this.page = page
    this.#outbox = new Outbox({
      send: (text) => this.#socket.send(text),
      changed: (waiting) => {
        this.board.waiting = waiting
        this.#keep()
      },
      orphaned: (command, answer) => this.handBack(wordsIn(command), answer.message),
      confirm: () => this.confirm(),
      later: (run, milliseconds) => setTimeout(run, milliseconds),
      newId,
    })
    this.#socket = new LiveSocket(
      {
        open: wire,
        frame: (frame) => this.#receive(frame),
        link: (link) => this.#linked(link),
        connected: () => this.#connected(),
        after: (run, milliseconds) => setTimeout(run, milliseconds),
        cancel: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
        now: () => Date.now(),
        random: Math.random,
      },
      new Ways({ now: () => Date.now(), read: () => noted('way'), keep: (text) => note('way', text) }),
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

  /** What the page before this one could not send, or had half written, before anything is shown. */
  async restore(vault: Vault | null): Promise<void> {
    keepDraftsWith({}, () => this.#keep())
    this.#vault = vault
    await vault?.takeUp((left) => this.#takeUp(left)).catch(() => {})
  }

  #takeUp({ outbox, drafts }: Left): void {
    keepDraftsWith({ ...drafts, ...allDrafts() }, () => this.#keep())
    this.returned = readDraft('returned', this.returned)
    this.#outbox.restore(outbox as Command[])
    this.#keep()
  }

  #keep(): void {
    this.#vault?.keep(() => ({ outbox: [...this.#outbox.waiting], drafts: { ...allDrafts() } }))
  }

  start(): void {
    this.#socket.start()
    const wake = () => this.#socket.wake()
    addEventListener('online', wake)
    addEventListener('pageshow', wake)
    document.addEventListener('resume', wake)
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && wake())
  }

  stop(): void {
    this.#socket.stop()
  }

  /** The caller shows the answer beside where the person was working. */
  send(type: string, fields: Record<string, unknown> = {}): { id: string; answer: Promise<Answer> } {
    const reign = this.board.me?.reign // kept with it: what is sent late is not decided under another chair
    const inside = type === 'add_item' && this.board.inside
    return this.#outbox.put(type, {
      ...fields,
      ...(reign && { reign }),
      ...(inside && { without_family: true }), // and is never said to the family, should they be back by then
    })
  }

  /** For acts without a place of their own: a "no" goes to the line at the bottom. */
  async act(type: string, fields: Record<string, unknown> = {}): Promise<Answer> {
    const answer = await this.send(type, fields).answer
    if (!answer.saved) this.say(answer.message ?? t('This could not be done.'), 'refused')
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

  /** This page will be sent no board any more. */
  get gone(): boolean {
    return this.link === 'removed' || this.link === 'closed' || this.link === 'damaged'
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
    if (role && surfaceOf(role) !== this.page.surface) this.#reload()
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
  #lost: ReturnType<typeof setTimeout> | undefined

  #linked(link: Link): void {
    this.#losses = link === 'lost' ? this.#losses + 1 : 0
    if (this.#losses === LOSSES_BEFORE_ASKING) void this.#askWhetherWelcome()
    if (link === 'lost') {
      this.#lost ??= setTimeout(
        () => {
          this.#lostBefore = true
          this.link = 'lost'
        },
        Math.max(AT_LEAST, Math.min(SHORT_DROP, this.heardAt + SAYS_BY - Date.now())),
      )
      return
    }
    clearTimeout(this.#lost)
    this.#lost = undefined
    if (link === 'newer') return this.#reload()
    this.link = link
    // What waits for a damaged conference to be mended is kept.
    if (link === 'removed' || link === 'closed') void this.#vault?.wipe()
  }

  #reload(): void {
    if (this.#vault || !this.#unsent()) return this.#reloadSoon()
    // Nothing is ever kept on this device, so the page stays until nothing would be lost with it.
    this.#socket.stop()
    this.#socket.startWithoutBuild()
    const quiet = setInterval(() => {
      if (this.#unsent()) return
      clearInterval(quiet)
      this.#reloadSoon()
    }, UNTIL_QUIET)
  }

  #reloading = false

  /** Never in a tight circle, should the page that comes back be the old one again. */
  #reloadSoon(): void {
    if (this.#reloading) return
    this.#reloading = true
    const wait = Math.max(0, Number(noted('reloaded')) + BETWEEN_RELOADS - Date.now())
    note('reloaded', String(Date.now() + wait))
    setTimeout(() => void Promise.resolve(this.#vault?.flushed()).then(() => location.reload()), wait)
  }

  #unsent(): boolean {
    return this.#outbox.waiting.length > 0 || Object.values(allDrafts()).some((words) => words !== '""')
  }

  /** A socket that is refused cannot say why; the page itself can. */
  async #askWhetherWelcome(): Promise<void> {
    const page = await fetch(location.pathname, { cache: 'no-store' }).catch(() => null)
    this.#losses = 0
    if (!page || page.ok || page.status >= 500) return
    this.#socket.stop()
    this.#linked('removed')
  }

  /** Refused, and the place where it was typed is gone: the words stay in sight until they are put away. */
  handBack(words: string, why = t('This could not be done.')): void {
    if (!words) return this.say(why, 'refused')
    this.#setReturned([...this.returned, { id: newId(), words, why }])
    this.speak(why)
  }

  putAway(id: string): void {
    this.#setReturned(this.returned.filter((one) => one.id !== id))
  }

  #setReturned(returned: readonly Returned[]): void {
    this.returned = returned
    if (returned.length) keepDraft('returned', returned)
    else dropDraft('returned')
  }
}

/** Whatever somebody wrote in it. */
export function wordsIn(fields: object): string {
  const written = ['text', 'why', 'reasons', 'plain_words'] as const
  return written
    .flatMap((name) => (fields as Partial<Record<(typeof written)[number], string>>)[name] || [])
    .join(' · ')
}

/** "Back. 3 things sent." */
export function backWords(sent: number): string {
  return sent ? many('Back. {n} thing sent.', 'Back. {n} things sent.', sent) : t('Back.')
}

function lineOf({ conference }: Page, way: Way, query: string): Wire {
  const address = `/api/conferences/${conference}/`
  if (way !== 'socket') return new Stream(`${address}stream`, query, way === 'short')
  return new WebSocket(`${location.origin.replace(/^http/, 'ws')}${address}live?${query}`)
}

/** Facts about this browser, never about a meeting. */
function note(name: string, text: string): void {
  try {
    sessionStorage.setItem(`kinboard:${name}`, text)
  } catch {
    // storage is forbidden here
  }
}

function noted(name: string): string | null {
  try {
    return sessionStorage.getItem(`kinboard:${name}`)
  } catch {
    return null
  }
}
