// The board's fixed order of columns, groups and phases, as the server stores them.

import type { Column, Phase, Role, StatementKind, SubCategory } from './protocol'

export const COLUMNS: readonly Column[] = ['worry', 'strength', 'next_step']

export const GROUPS: Record<Column, readonly SubCategory[]> = {
  worry: ['past_harm', 'future_danger', 'complicating_factor'],
  strength: ['existing_strength', 'existing_safety'],
  next_step: ['next_step', 'if_things_go_wrong'],
}

export const KINDS: readonly StatementKind[] = ['fact', 'observation', 'allegation', 'opinion']

export const PHASES: readonly Phase[] = [
  'prepare',
  'welcome',
  'mapping',
  'danger_statements',
  'safety_goals',
  'next_steps',
  'scaling',
  'agency_views',
  'decision',
  'close',
]

/** What the stage bar shows: danger statements and goals are one stage, `prepare` is none. */
export const STAGES: readonly { name: string; phases: readonly Phase[] }[] = [
  { name: 'Welcome', phases: ['welcome'] },
  { name: 'Map', phases: ['mapping'] },
  { name: 'Danger and goal', phases: ['danger_statements', 'safety_goals'] },
  { name: 'Next steps', phases: ['next_steps'] },
  { name: 'Scale', phases: ['scaling'] },
  { name: 'Views', phases: ['agency_views'] },
  { name: 'Decision', phases: ['decision'] },
  { name: 'Close', phases: ['close'] },
]

export const FAMILY_ROLES: readonly Role[] = ['parent', 'child', 'family_network']
export const SERVICE_ROLES: readonly Role[] = ['social_worker', 'professional']
export const TEXT_LIMIT = { item: 280, statement: 1500, question: 200, reply: 500, why: 500, reasons: 1500 } as const
