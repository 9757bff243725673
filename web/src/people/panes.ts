// The parts of the board on a professional's laptop, and in which of them the chair is.

import { closingOf } from '../lib/arranged'
import type { LiveBoard } from '../lib/board.svelte'
import { earlierOf } from '../lib/earlier'
import { t } from '../lib/tongue'
import { nowOf, type Now } from './plain'

export type Pane = 'people' | 'earlier' | 'houses' | 'map' | 'statements' | 'scale' | 'views' | 'decision' | 'next'

/** In their order, with their names; `houses`: whether there are any, or this person may make some. */
export function panesOf(board: LiveBoard, houses: boolean): { pane: Pane; name: string }[] {
  const panes: { pane: Pane; name: string; there?: boolean }[] = [
    { pane: 'people', name: t('Who is here') },
    { pane: 'earlier', name: t('The last plan'), there: earlierOf(board) !== undefined },
    { pane: 'houses', name: t('The children’s houses'), there: houses },
    { pane: 'map', name: t('Map') },
    { pane: 'statements', name: t('Danger and goals') },
    { pane: 'scale', name: t('Scale') },
    { pane: 'views', name: t('Views'), there: board.area.decides },
    { pane: 'decision', name: t('Decision'), there: board.area.decides },
    { pane: 'next', name: t('What happens next'), there: closingOf(board) !== undefined },
  ]
  return panes.filter(({ there }) => there !== false)
}

const OF_THE_LAMP: Record<string, Pane> = {
  item: 'map',
  column: 'map',
  danger: 'statements',
  goal: 'statements',
  scale: 'scale',
  answer: 'scale',
  view: 'views',
  family_view: 'views',
  decision: 'decision',
  house: 'houses',
  earlier_goal: 'earlier',
  earlier_step: 'earlier',
  earlier_item: 'earlier',
}

const OF_THE_STAGE: Record<Now, Pane> = {
  welcome: 'people',
  statements: 'statements',
  number: 'scale',
  views: 'views',
  decision: 'decision',
  next: 'next',
}

/** Where the chair is: what is lit, else the stage. */
export function ledTo(board: LiveBoard): Pane {
  const lit = OF_THE_LAMP[board.spotlight?.split('/')[0] ?? '']
  if (lit) return lit
  const now = board.inside ? null : nowOf(board)
  return now ? OF_THE_STAGE[now] : 'map'
}
