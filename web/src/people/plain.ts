// The tablet's own words, on top of `lib/words.ts`: reading age 9.

import { closingOf } from '../lib/arranged'
import type { LiveBoard } from '../lib/board.svelte'
import type { Column, Phase } from '../lib/protocol'
import { words } from '../lib/tongue'

export const KIND_OF_WORDS: Record<Column, string> = words({
  worry: 'Something people worry about',
  strength: 'Something that is going well',
  next_step: 'Something that should happen',
})

/** The tab on which something that can be lit stands; null where it has a page of its own. */
export function tabOf(key: string | null, columnOf: (id: string) => Column | undefined): Column | null {
  if (!key) return null
  const [kind, id = ''] = key.split('/')
  if (kind === 'item') return columnOf(id) ?? null
  if (kind === 'column') return id === 'worry' || id === 'strength' || id === 'next_step' ? id : null
  if (kind === 'danger') return 'worry'
  if (kind === 'goal') return 'next_step'
  return null
}

/** The same words at the start of a sentence. */
export function saidOf(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
}

/** Whether the question is what everybody looks at: while it is open, until the meeting moves on to the views. */
export function isAsking(phase: Phase, scale: { closed: boolean; revealed: boolean } | undefined | null): boolean {
  if (!scale || phase === 'agency_views' || phase === 'decision' || phase === 'close') return false
  return phase === 'scaling' || (!scale.closed && !scale.revealed)
}

export type Now = 'welcome' | 'statements' | 'number' | 'views' | 'decision' | 'next'

export const NOW_WORDS: Record<Now, string> = words({
  welcome: 'Welcome',
  statements: 'What we are writing',
  number: 'The number',
  views: 'What we think',
  decision: 'The decision',
  next: 'What happens next',
})

/** What the meeting is at, beside the board itself; null while that is the board. */
export function nowOf(board: LiveBoard): Now | null {
  if (isAsking(board.phase, board.scale)) return 'number'
  switch (board.phase) {
    case 'prepare':
    case 'welcome':
      return 'welcome'
    case 'danger_statements':
    case 'safety_goals':
      return 'statements'
    case 'agency_views':
      return 'views'
    case 'decision':
    case 'close':
      if (board.phase === 'close' && closingOf(board)) return 'next'
      return board.area.decides ? 'decision' : null
    default:
      return null
  }
}
