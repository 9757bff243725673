import { expect, it } from 'vitest'
import { inWords, verdict, type Found } from './connection'

const HERE = { protocol: 'https:', host: 'board.example.org' }
const FINE: Found = { request: 30, clock: 200, socket: 31, pieces: [10, 410, 810, 1210] }
const said = (found: Partial<Found>, here = HERE) => inWords({ ...FINE, ...found }, here).join('\n')

it('where everything gets through it says so, and how quickly', () => {
  expect(verdict(FINE)).toBe('The board works from here.')
  expect(said({})).toContain('come back in 31 ms')
  expect(said({})).not.toMatch(/let through|mend|set it/i)
})

it('where websockets are blocked it says that the board goes on, and what to let through', () => {
  expect(verdict({ ...FINE, socket: null })).toBe('The board works from here without websockets.')
  expect(said({ socket: null })).toContain('wss://board.example.org/api/, with the Upgrade and Connection headers')
})

it('where a proxy keeps answers until they are whole it says what to switch off', () => {
  const pieces = [1600, 1601, 1602, 1602]
  expect(verdict({ ...FINE, socket: null, pieces })).toContain('a little more slowly')
  expect(said({ pieces })).toContain('switch off response buffering for https://board.example.org/api/')
})

it('where nothing comes back it does not speak of the clock', () => {
  const found = { request: null, socket: null, pieces: null }
  expect(verdict({ ...FINE, ...found })).toContain('does not work')
  expect(said(found)).toContain('Clock: cannot be compared.')
})

it('a clock that is wrong, and a page that came in the clear, are named', () => {
  expect(said({ clock: -180_000 })).toContain('3 minutes behind')
  expect(said({}, { ...HERE, protocol: 'http:' })).toContain('came over http.')
})
