// A child's own view: three questions, and what was brought to them.

import type { LiveBoard } from './board.svelte'
import type { HouseSeen } from './protocol'
import { words } from './tongue'

export type House = HouseSeen['house']
export const HOUSES: readonly House[] = ['worries', 'good_things', 'wishes']
export const HOUSE_NAMES: Record<House, string> = words({
  worries: 'Worries',
  good_things: 'Good things',
  wishes: 'Wishes',
})
/** The column whose colour it has. */
export const COLOUR: Record<House, string> = { worries: 'worry', good_things: 'strength', wishes: 'next_step' }

/** In the order of children and questions. */
export function housesUnder<T extends HouseSeen = HouseSeen>(board: LiveBoard, prefix: string): T[] {
  const place = (one: T) =>
    board.children.findIndex((child) => child.id === one.child_id) * 9 + HOUSES.indexOf(one.house)
  return board
    .under<T>(prefix)
    .map(([, one]) => one)
    .sort((a, b) => place(a) - place(b) || a.id.localeCompare(b.id))
}
