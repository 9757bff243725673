import { beforeEach, expect, it } from 'vitest'
import { Ways } from './ways'

let now: number
let kept: string | null
const here = () => new Ways({ now: () => now, read: () => kept, keep: (text) => (kept = text) })

beforeEach(() => {
  now = 0
  kept = null
})

function tries(ways: Ways, times: number): string[] {
  return Array.from({ length: times }, () => {
    const way = ways.next()
    ways.failed()
    return way
  })
}

it('what does not open gives way to the next, over and over', () => {
  expect(tries(here(), 7)).toEqual(['socket', 'stream', 'short', 'socket', 'stream', 'short', 'socket'])
})

it('a socket that has worked is tried three times: a server that restarts looks like one that is blocked', () => {
  const ways = here()
  ways.next()
  expect(ways.works()).toBeNull()
  expect(tries(ways, 5)).toEqual(['socket', 'socket', 'socket', 'stream', 'short'])
})

it('what a network lets through is remembered, and the socket is tried again after ten minutes', () => {
  const ways = here()
  tries(ways, 2)
  expect(ways.next()).toBe('short')
  expect(ways.works()).toBe(600_000)
  expect(here().next()).toBe('short')
  now = 600_000
  expect(here().next()).toBe('socket')
})

it('where the socket has worked before it is tried again soon, and nothing is remembered', () => {
  const ways = here()
  ways.next()
  ways.works()
  tries(ways, 3)
  expect(ways.next()).toBe('stream')
  expect(ways.works()).toBe(30_000)
  expect(kept).toBeNull()
  ways.trySocket()
  expect(tries(ways, 2)).toEqual(['socket', 'stream'])
})
