import { expect, it } from 'vitest'
import { LiveBoard } from '../lib/board.svelte'
import { gapWords } from './gaps'

const board = new LiveBoard()
board.received = {
  'item/s1': { id: 's1', text: 'Priya fits a lock on the balcony door, and shows everybody how it is opened.' },
  'goal/g1': { id: 'g1', first_at: '1' },
  'goal/g2': { id: 'g2', first_at: '2' },
  'danger/d1': { id: 'd1', first_at: '1' },
}

it('a gap is called by its number or by how its words begin', () => {
  expect(gapWords(board, { what: 'goal_without_step', of: 'goal/g2' })).toBe('Goal 2 has no step')
  expect(gapWords(board, { what: 'danger_without_goal', of: 'danger/d1' })).toBe('Danger statement 1 has no goal')
  expect(gapWords(board, { what: 'step_without_who', of: 'item/s1' })).toBe(
    'Nobody does this yet: Priya fits a lock on the balcony door, and shows…',
  )
})

it('what is no longer on the board is not called anything', () => {
  expect(gapWords(board, { what: 'step_without_who', of: 'item/gone' })).toBe('')
  expect(gapWords(board, { what: 'goal_without_step', of: 'goal/gone' })).toBe('')
})
