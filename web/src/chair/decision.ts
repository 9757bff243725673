// What the chair drafts for each child. It stays in her browser until she records it; nothing here reads a number or a view.

import type { Fields } from '../lib/commands'
import type { Category, Outcome } from '../lib/protocol'
import { NEEDS_CATEGORY, OUTCOME, CATEGORY } from '../lib/words'

export interface DecisionDraft {
  outcome: Outcome | null
  category: Category | null
  plain: string
  reasons: string
  considered: string
  override: string
}

export const EMPTY: DecisionDraft = {
  outcome: null,
  category: null,
  plain: '',
  reasons: '',
  considered: '',
  override: '',
}

export function needsCategory(draft: DecisionDraft): boolean {
  return draft.outcome !== null && NEEDS_CATEGORY.includes(draft.outcome)
}

/** In words, what has to be filled in before it can be read back. */
export function stillToDo(draft: DecisionDraft, stepsMissing: boolean): string[] {
  const missing = []
  if (!draft.outcome) missing.push('plan')
  if (needsCategory(draft) && !draft.category) missing.push('category')
  if (!draft.reasons.trim()) missing.push('reasons')
  if (stepsMissing && !draft.override.trim()) missing.push('why you go on without the steps')
  return missing
}

export function recordCommand(child: string, draft: DecisionDraft, stepsMissing: boolean): Fields<'record_decision'> {
  return {
    child_id: child,
    outcome: draft.outcome as Outcome,
    category: needsCategory(draft) ? draft.category : null,
    reasons: draft.reasons.trim(),
    ...(draft.plain.trim() ? { plain_words: draft.plain.trim() } : {}),
    ...(draft.considered.trim() ? { views_considered: draft.considered.trim() } : {}),
    ...(stepsMissing && draft.override.trim() ? { override: { reason: draft.override.trim() } } : {}),
  }
}

/** The decision as it is read aloud. */
export function readAloud(name: string, draft: DecisionDraft): string[] {
  const lines = [`${name}: ${OUTCOME[draft.outcome ?? ''] ?? ''}.`]
  if (needsCategory(draft)) lines.push(`Category: ${CATEGORY[draft.category ?? ''] ?? ''}.`)
  return [...lines, draft.plain.trim(), draft.reasons.trim(), draft.considered.trim()].filter(Boolean)
}
