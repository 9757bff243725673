// The one line under somebody's words: who said it, what kind of statement it is, and which child it is about.

import type { LiveBoard } from './board.svelte'
import { day } from './dates'
import { listed, roleWord } from './names'
import type { ItemSeen } from './protocol'
import { FAMILY_ROLES, SERVICE_ROLES } from './terms'
import { t } from './tongue'
import type { Voice } from './words'

export interface SourceLine {
  who: string
  rest: string[]
}

export function sourceLine(board: LiveBoard, item: ItemSeen, voice: Voice = board.voice, brief = false): SourceLine {
  if (item.column === 'next_step') return stepLine(board, item, voice)
  const rest = [item.kind ? voice.kind[item.kind] : '', board.about(item.about_children)]
  return { who: (brief && forWork(board, item)) || saidBy(board, item), rest: rest.filter(Boolean) }
}

/** On the wall, where room is short: "Health visitor", as long as only one person here is that. */
function forWork(board: LiveBoard, item: ItemSeen): string {
  const person = board.person(item.source.person_id)
  if (!person || item.child_speaking || !SERVICE_ROLES.includes(person.role)) return ''
  const role = roleWord(person)
  return board.people.filter((one) => roleWord(one) === role).length === 1 ? role : ''
}

/** "Dana, Mum"; "Rowan, police officer"; "Tansy, shared by Bea". */
export function saidBy(board: LiveBoard, item: ItemSeen): string {
  const by = board.short(item.source.person_id, item.source.name)
  if (item.child_speaking === item.source.person_id) return by
  if (item.child_speaking) return t('{name}, shared by {by}', { name: board.short(item.child_speaking), by })
  return named(board, item.source.person_id, item.source.name)
}

/** Words of the family or a child, which stay as they were said. Whoever has no seat here is a child, or has left. */
export function familySays(board: LiveBoard, ...said: (string | null | undefined)[]): boolean {
  return said.some((id) => id && FAMILY_ROLES.includes(board.person(id)?.role ?? 'child'))
}

/** A person with what they are to the children or what they do, the way people say it. */
export function named(board: LiveBoard, id: string | null, otherwise = ''): string {
  const person = board.person(id)
  const name = board.short(id, otherwise)
  const role = person ? roleWord(person) : ''
  if (!person || !role || role === name) return name
  // "Mum" and "Dana's mum" keep their capitals; what somebody does for work has none.
  const said = FAMILY_ROLES.includes(person.role) ? role : role.charAt(0).toLowerCase() + role.slice(1)
  return `${name}, ${said}`
}

function stepLine(board: LiveBoard, item: ItemSeen, voice: Voice): SourceLine {
  const who = (item.who ?? []).map((id) => board.short(id)).filter(Boolean)
  const rest = [item.by ? t('by {day}', { day: day(item.by) }) : '']
  // What to do if things go wrong says in its own words who does it.
  if (who.length === 0 && item.sub_category !== 'if_things_go_wrong') rest.unshift(t('nobody yet'))
  if (item.kind) rest.push(`${saidBy(board, item)}, ${voice.kind[item.kind]}`)
  return { who: listed(who), rest: rest.filter(Boolean) }
}
