import { expect, it } from 'vitest'
import { LiveBoard } from '../lib/board.svelte'
import type { QuorumSeen } from '../lib/protocol'
import { notHeardYet } from './people'
import { knownWords, quorumSign } from './quorum'

const here = { attendance: 'in_room', here: true, left: false, present: true, admitted: true, relationship: '' }
const PEOPLE = {
  'person/p1': { ...here, name: 'Dana', role: 'parent', agency_id: null, agency: '' },
  'person/p2': { ...here, name: 'Rowan', role: 'professional', agency_id: 'a1', agency: 'Police' },
  'person/p3': { ...here, name: 'Leila', role: 'professional', agency_id: 'a2', agency: 'School' },
  'person/p4': { ...here, name: 'Bea', role: 'advocate', agency_id: null, agency: '' },
}
const MET: QuorumSeen = {
  met: true,
  agencies: ['a1', 'a2'],
  known_by: { c1: ['a1', 'a2'], c2: ['a1'] },
  missing: [],
  in_words: '',
  unknown_children: [],
  went_on: null,
}

function board(quorum: Partial<QuorumSeen> = {}, more: object = {}) {
  const made = new LiveBoard()
  made.received = {
    conference: { locked: false, closed_at: null },
    phase: { phase: 'mapping' },
    'child/c1': { place: 1, name: 'Tansy', age: 9 },
    'child/c2': { place: 2, name: 'Robin', age: 3 },
    ...PEOPLE,
    quorum: { ...MET, ...quorum },
    ...more,
  }
  return made
}

it('the bar says nothing while nothing is missing', () => {
  expect(quorumSign(board())).toBe('')
  expect(quorumSign(board({}, { quorum: undefined }))).toBe('')
})

it('the bar says which services are missing, and whom nobody knows', () => {
  expect(quorumSign(board({ missing: ['police'] }))).toBe('Not enough services here: police')
  expect(quorumSign(board({ unknown_children: ['c2'] }))).toBe('Nobody here knows Robin')
  expect(quorumSign(board({ missing: ['police'], unknown_children: ['c2', 'c1'] }))).toBe(
    'Not enough services here: police. Nobody here knows Tansy and Robin',
  )
})

it('once the chair wrote why she goes on, or has decided, the bar is quiet', () => {
  const missing = ['police']
  expect(quorumSign(board({ missing, went_on: { at: '2025-06-24T09:00:00Z', reason: 'Agreed by phone.' } }))).toBe('')
  expect(quorumSign(board({ missing }, { conference: { locked: true } }))).toBe('')
})

it('for each child it is said which services know them', () => {
  expect(knownWords(board(), MET)).toEqual(['Tansy: Police and School', 'Robin: Police'])
})

it('who has not been heard is told once most have been, and never of who has the floor', () => {
  expect(notHeardYet(board({}, { not_heard: ['p1', 'p2', 'p3'] }))).toEqual(new Set())
  expect(notHeardYet(board({}, { not_heard: ['p2', 'p4'] }))).toEqual(new Set(['p2', 'p4']))
  expect(notHeardYet(board({}, { not_heard: ['p2', 'p4'], floor: { person_id: 'p2' } }))).toEqual(new Set(['p4']))
})
