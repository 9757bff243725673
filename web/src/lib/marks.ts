// Who stands where on the ruler, and the three words under it. A spread and its ends, never an average.

import type { LiveBoard, WithId } from './board.svelte'
import { day } from './dates'
import { firstName } from './names'
import { named } from './source'
import type { AnswerSeen, EarlierAnswerSeen } from './protocol'
import { FAMILY_ROLES } from './terms'
import { t } from './tongue'

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

export interface EarlierMark {
  score: number
  name: string
  family: boolean
}

/** Where people stood when this was last asked, and on which day: one mark each. Sent once today's numbers are shown. */
export function earlierMarks(board: LiveBoard, scale: string): { on: string; marks: EarlierMark[] } {
  const all = board.get<EarlierAnswerSeen[]>(`earlier_answers/${scale}`) ?? []
  const held_on =
    all
      .map((answer) => answer.held_on)
      .sort()
      .at(-1) ?? ''
  const then = all.filter((answer) => answer.held_on === held_on)
  const answers = [...new Map(then.map((answer) => [`${answer.person_id}/${answer.for_child}`, answer])).values()]
  const marks = answers.flatMap(({ score, name, for_child, person_id }) => {
    if (score === null) return []
    const child = for_child ? board.short(for_child) : ''
    const role = board.person(person_id)?.role
    return [
      {
        score,
        name: child || firstName(name),
        family: Boolean(child) || (role !== undefined && FAMILY_ROLES.includes(role)),
      },
    ]
  })
  return { on: marks.length ? day(held_on) : '', marks }
}

function mark(board: LiveBoard, answer: WithId<AnswerSeen>): Mark {
  const person = board.person(answer.person_id)
  const name = board.short(answer.person_id)
  const child = answer.for_child ? board.short(answer.for_child) : null
  const full = child ? t('{child}, shared by {name}', { child, name }) : named(board, answer.person_id)
  return {
    id: answer.id,
    person: answer.person_id,
    score: answer.score ?? 0,
    name: child ?? name,
    role: child ? t('via {name}', { name }) : full.includes(', ') ? capital(full.slice(full.indexOf(', ') + 2)) : '',
    full,
    family: child !== null || (person !== undefined && FAMILY_ROLES.includes(person.role)),
    why: answer.why,
  }
}

export interface Ends {
  lowest: number
  middle: number | null
  highest: number
}

/** The lowest, middle and highest number given; the middle is the number of whoever stands in the middle of the row, and
    none where that is the lowest or the highest too. */
export function ends(scores: readonly number[]): Ends | null {
  if (scores.length === 0) return null
  const row = [...scores].sort((a, b) => a - b)
  const [lowest, middle, highest] = [row[0]!, row[Math.floor((row.length - 1) / 2)]!, row.at(-1)!]
  return { lowest, middle: lowest < middle && middle < highest ? middle : null, highest }
}

/** The word under one number of the ruler. */
export function endWord(row: Ends | null, number: number): string {
  if (row?.lowest === row?.highest) return number === row?.lowest ? t('All at {number}', { number }) : ''
  return row?.lowest === number
    ? t('Lowest')
    : row?.middle === number
      ? t('Middle')
      : row?.highest === number
        ? t('Highest')
        : ''
}

/** "Lowest 3, middle 5, highest 7" */
export function endsSaid({ lowest, middle, highest }: Ends): string {
  if (lowest === highest) return t('All at {number}', { number: lowest })
  if (middle === null) return t('Lowest {lowest}, highest {highest}', { lowest, highest })
  return t('Lowest {lowest}, middle {middle}, highest {highest}', { lowest, middle, highest })
}

function capital(words: string): string {
  return (words[0] ?? '').toUpperCase() + words.slice(1)
}
