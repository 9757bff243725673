// Who stands where on the ruler, and the three words under it. A spread and its ends, never an average.

import type { LiveBoard, WithId } from './board.svelte'
import { named } from './source'
import type { AnswerSeen } from './protocol'
import { FAMILY_ROLES } from './terms'

export interface Mark {
  id: string
  person: string
  score: number
  name: string
  role: string
  full: string
  family: boolean
  why: string
}

/** Family nearest the line, so that a pile of professionals never stands between a parent and the scale. */
export function marks(board: LiveBoard, answers: readonly WithId<AnswerSeen>[]): Mark[] {
  return answers
    .filter((answer) => answer.score !== null && !answer.passed)
    .map((answer) => mark(board, answer))
    .sort((a, b) => a.score - b.score || Number(b.family) - Number(a.family))
}

function mark(board: LiveBoard, answer: WithId<AnswerSeen>): Mark {
  const person = board.person(answer.person_id)
  const name = board.short(answer.person_id)
  const child = answer.for_child ? board.short(answer.for_child) : null
  const full = child ? `${child}, shared by ${name}` : named(board, answer.person_id)
  return {
    id: answer.id,
    person: answer.person_id,
    score: answer.score ?? 0,
    name: child ?? name,
    role: child ? `via ${name}` : full.includes(', ') ? capital(full.slice(full.indexOf(', ') + 2)) : '',
    full,
    family: child !== null || (person !== undefined && FAMILY_ROLES.includes(person.role)),
    why: answer.why,
  }
}

/** The lowest, middle and highest number given; the middle is the number of whoever stands in the middle of the row. */
export function ends(scores: readonly number[]): { lowest: number; middle: number; highest: number } | null {
  if (scores.length === 0) return null
  const row = [...scores].sort((a, b) => a - b)
  return { lowest: row[0]!, middle: row[Math.floor((row.length - 1) / 2)]!, highest: row.at(-1)! }
}

function capital(words: string): string {
  return (words[0] ?? '').toUpperCase() + words.slice(1)
}
