import { expect, it } from 'vitest'
import { LiveBoard } from '../lib/board.svelte'
import { addCommand, emptyCapture, mustAskHeard, nextCapture, saidBy } from './capture'

function board() {
  const board = new LiveBoard()
  board.received = {
    me: { person_id: 'chair', role: 'chair', may: [] },
    'person/chair': { name: 'Ruth', role: 'chair' },
    'person/mum': { name: 'Dana', role: 'parent' },
    'person/police': { name: 'Lorna', role: 'professional' },
    'child/c1': { name: 'Isla', place: 1 },
    'child/c2': { name: 'Robin', place: 2 },
  }
  return board
}

it('a line belongs to whoever has the floor, unless somebody else is chosen', () => {
  const now = board()
  expect(saidBy(emptyCapture('worry', 'past_harm'), now)).toBe('chair')
  now.received = { ...now.received, floor: { person_id: 'mum' } }
  expect(saidBy(emptyCapture('worry', 'past_harm'), now)).toBe('mum')
  expect(saidBy({ ...emptyCapture('worry', 'past_harm'), saidBy: 'police' }, now)).toBe('police')
})

it('what a service says is asked whether the family has heard it; the family’s and children’s words are not', () => {
  const now = board()
  const from = (person: string, more = {}) => ({ ...emptyCapture('worry', 'past_harm'), saidBy: person, ...more })
  expect(mustAskHeard(from('police'), 'worry', now)).toBe(true)
  expect(mustAskHeard(from('mum'), 'worry', now)).toBe(false)
  expect(mustAskHeard(from('police', { child: 'c1' }), 'worry', now)).toBe(false)
  expect(mustAskHeard(from('police'), 'next_step', now)).toBe(false)
})

it('a point that is not heard yet is never sent as heard', () => {
  const line = { ...emptyCapture('worry', 'past_harm'), saidBy: 'police', text: ' Words ', heard: 'not_yet' as const }
  expect(addCommand(line, 'worry', board())).toMatchObject({
    family_knows: false,
    text: 'Words',
    about_children: ['c1', 'c2'],
  })
})

it('a child’s words carry whose they are and that they agreed', () => {
  const line = { ...emptyCapture('worry', 'past_harm'), saidBy: 'police', text: 'I hide.', child: 'c1', agreed: true }
  expect(addCommand(line, 'worry', board())).toMatchObject({
    child_speaking: 'c1',
    child_agreed: true,
    family_knows: null,
    source: { basis: 'childs_own_words' },
  })
})

it('after a point the line stays with its speaker, and asks again whether the family has heard', () => {
  const next = nextCapture(
    { ...emptyCapture('worry', 'past_harm'), saidBy: 'police', text: 'Words', heard: 'yes', kind: 'fact' },
    'worry',
  )
  expect(next).toMatchObject({ saidBy: 'police', text: '', heard: '', kind: 'fact' })
})
