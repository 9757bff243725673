import { beforeEach, describe, expect, it } from 'vitest'
import type { Frame } from './protocol'
import { LATEST, LiveSocket, LOST_AFTER, MOMENT, OPENS_WITHIN, SOONEST, type Link, type Wire } from './socket'
import { Ways } from './ways'

class FakeWire implements Wire {
  readyState = 1
  onopen: ((event: Event) => void) | null = null
  onmessage: ((event: MessageEvent) => void) | null = null
  onclose: ((event: CloseEvent) => void) | null = null
  sent: string[] = []
  closed = false
  constructor(
    readonly way: string,
    readonly query: string,
  ) {}
  send(text: string) {
    this.sent.push(text)
  }
  close() {
    this.closed = true
  }
  says(frame: Frame) {
    this.onmessage?.({ data: JSON.stringify(frame) } as MessageEvent)
  }
  closes(code: number) {
    this.onclose?.({ code } as CloseEvent)
  }
}

const view = (epoch: string, version: number): Frame => ({
  type: 'view',
  epoch,
  version,
  full: true,
  put: {},
  drop: [],
})

let wires: FakeWire[]
let links: Link[]
let connections: number
let timers: { run: () => void; after: number; at: number; cancelled: boolean }[]
let chance: number
let now: number
let socket: LiveSocket

const wire = () => wires.at(-1)!
const soon = (timer: { after: number }) => timer.after <= LATEST
const waiting = () => timers.filter((timer) => !timer.cancelled)
function fire(which: (timer: { after: number }) => boolean, late = 0) {
  const timer = waiting().find(which)!
  timer.cancelled = true
  now += timer.after + late
  timer.run()
}

beforeEach(() => {
  wires = []
  links = []
  timers = []
  connections = 0
  chance = 0.5
  now = 1_000_000
  socket = new LiveSocket(
    {
      open: (way, query) => {
        wires.push(new FakeWire(way, query))
        return wire()
      },
      frame: () => undefined,
      link: (link) => links.push(link),
      connected: () => connections++,
      after: (run, after) => {
        timers.push({ run, after, at: 0, cancelled: false })
        return timers.at(-1)
      },
      cancel: (timer) => {
        if (timer) (timer as { cancelled: boolean }).cancelled = true
      },
      now: () => now,
      random: () => chance,
    },
    new Ways({ now: () => now, read: () => null, keep: () => undefined }),
    'b1',
  )
  socket.start()
})

describe('a screen', () => {
  it('says which build it is, and at first no version', () => {
    expect(wire().query).toBe('build=b1')
  })

  it('is live with the first view, not with the open socket', () => {
    expect(links).toEqual([])
    expect(socket.send('x')).toBe(false)
    wire().says(view('e1', 4))
    expect(links).toEqual(['live'])
    expect(connections).toBe(1)
    expect(socket.send('x')).toBe(true)
  })

  it('comes back with the version that it was last sent', () => {
    wire().says(view('e1', 4))
    wire().says({ type: 'view', own: true, put: {}, drop: [] })
    wire().says({ type: 'view', epoch: 'e1', version: 5, put: {}, drop: [] })
    wire().closes(1006)
    expect(links).toEqual(['live', 'lost'])
    fire(soon)
    expect(wire().query).toBe('build=b1&epoch=e1&version=5')
    wire().says(view('e1', 5))
    expect(connections).toBe(2)
  })

  it('knows that the line is dead when the server has been silent', () => {
    wire().says(view('e1', 4))
    const old = wire()
    fire((timer) => timer.after === LOST_AFTER)
    expect(links.at(-1)).toBe('lost')
    expect(old.closed).toBe(true)
  })

  it('takes every frame as a sign of life', () => {
    wire().says(view('e1', 4))
    const before = waiting().find((timer) => timer.after === LOST_AFTER)
    wire().says({ type: 'still' })
    expect(before!.cancelled).toBe(true)
    expect(waiting().filter((timer) => timer.after === LOST_AFTER)).toHaveLength(1)
  })

  it('is deaf to a connection that it has given up', () => {
    const old = wire()
    old.says(view('e1', 4))
    const late = old.onmessage
    old.closes(1006)
    late?.({ data: JSON.stringify(view('e1', 9)) } as MessageEvent)
    fire(soon)
    expect(wire().query).toContain('version=4')
  })
})

