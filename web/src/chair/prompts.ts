// Questions that the chair may ask, for her eyes only: those of what is under the lamp, else of where the meeting is.

import type { Column, PromptSeen, ScaleSeen } from '../lib/protocol'
import type { Pane } from './desk.svelte'
import { words } from '../lib/tongue'

export const WAY: Record<PromptSeen['way'], string> = words({
  elicit: 'Ask',
  amplify: 'Ask for more',
  reflect: 'What it means',
  start_over: 'Start over',
  follow_up: 'Then ask',
})

export interface Whereabouts {
  pane: Pane
  phase: string
  lit: string | null
  /** The card under the lamp. */
  litCard: { column: Column; sub_category: string | null } | undefined
  /** Where the chair writes, or the card she works with stands. */
  column: Column
  scale: Pick<ScaleSeen, 'revealed'> | undefined
}

export function promptsFor(prompts: readonly PromptSeen[], where: Whereabouts): PromptSeen[] {
  const found = placesOf(where).flatMap((at) => prompts.filter((one) => one.at === at))
  if (where.pane !== 'scale') return found
  return found.filter((one) => (one.way === 'follow_up') === (where.scale?.revealed ?? false))
}

function placesOf({ pane, phase, lit, litCard, column }: Whereabouts): string[] {
  if (pane === 'scale') return ['scale']
  if (pane === 'danger') return [phase === 'safety_goals' ? phase : 'danger_statements']
  if (pane === 'views') return ['agency_views']
  if (pane !== 'map') return [pane]
  if (litCard) return ['card', litCard.sub_category ?? '', litCard.column]
  if (lit?.startsWith('column/')) return [lit.slice('column/'.length)]
  return [phase, phase === 'next_steps' ? 'next_step' : phase === 'mapping' ? column : '']
}
