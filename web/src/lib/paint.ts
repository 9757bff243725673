// A person's own acts shown at once, before the server has them: a pure function of what the server sent and of what waits
// in the outbox. When an act is saved or refused it leaves the outbox, and the picture is the server's again.

import type { CommandOf, CommandType } from './commands'
import { orderKey } from './ids'
import type { Column, Command, DangerSeen, GoalSeen, ItemSeen, MeSeen, PersonSeen, SubCategory, View } from './protocol'

export function paint(view: View, waiting: readonly Command[]): View {
  if (waiting.length === 0) return view
  const painted = { ...view }
  for (const command of waiting) {
    const painter = PAINTERS[command.type] as ((view: View, command: Command) => void) | undefined
    painter?.(painted, command)
  }
  return painted
}

const PAINTERS: { [T in CommandType]?: (view: View, command: CommandOf<T>) => void } = {
  add_item: addItem,
  edit_item: editItem,
  move_item: (view, command) => {
    const item = itemAt(view, `item/${command.item_id}`)
    if (item) putInOrder(view, item, command.column, command.sub_category, command.after)
  },
  place_item: (view, { id: _id, type: _type, item_id, base_version: _base, ...chosen }) =>
    take(view, 'offered', item_id, chosen),
  release_item: (view, command) => take(view, 'held', command.item_id, { new_today: true }),
  restore_item: (view, command) => take(view, 'removed', command.item_id, {}),
  return_item: (view, command) => {
    delete view[`offered/${command.item_id}`]
    delete view[`held/${command.item_id}`]
  },
  remove_item: (view, command) => {
    const item = itemAt(view, `item/${command.item_id}`)
    for (const place of PLACES) delete view[`${place}/${command.item_id}`]
    if (!item) return
    takeFromOrder(view, item)
    view[`removed/${command.item_id}`] = { ...item, removed_why: command.why }
  },
  write_danger_statement: (view, { id, danger_id, children, text }) => {
    const key = `danger/${danger_id ?? id}`
    const begun = { id, goal_ids: [], brought_by: '', first_at: LAST, earlier: [] }
    view[key] = { ...begun, ...(view[key] as Partial<DangerSeen>), children, text, version: id } satisfies DangerSeen
  },
  write_safety_goal: (view, { id, goal_id, danger_id, text, for_how_long = null }) => {
    const key = `goal/${goal_id ?? id}`
    const begun = { id, children: [], brought_by: '', first_at: LAST, earlier: [] }
    view[key] = {
      ...begun,
      ...(view[key] as Partial<GoalSeen>),
      danger_id,
      text,
      for_how_long,
      version: id,
    } satisfies GoalSeen
  },
  mark_progress: (view, { of, progress, note, said_by = null }) => {
    for (const key of [`earlier_goal/${of}`, `earlier_step/${of}`])
      if (view[key]) view[key] = { ...view[key], progress, note, said_by }
  },
  spotlight: (view, command) => void (view['spotlight'] = { key: command.key }),
  give_floor: (view, command) => void (view['floor'] = { person_id: command.person_id }),
  set_phase: (view, command) => void (view['phase'] = { phase: command.phase }),
  blank: (view, command) => void (view['blank'] = { screens: command.screens }),
}

const LAST = '9' // behind every instant

const PLACES = ['item', 'offered', 'held', 'mine/item'] as const

function itemAt(view: View, key: string): ItemSeen | undefined {
  return view[key] as ItemSeen | undefined
}

function editItem(view: View, command: CommandOf<'edit_item'>): void {
  const { id, type: _type, item_id, base_version: _base, why: _why, said_by: _said, ...fields } = command
  for (const place of PLACES) {
    const key = `${place}/${item_id}`
    const old = itemAt(view, key)
    if (!old) continue
    const group = fields.sub_category
    if (place === 'item' && group && group !== old.sub_category) putInOrder(view, old, old.column, group, undefined)
    // The next change builds on this one, which the server will know by its id.
    view[key] = { ...itemAt(view, key), ...fields, version: id }
  }
}

/** An item that its author adds: on the board at once where they may, otherwise among their own until the chair places it. */
function addItem(view: View, command: CommandOf<'add_item'>): void {
  const { id, type: _type, source, family_knows, ...fields } = command
  if (view[`item/${id}`] || view[`mine/item/${id}`] || view[`held/${id}`]) return
  const me = view['me'] as MeSeen | undefined
  const from = source ?? { person_id: me?.person_id ?? '', basis: 'said_in_meeting' as const }
  const person = view[`person/${from.person_id}`] as PersonSeen | undefined
  const item: ItemSeen = {
    id,
    column: fields.column,
    text: fields.text,
    sub_category: fields.sub_category ?? (fields.column === 'next_step' ? 'next_step' : null),
    kind: fields.kind ?? null,
    about_children: fields.about_children ?? [],
    happened_on: fields.happened_on ?? null,
    source: { ...from, name: person?.name ?? me?.name ?? '', agency: person?.agency ?? '', report_id: null },
    child_speaking: fields.child_speaking ?? null,
    who: fields.who ?? [],
    by: fields.by ?? null,
    goal_id: fields.goal_id ?? null,
    how_we_will_know: fields.how_we_will_know ?? null,
    responses: [],
    new_today: false,
    version: id,
    earlier: [],
  }
  const entry = (view['conference'] as { entry?: string } | undefined)?.entry
  const direct = me?.role === 'chair' || me?.role === 'scribe' || me?.has_floor || entry === 'direct'
  if (direct && family_knows !== false && item.sub_category) {
    view[`item/${id}`] = item
    putInOrder(view, item, item.column, item.sub_category, undefined)
  } else if (direct && (me?.role === 'chair' || me?.role === 'scribe')) {
    view[`held/${id}`] = { ...item, open: [] }
  } else {
    view[`mine/item/${id}`] = { ...item, standing: family_knows === false ? 'held' : 'offered', returned_why: '' }
  }
}

function take(view: View, from: string, id: string, fields: object): void {
  const waiting = itemAt(view, `${from}/${id}`)
  if (!waiting) return
  delete view[`${from}/${id}`]
  const item = { ...waiting, ...fields }
  view[`item/${id}`] = item
  if (item.sub_category) putInOrder(view, item, item.column, item.sub_category, undefined)
}

/** `after`: directly behind that item; null is first; undefined, or an item that has left the group, is at the end. */
function putInOrder(
  view: View,
  item: ItemSeen,
  column: Column,
  group: SubCategory,
  after: string | null | undefined,
): void {
  takeFromOrder(view, item)
  const key = orderKey(column, group)
  const others = ((view[key] as string[] | undefined) ?? []).filter((id) => id !== item.id)
  const behind = typeof after === 'string' ? others.indexOf(after) : -1
  const at = after === null ? 0 : behind === -1 ? others.length : behind + 1
  view[key] = [...others.slice(0, at), item.id, ...others.slice(at)]
  view[`item/${item.id}`] = { ...itemAt(view, `item/${item.id}`), column, sub_category: group }
}

function takeFromOrder(view: View, item: ItemSeen): void {
  const key = orderKey(item.column, item.sub_category ?? '')
  const order = view[key] as string[] | undefined
  if (order?.includes(item.id)) view[key] = order.filter((id) => id !== item.id)
}
