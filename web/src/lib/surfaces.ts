// Who has which of the four surfaces.

import type { Role } from './protocol'

const SURFACE: Partial<Record<Role, string>> = {
  chair: 'chair',
  scribe: 'chair',
  parent: 'family',
  child: 'family',
  family_network: 'family',
  advocate: 'family',
  supporter: 'family',
  interpreter: 'family',
  room_screen: 'room',
}

export function surfaceOf(role: Role): string {
  return SURFACE[role] ?? 'professional'
}
