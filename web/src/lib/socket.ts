// One live connection that comes back by itself. Whether it lives is judged by what the server sends, because a socket can
// stay "open" for minutes after the cable was pulled.

import type { Frame } from './protocol'

export type Link = 'connecting' | 'live' | 'lost' | 'newer' | 'removed' | 'closed'

export interface Wire {
  readyState: number
  onopen: ((event: Event) => void) | null
  onmessage: ((event: MessageEvent) => void) | null
  onclose: ((event: CloseEvent) => void) | null
  send(text: string): void
  close(): void
}

export interface SocketPorts {
  address: (query: string) => string
  open: (address: string) => Wire
  frame: (frame: Frame) => void
  link: (link: Link) => void
  /** A first view came over a new connection. */
  connected: () => void
  after: (run: () => void, milliseconds: number) => unknown
  cancel: (timer: unknown) => void
  random: () => number
}

export const LOST_AFTER = 12_000
export const SOONEST = 200
export const LATEST = 3000

const STOP: Record<number, Link> = { 4001: 'newer', 4003: 'removed', 4004: 'closed' }

export class LiveSocket {
  #wire: Wire | null = null
  #epoch: string | null = null
  #version: number | null = null
  #watch: unknown = null
  #retry: unknown = null
  #tries = 0
  #stopped = false
  #seen = false

  constructor(
    private readonly ports: SocketPorts,
    private readonly build: string,
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

  stop(): void {
    this.#stopped = true
    this.ports.cancel(this.#retry)
    this.#drop()
  }

  /** The network or the screen came back: do not wait for the timer. */
  wake(): void {
    if (this.#stopped || this.#wire) return
    this.ports.cancel(this.#retry)
    this.#connect()
  }

  send(text: string): boolean {
    if (!this.#wire || !this.#seen || this.#wire.readyState !== 1) return false
    this.#wire.send(text)
    return true
  }

  #connect(): void {
    const query = new URLSearchParams({ build: this.build })
    if (this.#epoch !== null && this.#version !== null) {
      query.set('epoch', this.#epoch)
      query.set('version', String(this.#version))
    }
    const wire = this.ports.open(this.ports.address(query.toString()))
    this.#wire = wire
    this.#seen = false
    wire.onmessage = (event) => {
      if (wire === this.#wire) this.#receive(JSON.parse(String(event.data)) as Frame)
    }
    wire.onclose = (event) => {
      if (wire === this.#wire) this.#closed(event.code)
    }
    this.#listen()
  }

  #receive(frame: Frame): void {
    this.#listen()
    if (frame.type === 'view' && !('own' in frame)) {
      this.#epoch = frame.epoch
      this.#version = frame.version
    }
    this.ports.frame(frame)
    if (!this.#seen && frame.type === 'view') {
      this.#seen = true
      this.#tries = 0
      this.ports.link('live')
      this.ports.connected()
    }
  }

  #listen(): void {
    this.ports.cancel(this.#watch)
    this.#watch = this.ports.after(() => this.#closed(0), LOST_AFTER)
  }

  #closed(code: number): void {
    this.#drop()
    if (this.#stopped) return
    const stop = STOP[code]
    if (stop) {
      this.#stopped = true
      return this.ports.link(stop)
    }
    this.ports.link('lost')
    const longest = Math.min(SOONEST * 2 ** this.#tries++, LATEST)
    this.#retry = this.ports.after(() => this.#connect(), SOONEST + this.ports.random() * (longest - SOONEST))
  }

  #drop(): void {
    this.ports.cancel(this.#watch)
    const wire = this.#wire
    this.#wire = null
    this.#seen = false
    if (!wire) return
    wire.onmessage = null
    wire.onclose = null
    wire.close()
  }
}
