// Which one thing is on the room screen: what the stage asks for, unless the chair lights something that stands elsewhere.

import type { Phase } from '../lib/protocol'
import { isAsking } from '../people/plain'

export type RoomPage =
  'welcome' | 'map' | 'statements' | 'steps' | 'scale' | 'views' | 'decision' | 'next' | 'earlier' | 'house'

export interface Standing {
  phase: Phase
  lit: string | null
  litColumn: string | null
  scale: { closed: boolean; revealed: boolean } | null
  decides: boolean
  /** Whether it is written what happens after the meeting. */
  arranged: boolean
}

export function roomPage(standing: Standing): RoomPage {
  const usual = pageOf(standing)
  return pageOfLit(standing, usual) ?? usual
}

function pageOf({ phase, scale, decides, arranged }: Standing): RoomPage {
  if (isAsking(phase, scale)) return 'scale'
  switch (phase) {
    case 'prepare':
    case 'welcome':
      return 'welcome'
    case 'danger_statements':
    case 'safety_goals':
      return 'statements'
    case 'next_steps':
      return 'steps'
    case 'agency_views':
      return 'views'
    case 'decision':
    case 'close':
      if (phase === 'close' && arranged) return 'next'
      return decides ? 'decision' : 'steps'
    default:
      return 'map'
  }
}

function pageOfLit({ lit, litColumn }: Standing, usual: RoomPage): RoomPage | null {
  if (!lit) return null
  const kind = lit.slice(0, lit.indexOf('/'))
  if (kind === 'item' || kind === 'column') {
    const column = kind === 'column' ? lit.slice('column/'.length) : litColumn
    return usual === 'steps' && column === 'next_step' ? 'steps' : 'map'
  }
  if (kind === 'danger') return 'statements'
  if (kind === 'goal') return usual === 'map' || usual === 'steps' ? usual : 'statements'
  if (kind === 'scale' || kind === 'answer') return 'scale'
  if (kind === 'view' || kind === 'family_view') return 'views'
  if (kind === 'decision') return 'decision'
  if (kind === 'house') return 'house'
  if (kind.startsWith('earlier_')) return 'earlier'
  return null
}
