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
  expect(tries(ways, 4)).toEqual(['socket', 'socket', 'socket', 'stream'])
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

it('where the socket has worked before it is tried between the others: a server that is away opens none of them', () => {
  const ways = here()
  ways.next()
  ways.works()
  const sockets = ['socket', 'socket', 'socket']
  expect(tries(ways, 8)).toEqual([...sockets, 'stream', 'socket', 'short', 'socket', 'stream'])
})

it('a server that was away for long is on the socket again two seconds after a stream was quicker', () => {
  const ways = here()
  ways.next()
  ways.works()
  tries(ways, 3)
  expect(ways.next()).toBe('stream')
  expect(ways.works()).toBe(2000)
  ways.trySocket()
  expect(ways.next()).toBe('socket')
  expect(ways.works()).toBeNull()
  expect(kept).toBeNull()
})

it('a socket that is blocked from some moment on is tried ever less often, and that is remembered in the end', () => {
  const ways = here()
  ways.next()
  ways.works()
  tries(ways, 3)
  const waits = Array.from({ length: 7 }, () => {
    expect(ways.next()).toBe('stream')
    const wait = ways.works()
    expect(kept).toBe(wait === 600_000 ? 'stream 600000' : null)
    ways.trySocket()
    tries(ways, 1)
    return wait
  })
  expect(waits).toEqual([2000, 8000, 32_000, 128_000, 512_000, 600_000, 600_000])
})
