// A letter to one child: four plain fields, of which each line of the third is a sentence by itself.

import type { Fields } from '../lib/commands'
import { listed } from '../lib/names'
import type { LetterSeen } from '../lib/protocol'
import type { Parts } from '../lib/together'
import { t } from '../lib/tongue'

export interface LetterForm extends Parts {
  worried: string
  going_well: string
  will_happen: string
  if_worried: string
}

export const LINE_LIMIT = 280

export function formOf(letter: LetterSeen | undefined): LetterForm {
  return {
    worried: letter?.worried ?? '',
    going_well: letter?.going_well ?? '',
    will_happen: letter?.will_happen.join('\n') ?? '',
    if_worried: letter?.if_worried ?? '',
  }
}

export const linesOf = (words: string): string[] =>
  words
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

/** Characters by which its longest line is too long; nought or less where all fit. */
export const tooLong = (words: string): number =>
  Math.max(0, ...linesOf(words).map((line) => [...line].length)) - LINE_LIMIT

export function fieldsOf(form: LetterForm, child_id: string, base: string | null): Fields<'write_letter'> {
  return { child_id, base_version: base, ...form, will_happen: linesOf(form.will_happen) }
}

export interface Preview {
  opening: string
  worried: string
  going_well: string
  will_happen: string[]
  if_worried: string
}

/** As the paper will say it, in the words that every such letter has. */
export function previewOf(form: LetterForm, weekday: string, others: readonly string[]): Preview {
  return {
    opening: t('On {weekday} lots of grown-ups met to talk about {names}.', {
      weekday,
      names: listed([t('you'), ...others]),
    }),
    worried:
      form.worried.trim() &&
      t('{words} That is not your fault, and it is not your job to fix it.', { words: form.worried.trim() }),
    going_well: form.going_well.trim(),
    will_happen: linesOf(form.will_happen),
    if_worried: form.if_worried.trim(),
  }
}
