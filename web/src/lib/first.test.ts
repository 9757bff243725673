import { beforeEach, expect, it, vi } from 'vitest'
import { keepDraftsWith } from './drafts'
import { firstFrames } from './first'
import { Live } from './live.svelte'
import type { Wire } from './socket'

const VIEW = { type: 'view', epoch: 'e1', version: 7, full: true, put: { conference: { title: 'T' } }, drop: [] }
const OWN = {
  type: 'view',
  own: true,
  full: true,
  put: { me: { person_id: 'p', role: 'chair', may: ['set_phase'] } },
  drop: [],
}

function page(text: string): void {
  document.body.innerHTML = '<script type="application/json" id="first-frames"></script><main id="board"></main>'
  document.getElementById('first-frames')!.textContent = text
}

beforeEach(() => keepDraftsWith({}, () => {}))

it('the page brings the board with it, and keeps no copy of it', () => {
  page(JSON.stringify([VIEW, OWN]))
  expect(firstFrames()).toEqual([VIEW, OWN])
  expect(document.getElementById('first-frames')).toBeNull()
  expect(firstFrames()).toBeNull()
})

it.each(['', 'null', '[]', '{"a":', JSON.stringify([OWN, VIEW]), JSON.stringify([{ ...VIEW, full: undefined }, OWN])])(
  'a page that brings nothing of use waits for its socket: %s',
  (text) => {
    page(text)
    expect(firstFrames()).toBeNull()
  },
)

it('the board is there before the socket is open, which is asked only for what changed since', () => {
  const asked: string[] = []
  const wire: Wire = {
    readyState: 0,
    onopen: null,
    onmessage: null,
    onclose: null,
    send: vi.fn(),
    close: () => undefined,
  }
  const live = new Live({ surface: 'chair', conference: 'c', person: 'p', build: 'b' }, (_way, query) => {
    asked.push(query)
    return wire
  })
  page(JSON.stringify([VIEW, OWN]))
  live.begin(firstFrames())
  expect(live.board.conference?.title).toBe('T')
  expect(live.board.may('set_phase')).toBe(true)
  expect(live.link).toBe('connecting')
  live.start()
  expect(asked[0]).toContain('epoch=e1&version=7')

  void live.act('set_phase', { phase: 'scaling' })
  expect(live.board.phase).toBe('scaling')
  expect(wire.send).not.toHaveBeenCalled()

  wire.readyState = 1
  const difference = { type: 'view', epoch: 'e1', version: 8, put: { 'item/a': { id: 'a' } }, drop: [] }
  wire.onmessage?.({ data: JSON.stringify(difference) } as MessageEvent)
  expect(live.link).toBe('live')
  expect(live.board.conference?.title).toBe('T')
  expect(live.board.item('a')).toBeDefined()
  expect(wire.send).toHaveBeenCalledOnce()
  live.stop()
})
