import { describe, expect, it } from 'vitest'
import { paint } from './paint'
import type { Command, ItemSeen, View } from './protocol'

const item = (id: string, more: Partial<ItemSeen> = {}): ItemSeen => ({
  id,
  text: `Words of ${id}`,
  column: 'worry',
  sub_category: 'past_harm',
  kind: 'fact',
  about_children: ['c1'],
  source: { person_id: 'p1', name: 'Dana', agency: '', basis: 'said_in_meeting', report_id: null },
  happened_on: null,
  child_speaking: null,
  responses: [],
  new_today: false,
  version: 'v1',
  earlier: [],
  ...more,
})

const board: View = {
  me: { person_id: 'chair', role: 'chair', may: [] },
  conference: { entry: 'offered' },
  'person/p1': { name: 'Dana', agency: '' },
  'item/a': item('a'),
  'item/b': item('b'),
  'item/c': item('c', { column: 'strength', sub_category: 'existing_strength' }),
  'order/worry/past_harm': ['a', 'b'],
  'order/strength/existing_strength': ['c'],
  'offered/o': item('o', { open: ['kind'], kind: null }),
  'held/h': item('h'),
}

const act = (type: string, fields: object): Command => ({ id: 'new', type, ...fields }) as unknown as Command
const after = (type: string, fields: object, view: View = board) => paint(view, [act(type, fields)])
const order = (view: View, key: string) => view[`order/${key}`]

const added = {
  column: 'worry',
  sub_category: 'past_harm',
  kind: 'fact',
  text: 'New words',
  about_children: [],
  source: { person_id: 'p1', basis: 'said_in_meeting' },
  family_knows: null,
}

describe('what the chair does is on her screen at once', () => {
  it('writes a card at the end of its group', () => {
    const view = after('add_item', added)
    expect(order(view, 'worry/past_harm')).toEqual(['a', 'b', 'new'])
    expect(view['item/new']).toMatchObject({ text: 'New words', source: { name: 'Dana' } })
  })

  it('never shows a point that is new to the family as if it were on the board', () => {
    const view = after('add_item', { ...added, family_knows: false })
    expect(view['item/new']).toBeUndefined()
    expect(view['held/new']).toBeDefined()
    expect(order(view, 'worry/past_harm')).toEqual(['a', 'b'])
  })

  it('moves a card to the front, behind another, to another column', () => {
    const move = (fields: object) => after('move_item', { item_id: 'b', ...fields })
    expect(order(move({ column: 'worry', sub_category: 'past_harm', after: null }), 'worry/past_harm')).toEqual([
      'b',
      'a',
    ])
    const over = move({ column: 'strength', sub_category: 'existing_strength', after: 'c' })
    expect(order(over, 'worry/past_harm')).toEqual(['a'])
    expect(order(over, 'strength/existing_strength')).toEqual(['c', 'b'])
    expect(over['item/b']).toMatchObject({ column: 'strength', sub_category: 'existing_strength' })
  })

  it('puts a card at the end when the one it was to follow has gone', () => {
    const view = after('move_item', { item_id: 'c', column: 'worry', sub_category: 'past_harm', after: 'gone' })
    expect(order(view, 'worry/past_harm')).toEqual(['a', 'b', 'c'])
  })

  it('changes words and leaves the rest', () => {
    const view = after('edit_item', { item_id: 'a', base_version: 'v1', text: 'Other words', why: 'a slip' })
    expect(view['item/a']).toMatchObject({ text: 'Other words', kind: 'fact' })
    expect(view['item/a']).not.toHaveProperty('why')
  })

  it('takes an offered point onto the board with what was left open', () => {
    const view = after('place_item', { item_id: 'o', base_version: 'v1', kind: 'opinion' })
    expect(view['offered/o']).toBeUndefined()
    expect(view['item/o']).toMatchObject({ kind: 'opinion' })
    expect(order(view, 'worry/past_harm')).toEqual(['a', 'b', 'o'])
  })

  it('releases a held point, marked as new today', () => {
    const view = after('release_item', { item_id: 'h', base_version: 'v1' })
    expect(view['item/h']).toMatchObject({ new_today: true })
  })

  it('takes a card off and can put it back', () => {
    const off = after('remove_item', { item_id: 'a', why: 'A mistake' })
    expect(off['item/a']).toBeUndefined()
    expect(order(off, 'worry/past_harm')).toEqual(['b'])
    expect(off['removed/a']).toMatchObject({ removed_why: 'A mistake' })
    const back = after('restore_item', { item_id: 'a', why: '' }, off)
    expect(order(back, 'worry/past_harm')).toEqual(['b', 'a'])
  })

  it('lights, gives the floor, moves the room', () => {
    expect(after('spotlight', { key: 'item/a' })['spotlight']).toEqual({ key: 'item/a' })
    expect(after('give_floor', { person_id: 'p1' })['floor']).toEqual({ person_id: 'p1' })
    expect(after('set_phase', { phase: 'scaling' })['phase']).toEqual({ phase: 'scaling' })
  })
})

describe('what others bring', () => {
  const teacher = { ...board, me: { person_id: 'p1', role: 'professional', has_floor: false, may: [] } }

  it('is among their own points until the chair places it', () => {
    const view = after('add_item', added, teacher)
    expect(view['item/new']).toBeUndefined()
    expect(view['mine/item/new']).toMatchObject({ standing: 'offered' })
  })

  it('is on the board at once with the floor', () => {
    const view = after('add_item', added, {
      ...teacher,
      me: { person_id: 'p1', role: 'professional', has_floor: true },
    })
    expect(view['item/new']).toBeDefined()
  })

  it('is held when the family has not heard it, even with the floor', () => {
    const me = { person_id: 'p1', role: 'professional', has_floor: true }
    const view = after('add_item', { ...added, family_knows: false }, { ...teacher, me })
    expect(view['mine/item/new']).toMatchObject({ standing: 'held' })
    expect(view['item/new']).toBeUndefined()
  })
})

it('leaves what the server sent as it is', () => {
  const before = JSON.stringify(board)
  after('move_item', { item_id: 'a', column: 'strength', sub_category: 'existing_strength', after: null })
  after('add_item', added)
  expect(JSON.stringify(board)).toBe(before)
  expect(paint(board, [])).toBe(board)
})

it('does not paint over a card that the server already shows', () => {
  const shown = { ...board, 'item/new': item('new', { text: 'As the server has it' }) }
  expect(after('add_item', added, shown)['item/new']).toMatchObject({ text: 'As the server has it' })
})

it('has what was said of the last plan at once, so that the next word about it is written over that', () => {
  const plan = { 'earlier_step/s1': { text: 'See the dentist.', progress: 'done', note: 'In October.', said_by: null } }
  const view = after('mark_progress', { of: 's1', progress: 'partly', note: 'One tooth is left.', said_by: 'p1' }, plan)
  expect(view['earlier_step/s1']).toMatchObject({ progress: 'partly', note: 'One tooth is left.', said_by: 'p1' })
  expect(Object.keys(view)).toEqual(['earlier_step/s1'])
})
