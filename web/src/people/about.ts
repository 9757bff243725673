// Who is who on the surfaces of the people round the table.

import type { LiveBoard, WithId } from '../lib/board.svelte'
import { firstName } from '../lib/names'
import type { PersonSeen } from '../lib/protocol'
import { FAMILY_ROLES } from '../lib/terms'
import { t } from '../lib/tongue'

export function chairOf(board: LiveBoard): WithId<PersonSeen> | undefined {
  return board.people.find((person) => person.role === 'chair')
}

/** The chair's first name: "Offer to Ruth". */
export function chairName(board: LiveBoard): string {
  const chair = chairOf(board)
  return chair ? board.short(chair.id, firstName(chair.name)) : t('the chair')
}

/** At the start of a sentence. */
export function ChairName(board: LiveBoard): string {
  const name = chairName(board)
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** Said before it is done: a whole sentence. */
export function whoDecides(board: LiveBoard): string {
  const together = board.area.decision_mode === 'practitioners_decide'
  if (!together) return t('{chair} decides for each child, one at a time, and says why.', { chair: ChairName(board) })
  return t('The services here decide together for each child, one at a time. {chair} writes it down and says why.', {
    chair: ChairName(board),
  })
}

export function isFamily(person: PersonSeen | undefined): boolean {
  return person !== undefined && FAMILY_ROLES.includes(person.role)
}

/** The children whose words and numbers an advocate brings. */
export function brought(board: LiveBoard): string[] {
  const me = board.me
  const sits = me?.sits_with
  const ids = new Set([...(sits ? [sits] : []), ...(me?.children ?? [])])
  return board.children.map((child) => child.id).filter((id) => ids.has(id))
}
