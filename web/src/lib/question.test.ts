import { expect, it } from 'vitest'
import { LiveBoard } from './board.svelte'
import { instantOf } from './dates'
import { earlierMarks } from './marks'
import type { ScaleSeen } from './protocol'
import { aboutQuestion, lineReached, setAside } from './question'
import { shownSentence } from './speech'

const board = new LiveBoard()
board.received = {
  'child/c1': { place: 1, name: 'Tansy', age: 9 },
  'child/c2': { place: 2, name: 'Robin', age: 3 },
  'danger/d1': { id: 'd1', text: 'Robin may be hit by a car.', first_at: '1' },
  'person/p1': { name: 'Dana Wrenfield', role: 'parent', admitted: true },
  'earlier_answers/s': [
    { held_on: '2024-09-02', person_id: 'p1', name: 'Dana Wrenfield', for_child: null, score: 1 },
    { held_on: '2025-03-24', person_id: 'p1', name: 'Dana Wrenfield', for_child: null, score: 3 },
    { held_on: '2025-03-24', person_id: 'p1', name: 'Dana Wrenfield', for_child: null, score: 4 },
    { held_on: '2025-03-24', person_id: 'gone', name: 'PC Asha Rell', for_child: null, score: 2 },
    { held_on: '2025-03-24', person_id: 'p2', name: 'Bea', for_child: 'c1', score: 3 },
    { held_on: '2025-03-24', person_id: 'p3', name: 'Leila', for_child: null, score: null },
  ],
}
const scale = (more: object) => ({ id: 's', danger_id: null, children: ['c1', 'c2'], ...more }) as unknown as ScaleSeen

it('a round that was set aside is one line with its reason, read and heard', () => {
  const aside = scale({ voided: true, voided_why: 'Two people had not heard the question', opened_at: '1' })
  expect(setAside(aside)).toBe('We set this round aside. Two people had not heard the question.')
  const other = new LiveBoard()
  other.received = { 'scale/s': aside }
  expect(shownSentence(other)).toBe(setAside(aside))
})

it('a question says whom or what it is about, unless it is everybody', () => {
  expect(aboutQuestion(board, scale({}))).toBe('')
  expect(aboutQuestion(board, scale({ children: ['c2'] }))).toBe('About Robin.')
  expect(aboutQuestion(board, scale({ danger_id: 'd1' }))).toBe('About: Robin may be hit by a car.')
})

it('the numbers of the last time stand with the names of then and their day, one for each person', () => {
  const { on, marks } = earlierMarks(board, 's')
  expect(on).toContain('Mon 24 March')
  expect(marks).toEqual([
    { score: 4, name: 'Dana', family: true },
    { score: 2, name: 'Asha', family: false },
    { score: 3, name: 'Tansy', family: true },
  ])
  expect(earlierMarks(board, 'other')).toEqual({ on: '', marks: [] })
})

it('the line that a number reached is said by the way the question runs', () => {
  expect(lineReached({ at_or_below: 2, people: null })).toBe('A number stands at 2 or below.')
  expect(lineReached({ at_or_above: 8, people: null })).toBe('A number stands at 8 or above.')
})

it('a time is one of the conference’s own clock, whatever the browser’s is', () => {
  const summer = new Date('2025-06-24T10:20:30Z')
  expect(instantOf('10:05', 'Europe/London', summer)).toBe('2025-06-24T09:05:00.000Z')
  expect(instantOf('12:00', 'Europe/London', new Date('2025-11-24T08:00:00Z'))).toBe('2025-11-24T12:00:00.000Z')
})
