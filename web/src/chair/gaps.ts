// What the outline plan still lacks, in words, and the way there. It is shown and stops nothing.

import { tick } from 'svelte'
import type { LiveBoard } from '../lib/board.svelte'
import type { GapSeen } from '../lib/protocol'
import type { Desk } from './desk.svelte'
import { t } from '../lib/tongue'

const LONGEST = 48

/** "Goal 2 has no step"; nothing where what it is about is no longer on the board. */
export function gapWords(board: LiveBoard, { what, of }: GapSeen): string {
  const id = idOf(of)
  if (what === 'step_without_who') {
    const text = board.item(id)?.text
    return text ? t('Nobody does this yet: {opening}', { opening: opening(text) }) : ''
  }
  const goal = what === 'goal_without_step'
  const number = (goal ? board.goals : board.dangers).findIndex((one) => one.id === id) + 1
  if (!number) return ''
  return goal ? t('Goal {number} has no step', { number }) : t('Danger statement {number} has no goal', { number })
}

/** To the card on the map, to the goal above the steps, or to the danger statement. */
export async function goToGap(desk: Desk, { of }: GapSeen): Promise<void> {
  const isCard = of.startsWith('item/')
  desk.look(of.startsWith('danger/') ? 'danger' : 'map')
  if (isCard) desk.card = idOf(of)
  await tick()
  const place = document.querySelector<HTMLElement>(isCard ? `[data-card="${idOf(of)}"]` : `[data-statement="${of}"]`)
  place?.focus()
  place?.scrollIntoView({ block: 'nearest' })
}

function idOf(key: string): string {
  return key.slice(key.indexOf('/') + 1)
}

function opening(text: string): string {
  if (text.length <= LONGEST) return text
  const begun = text.slice(0, LONGEST + 1)
  return `${begun.slice(0, begun.lastIndexOf(' ')) || begun}…`
}
