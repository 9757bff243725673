// One live connection that comes back by itself. Whether it lives is judged by what the server sends, because a socket can
// stay "open" for minutes after the cable was pulled; and never by a timer of our own that came late, because then it was
// this page that slept.

import type { Frame } from './protocol'
import type { Way, Ways } from './ways'

export type Link = 'connecting' | 'live' | 'lost' | 'newer' | 'removed' | 'closed' | 'damaged'

export interface Wire {
  readyState: number
  onopen: ((event: Event) => void) | null
  onmessage: ((event: MessageEvent) => void) | null
  onclose: ((event: CloseEvent) => void) | null
  send(text: string): void
  close(): void
}

export interface SocketPorts {
  open: (way: Way, query: string) => Wire
  frame: (frame: Frame) => void
  link: (link: Link) => void
  /** A first view came over a new connection. */
  connected: () => void
  after: (run: () => void, milliseconds: number) => unknown
  cancel: (timer: unknown) => void
  now: () => number
  random: () => number
}

export const OPENS_WITHIN = 5000
export const LOST_AFTER = 8000 // the server says something every five seconds
export const MOMENT = 2000 // for what waits to be read by a page that slept
export const SOONEST = 200
export const LATEST = 3000
const STILL_EVERY = 6000
const LATE = 1000
const RESTARTING = 1012

const STOP: Record<number, Link> = { 4001: 'newer', 4003: 'removed', 4004: 'closed', 4005: 'damaged' }

export class LiveSocket {
  #wire: Wire | null = null
  #epoch: string | null = null
  #version: number | null = null
  #watch: unknown = null
  #retry: unknown = null
  #tries = 0
  #stopped = false
  #seen = false
  #heardAt = 0

  constructor(
    private readonly ports: SocketPorts,
    private readonly ways: Ways,
    private build: string,
  ) {}

  /** What the page brought is on the screen already: the server is asked for what changed since. */
  knows(epoch: string, version: number): void {
    this.#epoch = epoch
    this.#version = version
  }

  start(): void {
    this.#stopped = false
    this.#connect()
  }

  /** To be served although this page is older than the server. */
  startWithoutBuild(): void {
    this.build = ''
    this.start()
  }

  stop(): void {
    this.#stopped = true
    this.#drop()
  }

  /** The network or the screen came back: do not wait for the timer, and do not trust a line that has long been silent. */
  wake(): void {
    if (this.#stopped) return
    if (!this.#wire) this.#connect()
    else if (this.ports.now() - this.#heardAt > STILL_EVERY) this.#listen(MOMENT, true)
  }

  send(text: string): boolean {
    if (!this.#wire || !this.#seen || this.#wire.readyState !== 1) return false
    this.#wire.send(text)
    return true
  }

  #connect(): void {
    this.#drop()
    const query = new URLSearchParams(this.build ? { build: this.build } : {})
    if (this.#epoch !== null && this.#version !== null) {
      query.set('epoch', this.#epoch)
      query.set('version', String(this.#version))
    }
    const wire = this.ports.open(this.ways.next(), query.toString())
    this.#wire = wire
    wire.onopen = () => {
      if (wire === this.#wire) this.#listen(LOST_AFTER)
    }
    wire.onmessage = (event) => {
      if (wire === this.#wire) this.#receive(JSON.parse(String(event.data)) as Frame)
    }
    wire.onclose = (event) => {
      if (wire === this.#wire) this.#closed(event.code)
    }
    this.#heardAt = this.ports.now()
    this.#listen(OPENS_WITHIN)
  }

  #receive(frame: Frame): void {
    this.#heardAt = this.ports.now()
    this.#listen(LOST_AFTER)
    if (frame.type === 'view' && !('own' in frame)) {
      this.#epoch = frame.epoch
      this.#version = frame.version
    }
    this.ports.frame(frame)
    if (!this.#seen && frame.type === 'view') {
      this.#seen = true
      this.#tries = 0
      const again = this.ways.works()
      if (again !== null) this.#retry = this.ports.after(() => this.#trySocket(), again)
      this.ports.link('live')
      this.ports.connected()
    }
  }

  /** A return costs little, so the way that works is left for a moment. */
  #trySocket(): void {
    this.ways.trySocket()
    this.#connect()
  }

  #listen(wait: number, again = false): void {
    this.ports.cancel(this.#watch)
    const due = this.ports.now() + wait
    this.#watch = this.ports.after(() => {
      if (!again && this.ports.now() - due > LATE) this.#listen(MOMENT, true)
      else this.#closed(0)
    }, wait)
  }

  #closed(code: number): void {
    const opened = this.#seen
    this.#drop()
    if (this.#stopped) return
    const stop = STOP[code]
    if (stop) {
      this.#stopped = true
      return this.ports.link(stop)
    }
    // Silence on a stream: something on the way may hold back what is small.
    if (!opened || (code === 0 && this.ways.way !== 'socket')) this.ways.failed()
    this.ports.link('lost')
    const longest = Math.min(SOONEST * 2 ** this.#tries++, LATEST)
    const wait =
      code === RESTARTING ? this.ports.random() * LATEST : SOONEST + this.ports.random() * (longest - SOONEST)
    this.#retry = this.ports.after(() => this.#connect(), wait)
  }

  #drop(): void {
    this.ports.cancel(this.#watch)
    this.ports.cancel(this.#retry)
    const wire = this.#wire
    this.#wire = null
    this.#seen = false
    if (!wire) return
    wire.onopen = wire.onmessage = wire.onclose = null
    wire.close()
  }
}
