// The area's own words for the board, looked up by code: stages, columns, groups, outcomes, categories. A screen that is
// blanked is sent none of them.

import type { AreaSeen, ColumnSeen, DecisionSeen, NamedSeen, OutcomeSeen, Phase, StageSeen } from './protocol'
import { COLUMNS } from './terms'
import { t, words } from './tongue'
import { GOALS, KIND, KIND_PLAIN, type Voice } from './words'

const NO_COLUMN: ColumnSeen = { question: '', plain: '', short: '', groups: [] }

/** Before an area was sent, and on a blanked screen. */
export const NO_AREA: AreaSeen = {
  code: '',
  name: '',
  nation: 'england',
  meeting_word: '',
  decision_mode: 'chair_after_views',
  type: { code: '', words: '', plain: '' },
  practice: false,
  family: true,
  decides: true,
  reviews: false,
  stages: [],
  columns: { worry: NO_COLUMN, strength: NO_COLUMN, next_step: NO_COLUMN },
  threshold: '',
  outcomes: [],
  categories: { mode: 'none', at_most: 1, names: [] },
  scope: 'overall',
  told_how_to: [],
}

/** What an agency may say in every area; never an outcome. */
export const NOT_ABLE_TO_SAY: OutcomeSeen = words({
  code: 'not_able_to_say',
  words: 'Not able to say',
  plain: 'not able to say',
  short: 'No view',
  means: '',
  has_category: false,
})

export function outcomeIn(area: AreaSeen, code: string): OutcomeSeen {
  const known = [...area.outcomes, NOT_ABLE_TO_SAY].find((one) => one.code === code)
  return known ?? { code, words: code, plain: code, short: code, means: '', has_category: false }
}

/** What a decision's plan is named after: the main one first. */
export function categoriesOf(area: AreaSeen, decision: DecisionSeen): NamedSeen[] {
  const codes = decision.category ? [decision.category, ...(decision.also_categories ?? [])] : []
  return codes.map((code) => categoryIn(area, code))
}

export function categoryIn(area: AreaSeen, code: string): NamedSeen {
  return area.categories.names.find((one) => one.code === code) ?? { code, words: code, plain: code }
}

/** -1 where the phase is in none: before the meeting begins. */
export function stageAt(stages: readonly StageSeen[], phase: Phase): number {
  return stages.findIndex((stage) => stage.phases.includes(phase))
}

/** The words of the screens of everybody who is not the family. */
export function voiceOf(area: AreaSeen): Voice {
  return { ...worded(area, 'question', 'words', ''), kind: KIND, goals: t(GOALS) }
}

/** The words of the family's tablet. `children`: "Isla and Robin". */
export function plainVoiceOf(area: AreaSeen, children: string): Voice {
  return {
    ...worded(area, 'plain', 'plain', children || t('the children')),
    kind: KIND_PLAIN,
    goals: t('What we want to see'),
  }
}

function worded(area: AreaSeen, question: 'question' | 'plain', named: 'words' | 'plain', children: string) {
  const said = (text: string) => text.replace('{children}', children)
  const groups = COLUMNS.flatMap((column) => area.columns[column].groups)
  return {
    column: {
      worry: said(area.columns.worry[question]),
      strength: said(area.columns.strength[question]),
      next_step: said(area.columns.next_step[question]),
    },
    group: Object.fromEntries(groups.map((group) => [group.code, said(group[named])])),
  }
}
