import { beforeEach, expect, it } from 'vitest'
import type { ViewFrame } from './protocol'
import { SeenLive } from './seen.svelte'

const frame = (version: number, title: string): ViewFrame => ({
  type: 'view',
  epoch: 'e',
  version,
  full: true,
  put: {
    conference: { title },
    floor: { person_id: 'mum' },
    'person/mum': { name: 'Dana Whitlow', role: 'parent', admitted: true },
  },
  drop: [],
})

beforeEach(() => sessionStorage.clear())

it('another’s board is drawn from one frame, as theirs, and follows the next one', () => {
  const live = new SeenLive('mum')
  live.show(frame(1, 'T'), { speak: { at: '2026-03-12T10:00:00Z' } as never })
  expect(live.link).toBe('live')
  expect(live.board.me).toMatchObject({ person_id: 'mum', name: 'Dana Whitlow', has_floor: true })
  expect(live.board.get('mine/help')).toHaveProperty('speak')
  live.show(frame(2, 'U'))
  expect(live.board.conference?.title).toBe('U')
  expect(live.board.get('mine/help')).toEqual({})
})

it('nothing done there goes anywhere or is kept, and there is no line to open', () => {
  const live = new SeenLive('mum')
  live.show(frame(1, 'T'))
  live.start()
  void live.act('raise_hand', { on: true })
  expect(live.board.waiting).toEqual([])
  expect(sessionStorage).toHaveLength(0)
  expect(live.may('answer_scale')).toBe(false)
})
