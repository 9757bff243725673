import { describe, expect, it } from 'vitest'
import { LiveBoard } from './board.svelte'
import type { View } from './protocol'

const frame = (put: View, more: object = {}) => ({
  type: 'view' as const,
  epoch: 'e',
  version: 1,
  put,
  drop: [],
  ...more,
})
const own = (put: View, more: object = {}) => ({ type: 'view' as const, own: true as const, put, drop: [], ...more })

function full() {
  const board = new LiveBoard()
  board.receive(
    frame(
      {
        conference: { title: 'For Tansy and Robin', time_zone: 'Europe/London' },
        phase: { phase: 'mapping' },
        'child/c1': { name: 'Tansy', place: 1 },
        'child/c2': { name: 'Robin', place: 2 },
        'person/p1': { name: 'Dana Wrenfield', role: 'parent' },
        'person/p2': { name: 'Dana Kerr', role: 'professional' },
        'person/p3': { name: 'Dr Ewan Kerrow', role: 'professional' },
        'item/a': { id: 'a', text: 'One' },
        'item/b': { id: 'b', text: 'Two' },
        'order/worry/past_harm': ['b', 'a', 'not-here'],
      },
      { full: true },
    ),
  )
  board.receive(own({ me: { person_id: 'p1', may: ['add_item'] }, 'mine/help': {} }, { full: true }))
  return board
}

describe('what is on a screen', () => {
  it('is what the last frames said', () => {
    const board = full()
    expect(board.loaded).toBe(true)
    expect(board.phase).toBe('mapping')
    expect(board.may('add_item')).toBe(true)
    expect(board.may('set_phase')).toBe(false)
  })

  it('changes key by key', () => {
    const board = full()
    board.receive(frame({ 'item/a': { id: 'a', text: 'Changed' } }, { drop: ['item/b'] }))
    expect(board.item('a')?.text).toBe('Changed')
    expect(board.item('b')).toBeUndefined()
    expect(board.phase).toBe('mapping')
  })

  it('keeps one’s own part when the shared part is replaced, and the other way round', () => {
    const board = full()
    board.receive(frame({ conference: { title: 'Blank' } }, { full: true }))
    expect(board.me?.person_id).toBe('p1')
    expect(board.item('a')).toBeUndefined()
    board.receive(own({ me: { person_id: 'p1', may: [] } }, { full: true }))
    expect(board.get('mine/help')).toBeUndefined()
    expect(board.conference?.title).toBe('Blank')
  })

  it('shows a group in its order, without what this person may not see', () => {
    expect(
      full()
        .group('worry', 'past_harm')
        .map((item) => item.id),
    ).toEqual(['b', 'a'])
  })

  it('shows one’s own act before it is saved, and gives it back when it is refused', () => {
    const board = full()
    board.waiting = [{ id: 'x', type: 'set_phase', phase: 'scaling' }]
    expect(board.phase).toBe('scaling')
    board.waiting = []
    expect(board.phase).toBe('mapping')
  })
})

describe('people', () => {
  it('are called by their first names, with a letter where two would be mixed up', () => {
    const board = full()
    expect(board.short('p1')).toBe('Dana W')
    expect(board.short('p2')).toBe('Dana K')
    expect(board.short('p3')).toBe('Ewan')
    expect(board.short('c1')).toBe('Tansy')
  })

  it('keep the name that came with their words when they are not in this view', () => {
    expect(full().short('hidden', 'A neighbour')).toBe('A neighbour')
  })

  it('are named per child only when it is not about both', () => {
    const board = full()
    expect(board.about(['c1'])).toBe('Tansy')
    expect(board.about(['c1', 'c2'])).toBe('both')
    expect(board.about([])).toBe('')
  })
})

describe('an order that everybody shares', () => {
  it('is the one in which the children are spoken of, also within a sentence', () => {
    const board = full()
    board.receive(frame({ 'child/c3': { name: 'Ash', place: 0 } }))
    expect(board.children.map((child) => child.name)).toEqual(['Ash', 'Tansy', 'Robin'])
    expect(board.about(['c2', 'c1'])).toBe('Tansy and Robin')
    expect(board.childNames).toBe('Ash, Tansy and Robin')
  })

  it('is the one in which statements were first written', () => {
    const board = full()
    board.receive(
      frame({
        'danger/z': { id: 'z', first_at: '2026-03-12T10:01:00Z' },
        'danger/a': { id: 'a', first_at: '2026-03-12T10:02:00Z' },
        'goal/b': { id: 'b', danger_id: 'z', first_at: '2026-03-12T10:20:00Z' },
        'goal/c': { id: 'c', danger_id: 'a', first_at: '2026-03-12T10:10:00Z' },
      }),
    )
    expect(board.dangers.map((one) => one.id)).toEqual(['z', 'a'])
    expect(board.goals.map((one) => one.id)).toEqual(['c', 'b'])
  })
})

it('who is not let in sits nowhere, and waits at the chair’s door', () => {
  const board = full()
  board.receive(frame({ 'person/p4': { name: 'Kit Rowe', role: 'professional', admitted: false } }))
  expect(board.people.map((one) => one.id)).not.toContain('p4')
  expect(board.outside.map((one) => one.id)).toEqual(['p4'])
  expect(board.short('p4')).toBe('Kit')
})
