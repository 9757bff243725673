// Which way the frames go: over a websocket, or where those are let through by nobody over answers and requests, long or
// short. What did not open gives way to the next; a socket that has worked is trusted longer, and soon tried again, since a
// server that restarts looks the same for as long as it is away.

export type Way = 'socket' | 'stream' | 'short'

const TRUST = 3
const SOON = 2_000
const LONGER = 4 // times, whenever it was still blocked
const LATER = 600_000

export interface WayPorts {
  now: () => number
  read: () => string | null
  keep: (text: string) => void
}

export class Ways {
  way: Way = 'socket'
  #other: Way = 'stream'
  #trust = 1
  #wait = LATER

  constructor(private readonly ports: WayPorts) {
    const [way, until] = (ports.read() ?? '').split(' ')
    if (!(Number(until) > ports.now())) return
    this.#other = way === 'short' ? 'short' : 'stream'
    this.#trust = 0
  }

  next(): Way {
    return (this.way = this.#trust > 0 ? 'socket' : this.#other)
  }

  /** It did not open, or what came over it was held back. */
  failed(): void {
    if (this.way === 'socket') {
      this.#trust--
      return
    }
    if (this.#other === 'short' || this.#wait < LATER) this.#trust = 1
    this.#other = this.#other === 'short' ? 'stream' : 'short'
  }

  /** A view came. Where a socket is still better: how long until it is tried again. */
  works(): number | null {
    if (this.way === 'socket') {
      this.#wait = SOON
      this.#trust = TRUST
      return null
    }
    const wait = this.#wait
    this.#wait = Math.min(wait * LONGER, LATER)
    if (wait === LATER) this.ports.keep(`${this.way} ${this.ports.now() + wait}`)
    return wait
  }

  trySocket(): void {
    this.#trust = 1
  }
}
