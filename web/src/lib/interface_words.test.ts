// @vitest-environment node
// Every English sentence of the interface is one that a child of nine could read, but for those that are named here.

import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { readingAge } from './reading_age'

const AGE = 9

/** The catalogue's template: each English text with the files it stands in; of a plural the longer one. */
function messages(): { english: string; files: string }[] {
  const template = readFileSync(new URL('../../../app/languages/kinboard.pot', import.meta.url), 'utf8')
  return template.split('\n\n').flatMap((entry) => {
    const files = entry.match(/^#: .*$/gm)?.join(' ') ?? ''
    const found = (name: string) => entry.match(new RegExp(`^${name} ((?:".*"\\n?)+)`, 'm'))?.[1]
    const text = found('msgid_plural') ?? found('msgid')
    if (!text) return []
    const english = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as string)
      .join('')
    return english ? [{ english: english.replace(/<[^>]+>/g, '').replace(/\{\w+\}/g, 'Sam'), files }] : []
  })
}

/** The law's own names of plans and registers, which a family has to meet as they are; each says what it means beside it. */
const OF_THE_LAW = /app\/areas\//
/** For whoever looks after the program, or signs in to do so. */
const OF_THE_OFFICE =
  /web\/templates\/(ways|sign_in|connection|screen)\.html|web\/src\/connection\.ts|app\/(main|pages\/screens)\.py/
/** For those who came for work: each was tried shorter, and then said less than it has to. */
const FOR_WORK = [
  "A child's words need the child's name, and your word that they agreed and that it is safe here.",
  'After this only letters and corrections can be written. Every family leaves with the plan.',
  'Its numbers leave every screen and are not used. Everybody reads your reason instead. This cannot be undone; you can ask the question again.',
  'No earlier meeting came with this one, so there is nothing to lay beside it.',
  'Only you and the note-taker see this list: how a copy gets there may say where somebody lives.',
  'Somebody or something in this meeting names this child, so the child stays on the list.',
  'The meeting is over, and nobody can be invited to it any more. A formal disagreement can still come in, by a link for one person that works once.',
  'This kind of meeting is for workers only, so nobody from the family has a seat.',
]

it('reads as a child of nine reads, by the formula, wherever the formula says anything', () => {
  const all = messages()
  expect(all.length).toBeGreaterThan(2000)
  const told = all.filter(({ english }) => readingAge(english) !== null)
  expect(told.length).toBeGreaterThan(100)
  const hard = told.filter(({ english }) => readingAge(english)! > AGE)
  const unnamed = hard.filter(
    ({ english, files }) => !OF_THE_LAW.test(files) && !OF_THE_OFFICE.test(files) && !FOR_WORK.includes(english),
  )
  expect(unnamed.map(({ english }) => english)).toEqual([])
  expect(FOR_WORK.filter((one) => !hard.some(({ english }) => english === one))).toEqual([]) // no longer needed here
})
