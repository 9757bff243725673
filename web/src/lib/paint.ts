// A person's own acts shown at once, before the server has them: a pure function of what the server sent and of what waits
// in the outbox. When an act is saved or refused it leaves the outbox, and the picture is the server's again.

import { orderKey } from './ids'
import type { Command, ItemSeen, MeSeen, View } from './protocol'

export function paint(view: View, waiting: readonly Command[]): View {
  if (waiting.length === 0) return view
  const painted = { ...view }
  for (const command of waiting) PAINTERS[command.type]?.(painted, command)
  return painted
}

type Painter = (view: View, command: Command) => void

const PAINTERS: Record<string, Painter> = {
  add_item: addItem,
  edit_item: (view, command) => {
    const { id: _id, type: _type, item_id, base_version: _base, why: _why, said_by: _said, ...fields } = command
    for (const place of ['item', 'offered', 'held', 'mine/item']) {
      const key = `${place}/${String(item_id)}`
      const old = view[key] as ItemSeen | undefined
      if (!old) continue
      const group = fields.sub_category as string | undefined
      if (place === 'item' && group && group !== old.sub_category) putInOrder(view, old, old.column, group, undefined)
      view[key] = { ...(view[key] as ItemSeen), ...fields }
    }
  },
  move_item: (view, command) => {
    const item = view[`item/${String(command.item_id)}`] as ItemSeen | undefined
    if (!item) return
    putInOrder(view, item, String(command.column), String(command.sub_category), command.after as string | null)
  },
  place_item: (view, command) => {
    const { id: _id, type: _type, item_id, base_version: _base, ...chosen } = command
    take(view, 'offered', String(item_id), chosen)
  },
  release_item: (view, command) => take(view, 'held', String(command.item_id), { new_today: true }),
  restore_item: (view, command) => take(view, 'removed', String(command.item_id), {}),
  return_item: (view, command) => {
    delete view[`offered/${String(command.item_id)}`]
    delete view[`held/${String(command.item_id)}`]
  },
  remove_item: (view, command) => {
    const id = String(command.item_id)
    const item = view[`item/${id}`] as ItemSeen | undefined
    for (const place of ['item', 'offered', 'held', 'mine/item']) delete view[`${place}/${id}`]
    if (item) {
      takeFromOrder(view, item)
      view[`removed/${id}`] = { ...item, removed_why: command.why ?? '' }
    }
  },
  spotlight: (view, command) => (view['spotlight'] = { key: command.key }),
  give_floor: (view, command) => (view['floor'] = { person_id: command.person_id }),
  set_phase: (view, command) => (view['phase'] = { phase: command.phase }),
  blank: (view, command) => (view['blank'] = { screens: command.screens }),
  raise_hand: (view, command) => ask(view, 'speak', command),
  ask_meaning: (view, command) => ask(view, 'meaning', command),
  ask_for_break: (view, command) => ask(view, 'break', command),
}

/** One's own raised hand. */
function ask(view: View, what: string, command: Command): void {
  const { [what]: _was, ...others } = (view['mine/help'] ?? {}) as Record<string, unknown>
  view['mine/help'] = command.on ? { ...others, [what]: { at: '', key: command.key ?? null } } : others
}

/** An item that its author adds: on the board at once where they may, otherwise among their own until the chair places it. */
function addItem(view: View, command: Command): void {
  const { id, type: _type, source, family_knows, ...fields } = command
  if (view[`item/${id}`] || view[`mine/item/${id}`] || view[`held/${id}`]) return
  const me = view['me'] as MeSeen | undefined
  const from = (source ?? { person_id: me?.person_id, basis: 'said_in_meeting' }) as { person_id: string; basis: string }
  const person = view[`person/${from.person_id}`] as { name: string; agency: string } | undefined
  const item = {
    about_children: [],
    happened_on: null,
    sub_category: null,
    kind: null,
    ...fields,
    id,
    source: { ...from, name: person?.name ?? me?.name ?? '', agency: person?.agency ?? '', report_id: null },
    child_speaking: fields.child_speaking ?? null,
    responses: [],
    new_today: false,
    version: '',
    earlier: [],
  } as unknown as ItemSeen
  const entry = (view['conference'] as { entry?: string } | undefined)?.entry
  const direct = me?.role === 'chair' || me?.role === 'scribe' || me?.has_floor || entry === 'direct'
  if (direct && family_knows !== false && item.sub_category) {
    view[`item/${id}`] = item
    putInOrder(view, item, item.column, item.sub_category, undefined)
  } else if (direct && (me?.role === 'chair' || me?.role === 'scribe')) {
    view[`held/${id}`] = { ...item, open: [] }
  } else {
    view[`mine/item/${id}`] = { ...item, standing: family_knows === false ? 'held' : 'offered', returned_why: null }
  }
}

function take(view: View, from: string, id: string, fields: Record<string, unknown>): void {
  const waiting = view[`${from}/${id}`] as ItemSeen | undefined
  if (!waiting) return
  delete view[`${from}/${id}`]
  const item = { ...waiting, ...fields }
  view[`item/${id}`] = item
  if (item.sub_category) putInOrder(view, item, item.column, item.sub_category, undefined)
}

/** `after`: directly behind that item; null is first; undefined, or an item that has left the group, is at the end. */
function putInOrder(view: View, item: ItemSeen, column: string, group: string, after: string | null | undefined): void {
  takeFromOrder(view, item)
  const key = orderKey(column, group)
  const others = ((view[key] as string[] | undefined) ?? []).filter((id) => id !== item.id)
  const behind = typeof after === 'string' ? others.indexOf(after) : -1
  const at = after === null ? 0 : behind === -1 ? others.length : behind + 1
  view[key] = [...others.slice(0, at), item.id, ...others.slice(at)]
  view[`item/${item.id}`] = { ...(view[`item/${item.id}`] as ItemSeen), column, sub_category: group }
}

function takeFromOrder(view: View, item: ItemSeen): void {
  const key = orderKey(item.column, item.sub_category ?? '')
  const order = view[key] as string[] | undefined
  if (order?.includes(item.id)) view[key] = order.filter((id) => id !== item.id)
}
