// What the capture line holds, and the command it becomes.

import type { LiveBoard } from '../lib/board.svelte'
import type { Fields } from '../lib/commands'
import type { Basis, Column, StatementKind, SubCategory } from '../lib/protocol'
import { FAMILY_ROLES } from '../lib/terms'

export interface Capture {
  text: string
  /** Nobody chosen: whoever has the floor. */
  saidBy: string | null
  group: SubCategory
  kind: StatementKind | ''
  about: string[] | null
  heard: 'yes' | 'not_yet' | ''
  basis: Basis
  child: string
  agreed: boolean
  happenedOn: string
  who: string[]
  by: string
  goal: string
  how: string
}

export function emptyCapture(column: Column, group: SubCategory): Capture {
  return {
    text: '',
    saidBy: null,
    group,
    kind: usualKind(column),
    about: null,
    heard: '',
    basis: 'said_in_meeting',
    child: '',
    agreed: false,
    happenedOn: '',
    who: [],
    by: '',
    goal: '',
    how: '',
  }
}

function usualKind(column: Column): Capture['kind'] {
  return column === 'next_step' ? '' : 'observation'
}

/** After one point was added, the line stays for the next from the same person. */
export function nextCapture(last: Capture, column: Column): Capture {
  return {
    ...last,
    text: '',
    heard: '',
    happenedOn: '',
    who: [],
    by: '',
    goal: '',
    how: '',
    kind: last.kind || usualKind(column),
  }
}

export function saidBy(capture: Capture, board: LiveBoard): string {
  return capture.saidBy ?? board.floor ?? board.me?.person_id ?? ''
}

/** Whether the family has to have heard it: not asked of the family's and children's own words, of next steps, or where no family comes. */
export function mustAskHeard(capture: Capture, column: Column, board: LiveBoard): boolean {
  if (column === 'next_step' || capture.child || !board.area.family || board.inside) return false
  const source = saidBy(capture, board)
  const person = board.person(source)
  if (!person) return false
  return !FAMILY_ROLES.includes(person.role)
}

/**
 * What the writer chose, or else what follows: a thing said aloud in this room has been heard by the family in it, so a
 * point goes on the board with the text and two keys. What stands in a report or a letter has to be asked about.
 */
export function heardBefore(capture: Capture): Capture['heard'] {
  return capture.heard || (capture.basis === 'said_in_meeting' ? 'yes' : '')
}

export function addCommand(capture: Capture, column: Column, board: LiveBoard): Fields<'add_item'> {
  return {
    column,
    sub_category: capture.group,
    text: capture.text.trim(),
    about_children: capture.about ?? board.children.map((child) => child.id),
    source: { person_id: saidBy(capture, board), basis: capture.child ? 'childs_own_words' : capture.basis },
    family_knows: mustAskHeard(capture, column, board) ? heardBefore(capture) === 'yes' : null,
    ...(capture.kind ? { kind: capture.kind } : {}),
    ...(capture.happenedOn ? { happened_on: capture.happenedOn } : {}),
    ...(capture.child ? { child_speaking: capture.child, child_agreed: capture.agreed } : {}),
    ...(column === 'next_step' ? stepFields(capture) : {}),
  }
}

function stepFields(capture: Capture): Partial<Fields<'add_item'>> {
  return {
    who: capture.who,
    ...(capture.by ? { by: capture.by } : {}),
    ...(capture.goal ? { goal_id: capture.goal } : {}),
    ...(capture.how.trim() ? { how_we_will_know: capture.how.trim() } : {}),
  }
}
