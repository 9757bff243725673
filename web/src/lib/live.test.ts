import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { dropDraft, keepDraft, readDraft } from './drafts'
import { Live } from './live.svelte'
import type { Frame } from './protocol'
import type { Wire } from './socket'
import type { Left, Vault } from './vault'

class FakeWire implements Wire {
  readyState = 1
  onopen: ((event: Event) => void) | null = null
  onmessage: ((event: MessageEvent) => void) | null = null
  onclose: ((event: CloseEvent) => void) | null = null
  sent: { id: string; type: string }[] = []
  send(text: string) {
    this.sent.push(JSON.parse(text) as { id: string; type: string })
  }
  close() {}
  says(frame: Frame) {
    this.onmessage?.({ data: JSON.stringify(frame) } as MessageEvent)
  }
}

const PAGE = { surface: 'chair', conference: 'c', person: 'p', build: 'b' }
let wires: FakeWire[]

function open(page = PAGE): Live {
  const live = new Live(page, () => {
    wires.push(new FakeWire())
    return wires.at(-1)!
  })
  live.start()
  return live
}

/** A laptop, as far as anything is kept on it. */
class Device {
  left: Left | null = null
  wiped = false
  async takeUp(take: (left: Left) => void) {
    if (this.left) take(JSON.parse(JSON.stringify(this.left)) as Left)
  }
  keep(make: () => Left) {
    this.left = make()
  }
  async flushed() {}
  async wipe() {
    this.wiped = true
  }
  as = this as unknown as Vault
}

function arrives() {
  const wire = wires.at(-1)!
  wire.says({
    type: 'view',
    epoch: 'e',
    version: 1,
    full: true,
    put: { conference: { title: 'T' }, phase: { phase: 'mapping' } },
    drop: [],
  })
  wire.says({
    type: 'view',
    own: true,
    full: true,
    put: { me: { person_id: 'p', role: 'chair', may: ['set_phase'] } },
    drop: [],
  })
  return wire
}

beforeEach(() => {
  vi.useFakeTimers()
  sessionStorage.clear()
  wires = []
})
afterEach(() => vi.useRealTimers())

it('an act is on one’s own screen before anybody answered, and stays when it is saved', async () => {
  const live = open()
  const wire = arrives()
  const acted = live.act('set_phase', { phase: 'scaling' })
  expect(live.board.phase).toBe('scaling')
  wire.says({ type: 'view', epoch: 'e', version: 2, put: { phase: { phase: 'scaling' } }, drop: [] })
  wire.says({ type: 'saved', id: wire.sent[0]!.id })
  expect((await acted).saved).toBe(true)
  expect(live.board.phase).toBe('scaling')
  live.stop()
})

it('an act that the rules refuse is given back, with the sentence at the bottom', async () => {
  const live = open()
  const wire = arrives()
  const acted = live.act('set_phase', { phase: 'scaling' })
  wire.says({ type: 'refused', id: wire.sent[0]!.id, reason: 'closed', message: 'The meeting is over.' })
  await acted
  expect(live.board.phase).toBe('mapping')
  expect(live.note).toEqual({ text: 'The meeting is over.', tone: 'refused' })
  live.stop()
})

it('the board stays while the line is down, what is done meanwhile goes with its old id, and the screen says so', () => {
  const live = open()
  const first = arrives()
  void live.act('set_phase', { phase: 'scaling' })
  vi.advanceTimersByTime(9000)
  expect(live.link).toBe('live')
  vi.advanceTimersByTime(1000)
  expect(live.link).toBe('lost')
  expect(live.board.phase).toBe('scaling')
  vi.advanceTimersByTime(3000)
  const second = arrives()
  expect(second.sent.map((one) => one.id)).toEqual([first.sent[0]!.id])
  expect(live.back).toBe(1)
  live.stop()
})

it('a line that is back within five seconds is not worth a word', () => {
  const live = open()
  arrives().onclose?.({ code: 1012 } as CloseEvent)
  vi.advanceTimersByTime(4000)
  expect(live.link).toBe('live')
  arrives()
  vi.advanceTimersByTime(4000)
  expect([live.link, live.back, live.spoken]).toEqual(['live', null, ''])
  live.stop()
})

it('a page that is loaded again sends what the old one could not, and gives back what came with "no"', async () => {
  const device = new Device()
  const before = open()
  await before.restore(device.as)
  void before.act('add_item', { column: 'worry', text: 'Robin was outside.' })
  void before.act('remove_item', { item_id: 'i', why: 'Said twice.' })
  keepDraft('capture', 'Half a')
  before.stop()
  const live = open()
  await live.restore(device.as)
  expect(readDraft('capture', '')).toBe('Half a')
  const wire = arrives()
  expect(wire.sent).toHaveLength(2)
  for (const { id } of wire.sent) wire.says({ type: 'refused', id, reason: 'closed', message: 'The meeting is over.' })
  expect(live.returned.map((one) => one.words)).toEqual(['Robin was outside.', 'Said twice.'])
  const third = open()
  await third.restore(device.as)
  expect(third.returned).toHaveLength(2)
  for (const { id } of third.returned) third.putAway(id)
  expect(device.left).toEqual({ outbox: [], drafts: { capture: '"Half a"' } })
  live.stop()
  third.stop()
})

it('what was not sent stays on the device while a damaged conference waits to be mended', async () => {
  const device = new Device()
  const live = open()
  await live.restore(device.as)
  const wire = arrives()
  void live.send('add_item', { text: 'Said, not saved.' })
  wire.onclose?.({ code: 4005 } as CloseEvent)
  expect([live.link, live.gone]).toEqual(['damaged', true])
  expect(device.wiped).toBe(false)
  expect(device.left?.outbox).toHaveLength(1)
})

it('whoever is no longer in the meeting leaves nothing on the device', async () => {
  const device = new Device()
  const live = open()
  await live.restore(device.as)
  arrives().onclose?.({ code: 4003 } as CloseEvent)
  expect(live.link).toBe('removed')
  expect(device.wiped).toBe(true)
})

describe('a newer server', () => {
  const reload = vi.fn()
  beforeEach(() => {
    reload.mockClear()
    vi.stubGlobal('location', { ...location, reload })
    vi.setSystemTime(Date.now() + 60_000)
  })
  afterEach(() => vi.unstubAllGlobals())

  it('is met at once by a tablet on which nothing is being written, and never in a tight circle', async () => {
    const live = open({ ...PAGE, surface: 'family' })
    await live.restore(null)
    wires.at(-1)!.onclose?.({ code: 4001 } as CloseEvent)
    await vi.advanceTimersByTimeAsync(1)
    expect(reload).toHaveBeenCalledTimes(1)
    expect(Number(sessionStorage.getItem('kinboard:reloaded'))).toBeGreaterThan(0)
  })

  it('waits for words that would be lost with the page, and serves it meanwhile', async () => {
    const live = new Live({ ...PAGE, surface: 'family' }, (_way, query) => {
      queries.push(query)
      wires.push(new FakeWire())
      return wires.at(-1)!
    })
    const queries: string[] = []
    live.start()
    await live.restore(null)
    keepDraft('point/text', 'Half a')
    wires.at(-1)!.onclose?.({ code: 4001 } as CloseEvent)
    expect(queries).toEqual(['build=b', ''])
    arrives()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(reload).not.toHaveBeenCalled()
    dropDraft('point/text')
    await vi.advanceTimersByTimeAsync(20_000)
    expect(reload).toHaveBeenCalledTimes(1)
    live.stop()
  })
})
