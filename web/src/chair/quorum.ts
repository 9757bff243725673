// Whether enough services are here that know the children, in words.

import type { LiveBoard } from '../lib/board.svelte'
import { listed } from '../lib/names'
import type { QuorumSeen } from '../lib/protocol'
import { t } from '../lib/tongue'

/** For the top bar: what is missing, and nothing where nothing is or the chair wrote why she goes on. */
export function quorumSign(board: LiveBoard): string {
  const quorum = board.get<QuorumSeen>('quorum')
  if (!quorum || board.phase === 'prepare' || board.conference?.locked || board.conference?.closed_at) return ''
  return [quorum.went_on ? '' : missingWords(quorum), unknownWords(board, quorum)].filter(Boolean).join('. ')
}

/** "Not enough services here: police and health" */
export function missingWords(quorum: QuorumSeen): string {
  return quorum.missing.length ? t('Not enough services here: {names}', { names: listed(quorum.missing) }) : ''
}

/** "Nobody here knows Robin" */
export function unknownWords(board: LiveBoard, quorum: QuorumSeen): string {
  const names = board.inPlace(quorum.unknown_children).map((id) => board.short(id))
  return names.length ? t('Nobody here knows {names}', { names: listed(names) }) : ''
}

/** "Tansy: Children’s Social Care and Quayside Primary"; children whom nobody knows are told of by themselves. */
export function knownWords(board: LiveBoard, quorum: QuorumSeen): string[] {
  const agencies = new Map(board.people.map((one) => [one.agency_id, one.agency]))
  return board.children.flatMap((child) => {
    const known = (quorum.known_by[child.id] ?? []).map((id) => agencies.get(id) ?? '').filter(Boolean)
    return known.length ? [`${child.name}: ${listed(known)}`] : []
  })
}
