import { expect, it } from 'vitest'
import { ENGLAND } from '../gallery/england'
import { LiveBoard } from '../lib/board.svelte'
import type { AreaSeen } from '../lib/protocol'
import { nextQuestion, roundName } from './rounds'

const asked = (id: string, round = 1, again_of: string | null = null) => ({ id, round, again_of })

it('a question that is asked again is another round of the same question', () => {
  const [first, second, third, other] = [asked('a'), asked('b', 2, 'a'), asked('c', 3, 'b'), asked('d')] as const
  const one = [first, second, third]
  expect(one.map((scale) => roundName(one, scale))).toEqual(['Round 1', 'Round 2', 'Round 3'])
  const two = [first, second, other, third]
  expect(two.map((scale) => roundName(two, scale))).toEqual([
    'Question 1, round 1',
    'Question 1, round 2',
    'Question 2, round 1',
    'Question 1, round 3',
  ])
})

function meeting(scope: AreaSeen['scope'], ...scales: object[]) {
  const board = new LiveBoard()
  board.received = {
    area: { ...ENGLAND, scope },
    'child/c1': { place: 1, name: 'Tansy', age: 9 },
    'child/c2': { place: 2, name: 'Robin', age: 3 },
    'danger/d1': { id: 'd1', text: 'One', children: ['c1'], first_at: '1' },
    'danger/d2': { id: 'd2', text: 'Two', children: ['c1', 'c2'], first_at: '2' },
    ...Object.fromEntries(
      scales.map((one, index) => [`scale/${index}`, { opened_at: `${index}`, children: [], ...one }]),
    ),
  }
  return board
}
const about = (board: LiveBoard) => (({ children, danger_id }) => ({ children, danger_id }))(nextQuestion(board))

it('where an area asks one question, it is about all the children', () => {
  expect(about(meeting('overall'))).toEqual({ children: ['c1', 'c2'], danger_id: '' })
})

it('where an area asks for each child, the next question is about the next child', () => {
  expect(about(meeting('per_child'))).toEqual({ children: ['c1'], danger_id: '' })
  expect(about(meeting('per_child', { children: ['c1'] }))).toEqual({ children: ['c2'], danger_id: '' })
  const aside = meeting('per_child', { children: ['c1'], voided: true })
  expect(about(aside)).toEqual({ children: ['c1'], danger_id: '' })
})

it('where an area asks for each danger statement, the next question is about the next one', () => {
  expect(about(meeting('per_danger_statement'))).toEqual({ children: ['c1'], danger_id: 'd1' })
  expect(about(meeting('per_danger_statement', { danger_id: 'd1' }))).toEqual({
    children: ['c1', 'c2'],
    danger_id: 'd2',
  })
})
