// What the chair drafts for each child. It stays in her browser until she records it; nothing here reads a number or a view.

import { categoryIn, outcomeIn } from '../lib/area'
import type { Fields } from '../lib/commands'
import { listed } from '../lib/names'
import type { AreaSeen, Category, Outcome } from '../lib/protocol'
import { t } from '../lib/tongue'

export interface DecisionDraft {
  outcome: Outcome | null
  /** The main one first; more than one only where the area names a plan after several. */
  categories: Category[]
  plain: string
  reasons: string
  considered: string
  override: string
}

export const EMPTY: DecisionDraft = {
  outcome: null,
  categories: [],
  plain: '',
  reasons: '',
  considered: '',
  override: '',
}

export function needsCategory(area: AreaSeen, draft: DecisionDraft): boolean {
  return draft.outcome !== null && outcomeIn(area, draft.outcome).has_category
}

/** In words, what has to be filled in before it can be read back. */
export function stillToDo(area: AreaSeen, draft: DecisionDraft, stepsMissing: boolean): string[] {
  const { at_most } = area.categories
  const missing = []
  if (!draft.outcome) missing.push(t('plan'))
  if (needsCategory(area, draft)) {
    if (!draft.categories.length) missing.push(t('category'))
    if (draft.categories.length > at_most) missing.push(t('categories, at most {n}', { n: at_most }))
  }
  if (!draft.reasons.trim()) missing.push(t('reasons'))
  if (stepsMissing && !draft.override.trim()) missing.push(t('why you go on without the steps'))
  return missing
}

export function recordCommand(
  area: AreaSeen,
  child: string,
  draft: DecisionDraft,
  stepsMissing: boolean,
): Fields<'record_decision'> {
  const [category = null, ...also] = needsCategory(area, draft) ? draft.categories : []
  return {
    child_id: child,
    outcome: draft.outcome as Outcome,
    category,
    ...(also.length ? { also_categories: also } : {}),
    reasons: draft.reasons.trim(),
    ...(draft.plain.trim() ? { plain_words: draft.plain.trim() } : {}),
    ...(draft.considered.trim() ? { views_considered: draft.considered.trim() } : {}),
    ...(stepsMissing && draft.override.trim() ? { override: { reason: draft.override.trim() } } : {}),
  }
}

/** The decision as it is read aloud. */
export function readAloud(area: AreaSeen, name: string, draft: DecisionDraft): string[] {
  const lines = [`${name}: ${outcomeIn(area, draft.outcome ?? '').words}.`]
  if (needsCategory(area, draft)) {
    const kinds = draft.categories.map((code) => categoryIn(area, code).words)
    lines.push(`${kinds.length > 1 ? t('Categories') : t('Category')}: ${listed(kinds)}.`)
  }
  return [...lines, draft.plain.trim(), draft.reasons.trim(), draft.considered.trim()].filter(Boolean)
}
