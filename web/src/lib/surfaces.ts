// The four surfaces, each loaded only where it is shown, and who has which.

import type { Component } from 'svelte'
import type { Live } from './live.svelte'
import type { Role } from './protocol'

export type Surface = Component<{ live: Live }>

export const SURFACES: Record<string, () => Promise<{ default: Surface }>> = {
  chair: () => import('../surfaces/Chair.svelte'),
  professional: () => import('../surfaces/Professional.svelte'),
  family: () => import('../surfaces/Family.svelte'),
  room: () => import('../surfaces/RoomScreen.svelte'),
}

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
