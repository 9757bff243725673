// Where a card goes when it is pushed one step, and which card stands next to which: read from the columns as they are shown.

import type { Column, SubCategory } from '../lib/protocol'
import { COLUMNS } from '../lib/terms'
import { mirrored } from '../lib/tongue'

export type Direction = 'up' | 'down' | 'left' | 'right'

export interface Place {
  column: Column
  sub_category: SubCategory
  after: string | null
}

/** The groups of a column with the ids that stand in each, in order. */
export type Shelves = (column: Column) => readonly Shelf[]
export type Shelf = readonly [SubCategory, readonly string[]]

/** The card one step from this one: through the groups of its column, or at about the same height in the next column. */
export function neighbour(shelves: Shelves, id: string, direction: Direction): string | null {
  const columns = COLUMNS.map((column) => shelves(column).flatMap(([, ids]) => ids))
  const at = columns.findIndex((ids) => ids.includes(id))
  if (at === -1) return columns.flat()[0] ?? null
  const row = columns[at]!.indexOf(id)
  if (direction === 'up') return columns[at]![row - 1] ?? null
  if (direction === 'down') return columns[at]![row + 1] ?? null
  const step = stepTo(direction)
  for (let next = at + step; next >= 0 && next < columns.length; next += step) {
    const ids = columns[next]!
    if (ids.length) return ids[Math.min(row, ids.length - 1)] ?? null
  }
  return null
}

/** Left is what is seen on the left, also where the first column stands on the right. */
const stepTo = (direction: Direction) => ((direction === 'left') === mirrored() ? 1 : -1)

/** Where the focus goes when this card is taken off: the next one, else the one before, else a column beside. */
export function nextTo(shelves: Shelves, id: string): string | null {
  const directions: Direction[] = ['down', 'up', 'right', 'left']
  return directions.map((direction) => neighbour(shelves, id, direction)).find((one) => one !== null) ?? null
}

/** One step up or down, over the end of a group into the next one; left and right into the first group of that column. */
export function pushed(shelves: Shelves, id: string, direction: Direction): Place | null {
  for (const column of COLUMNS) {
    const groups = shelves(column)
    for (const [index, [group, ids]] of groups.entries()) {
      const row = ids.indexOf(id)
      if (row === -1) continue
      if (direction === 'up') {
        if (row > 0) return { column, sub_category: group, after: ids[row - 2] ?? null }
        const above = groups[index - 1]
        return above ? { column, sub_category: above[0], after: above[1].at(-1) ?? null } : null
      }
      if (direction === 'down') {
        if (row < ids.length - 1) return { column, sub_category: group, after: ids[row + 1] ?? null }
        const below = groups[index + 1]
        return below ? { column, sub_category: below[0], after: null } : null
      }
      const beside = COLUMNS[COLUMNS.indexOf(column) + stepTo(direction)]
      const first = beside && shelves(beside)[0]
      return first ? { column: beside, sub_category: first[0], after: first[1].at(-1) ?? null } : null
    }
  }
  return null
}
