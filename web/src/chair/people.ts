// Who sits where on the chair's row of seats, and what a seat has to say beyond name and role.

import type { IconName } from '../board/icons'
import type { LiveBoard, WithId } from '../lib/board.svelte'
import { clock, minutesSince } from '../lib/dates'
import { isHere } from '../lib/names'
import type { CallSeen, ItemSeen, PersonSeen, Role, TimesSeen } from '../lib/protocol'
import { FAMILY_ROLES, SERVICE_ROLES } from '../lib/terms'
import { many, t } from '../lib/tongue'
import { HELP } from '../lib/words'

export type Seat = WithId<PersonSeen>

export interface Exception {
  words: string
  icon: IconName
  tone?: 'ask'
}

const HELP_ICON: Record<string, IconName> = { speak: 'hand', meaning: 'ask', break: 'cup' }
const HELP_ORDER = ['break', 'speak', 'meaning']
const TO_BE_HEARD: readonly Role[] = [...FAMILY_ROLES, ...SERVICE_ROLES, 'advocate']

/** Is coming, and nobody has marked them or seen them come in. */
export const isAwaited = (person: PersonSeen): boolean =>
  !isHere(person) && !person.left && !person.attendance.startsWith('absent')

/** Everybody at the meeting, or still to come; the person in front of this screen does not sit in the row. */
export function seats(board: LiveBoard): Seat[] {
  return board.persons
    .filter((person) => person.id !== board.me?.person_id)
    .filter((person) => isHere(person) || isAwaited(person) || person.left || person.present)
}

export function calls(board: LiveBoard, person: string): [string, CallSeen][] {
  const waiting = board.get<Record<string, CallSeen>>(`help/${person}`) ?? {}
  return HELP_ORDER.flatMap((what) => (waiting[what] ? [[what, waiting[what]] as [string, CallSeen]] : []))
}

/** Who waits longest to speak. */
export function longestWaiting(board: LiveBoard): string | null {
  const waiting = seats(board)
    .map((seat) => ({ id: seat.id, at: calls(board, seat.id).find(([what]) => what === 'speak')?.[1].at }))
    .filter((one) => one.at !== undefined)
    .sort((a, b) => a.at!.localeCompare(b.at!))
  return waiting[0]?.id ?? null
}

export function exceptionOf(
  board: LiveBoard,
  seat: Seat,
  wasPresent: ReadonlySet<string>,
  unheard: ReadonlySet<string>,
  now: Date,
): Exception | null {
  const call = calls(board, seat.id)[0]
  if (call) {
    const minutes = minutesSince(call[1].at, now)
    const what = HELP[call[0]] ?? ''
    const words = minutes >= 1 ? t('{what}, {n} min', { what, n: minutes }) : what
    return { words, icon: HELP_ICON[call[0]] ?? 'hand', tone: 'ask' }
  }
  if (board.conference?.closed_at) return null // everybody has gone home
  if (seat.left) {
    const at = board.get<TimesSeen>(`times/${seat.id}`)?.left
    return { words: at ? t('Stepped out {time}', { time: clock(at, board.zone) }) : t('Stepped out'), icon: 'door' }
  }
  if (isAwaited(seat)) return { words: t('Not here yet'), icon: 'ring' }
  if (board.floor === seat.id) return null
  const ready = board.under<ItemSeen>('offered/').filter(([, item]) => item.offered_by === seat.id).length
  if (ready) return { words: many('{n} point ready', '{n} points ready', ready), icon: 'up' }
  if (!seat.present && wasPresent.has(seat.id)) return { words: t('Lost connection'), icon: 'ring' }
  if (unheard.has(seat.id)) return { words: t('Not heard yet'), icon: 'ring' }
  return null
}

/** Who has not been heard, as the rules count it. Quiet until most have been: at first it is everybody. */
export function notHeardYet(board: LiveBoard): Set<string> {
  const quiet = (board.get<string[]>('not_heard') ?? []).filter((id) => id !== board.floor)
  const voices = seats(board).filter((seat) => isHere(seat) && TO_BE_HEARD.includes(seat.role))
  const few = quiet.length * 2 <= voices.length && !board.conference?.locked
  return new Set(few ? quiet : [])
}
