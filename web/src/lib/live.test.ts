import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Live } from './live.svelte'
import type { Frame } from './protocol'
import type { Wire } from './socket'

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

function open(): Live {
  const live = new Live(PAGE, () => {
    wires.push(new FakeWire())
    return wires.at(-1)!
  })
  live.start()
  return live
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
  vi.advanceTimersByTime(12_000)
  expect(live.link).toBe('lost')
  expect(live.board.phase).toBe('scaling')
  vi.advanceTimersByTime(3000)
  const second = arrives()
  expect(second.sent.map((one) => one.id)).toEqual([first.sent[0]!.id])
  expect(live.back).toBe(1)
  live.stop()
})

it('a page that is loaded again sends what the old one could not, and says what came back with "no"', () => {
  const before = open()
  void before.act('add_item', { column: 'worry', text: 'Robin was outside.' })
  before.stop()
  const live = open()
  const wire = arrives()
  expect(wire.sent).toHaveLength(1)
  wire.says({ type: 'refused', id: wire.sent[0]!.id, reason: 'kind_missing', message: 'Choose what kind it is.' })
  expect(live.note?.text).toBe('Choose what kind it is. Your words were: “Robin was outside.”')
  live.stop()
})
