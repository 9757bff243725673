import { describe, expect, it } from 'vitest'
import type { Column, SubCategory } from '../lib/protocol'
import { neighbour, nextTo, pushed, type Shelf } from './moves'

const MAP: Partial<Record<SubCategory, string[]>> = {
  past_harm: ['a', 'b'],
  complicating_factor: ['c'],
  existing_strength: ['d'],
}
const GROUPS: Record<Column, SubCategory[]> = {
  worry: ['past_harm', 'future_danger', 'complicating_factor'],
  strength: ['existing_strength', 'existing_safety'],
  next_step: ['next_step', 'if_things_go_wrong'],
}
const shelves = (column: Column) => GROUPS[column].map((group): Shelf => [group, MAP[group] ?? []])

it('a card that is taken off leaves the focus to the next one, and the last one to the column beside', () => {
  expect(nextTo(shelves, 'a')).toBe('b')
  expect(nextTo(shelves, 'c')).toBe('b')
  expect(nextTo(shelves, 'd')).toBe('a')
  expect(nextTo(() => [], 'gone')).toBeNull()
})

describe('from card to card', () => {
  it('goes through the groups of a column', () => {
    expect(neighbour(shelves, 'a', 'down')).toBe('b')
    expect(neighbour(shelves, 'b', 'down')).toBe('c')
    expect(neighbour(shelves, 'c', 'up')).toBe('b')
    expect(neighbour(shelves, 'a', 'up')).toBeNull()
  })

  it('goes to about the same height beside it', () => {
    expect(neighbour(shelves, 'c', 'right')).toBe('d')
    expect(neighbour(shelves, 'd', 'left')).toBe('a')
    expect(neighbour(shelves, 'd', 'right')).toBeNull()
  })
})

describe('one push', () => {
  it('up and down changes places, then groups', () => {
    expect(pushed(shelves, 'b', 'up')).toEqual({ column: 'worry', sub_category: 'past_harm', after: null })
    expect(pushed(shelves, 'a', 'down')).toEqual({ column: 'worry', sub_category: 'past_harm', after: 'b' })
    expect(pushed(shelves, 'b', 'down')).toEqual({ column: 'worry', sub_category: 'future_danger', after: null })
    expect(pushed(shelves, 'c', 'up')).toEqual({ column: 'worry', sub_category: 'future_danger', after: null })
    expect(pushed(shelves, 'a', 'up')).toBeNull()
  })

  it('sideways goes to the end of the first group there', () => {
    expect(pushed(shelves, 'a', 'right')).toEqual({ column: 'strength', sub_category: 'existing_strength', after: 'd' })
    expect(pushed(shelves, 'a', 'left')).toBeNull()
    expect(pushed(shelves, 'd', 'right')).toEqual({ column: 'next_step', sub_category: 'next_step', after: null })
  })
})