describe('coming back', () => {
  it('waits between 0.2 and 3 seconds, never all at once', () => {
    const waits: number[] = []
    for (let time = 0; time < 8; time++) {
      chance = time % 2
      wire().closes(1006)
      waits.push(waiting().find(soon)!.after)
      fire(soon)
    }
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(SOONEST)
    expect(Math.max(...waits)).toBeLessThanOrEqual(LATEST)
    expect(new Set(waits).size).toBeGreaterThan(2)
  })

  it('is spread over three seconds when everybody was sent away at once', () => {
    const waits = [0, 0.5, 1].map((drawn) => {
      chance = drawn
      wire().says(view('e1', 1))
      wire().closes(1012)
      const { after } = waiting().find(soon)!
      fire(soon)
      return after
    })
    expect(waits).toEqual([0, 1500, 3000])
  })

  it('does not wait when the person looks at the screen again', () => {
    wire().closes(1006)
    socket.wake()
    expect(wires).toHaveLength(2)
    socket.wake()
    expect(wires).toHaveLength(2)
  })

  it.each([
    [4001, 'newer'],
    [4003, 'removed'],
    [4004, 'closed'],
    [4005, 'damaged'],
  ] as const)('stays away after %i', (code, link) => {
    wire().says(view('e1', 1))
    wire().closes(code)
    expect(links.at(-1)).toBe(link)
    expect(waiting()).toEqual([])
    socket.wake()
    expect(wires).toHaveLength(1)
  })

  it.each([1006, 1012, 1013])('comes back after %i', (code) => {
    wire().closes(code)
    expect(links).toEqual(['lost'])
    expect(waiting()).toHaveLength(1)
  })
})

describe('a page that slept', () => {
  beforeEach(() => wire().says(view('e1', 4)))

  it('does not take its own late timer for a dead line: what came meanwhile is read first', () => {
    fire((timer) => timer.after === LOST_AFTER, 600_000)
    expect(links).toEqual(['live'])
    wire().says({ type: 'still' })
    expect(waiting().map((timer) => timer.after)).toEqual([LOST_AFTER])
    expect(wires).toHaveLength(1)
  })

  it('comes back after a moment when nothing came, even if its timers stay late', () => {
    fire((timer) => timer.after === LOST_AFTER, 600_000)
    fire((timer) => timer.after === MOMENT, 60_000)
    expect(links).toEqual(['live', 'lost'])
    fire(soon)
    expect(wire().query).toContain('version=4')
  })

  it('asks after a line that has been silent for long as soon as it wakes, and leaves a fresh one alone', () => {
    socket.wake()
    expect(waiting().map((timer) => timer.after)).toEqual([LOST_AFTER])
    now += 7000
    socket.wake()
    expect(waiting().map((timer) => timer.after)).toEqual([MOMENT])
  })
})

describe('where websockets are blocked', () => {
  it('goes over a stream when a socket is turned away or does not open, and then over short answers', () => {
    wire().closes(1006)
    fire(soon)
    expect(wire().way).toBe('stream')
    fire((timer) => timer.after === OPENS_WITHIN)
    fire(soon)
    expect(wire().way).toBe('short')
    wire().says(view('e1', 4))
    expect(links.at(-1)).toBe('live')
  })

  it('gives a line that has opened as long as any other to say something', () => {
    wire().onopen?.({} as Event)
    expect(waiting().map((timer) => timer.after)).toEqual([LOST_AFTER])
  })

  it('leaves a stream on which something holds back what is small', () => {
    wire().closes(1006)
    fire(soon)
    wire().says(view('e1', 4))
    fire((timer) => timer.after === LOST_AFTER)
    fire(soon)
    expect(wire().way).toBe('short')
  })

  it('tries the socket again later, and is back on the stream at once when that is still blocked', () => {
    wire().closes(1006)
    fire(soon)
    const stream = wire()
    stream.says(view('e1', 4))
    fire((timer) => timer.after > LOST_AFTER)
    expect(stream.closed).toBe(true)
    expect(wire().way).toBe('socket')
    wire().closes(1006)
    fire(soon)
    expect(wire().way).toBe('stream')
  })
})
