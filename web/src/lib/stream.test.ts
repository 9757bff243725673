import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Stream } from './stream'

/** A server that is asked, and answers in pieces. */
class Answers {
  asked: { path: string; body: string | null }[] = []
  next: (Response | Error)[] = []
  fetch = vi.fn((path: string, { body }: RequestInit) => {
    this.asked.push({ path, body: (body as string | null) ?? null })
    const answer = this.next.shift() ?? new Error('nobody is there')
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
  })
}

const LINE = ':   \n\nevent: line\ndata: l1\n\n'
const NOTHING = () => new Response(null, { status: 204 })
let answers: Answers
let read: string[]
let ended: number[]

function open(short = false): Stream {
  const stream = new Stream('/stream', 'build=b', short)
  stream.onmessage = ({ data }) => read.push(data as string)
  stream.onclose = ({ code }) => ended.push(code)
  return stream
}

function pieces(...texts: string[]): Response {
  const bytes = texts.map((text) => new TextEncoder().encode(text))
  return new Response(new ReadableStream({ pull: (to) => (bytes.length ? to.enqueue(bytes.shift()!) : to.close()) }))
}

/** An answer that goes on. */
function lasting(text: string): Response {
  return new Response(new ReadableStream({ start: (to) => to.enqueue(new TextEncoder().encode(text)) }))
}

beforeEach(() => {
  answers = new Answers()
  read = []
  ended = []
  vi.stubGlobal('fetch', answers.fetch)
})
afterEach(() => vi.unstubAllGlobals())

it('frames are read however the answer is cut, and it ends with the code that the server gives', async () => {
  const told = `${LINE}data: {"type":"still","é":1}\n\nevent: close\ndata: 4003\n\n`
  answers.next = [pieces(...Array.from(told))]
  const stream = open()
  await vi.waitFor(() => expect(ended).toEqual([4003]))
  expect(read).toEqual(['{"type":"still","é":1}'])
  expect(stream.readyState).toBe(3)
})

it('what is done while a request is under way goes with the next one, in order', async () => {
  answers.next = [lasting(LINE), NOTHING(), NOTHING()]
  const stream = open()
  await vi.waitFor(() => expect(stream.readyState).toBe(1))
  for (const text of ['1', '2', '3']) stream.send(text)
  await vi.waitFor(() => expect(answers.asked).toHaveLength(3))
  expect(answers.asked).toEqual([
    { path: '/stream?build=b', body: null },
    { path: '/stream/l1', body: '1' },
    { path: '/stream/l1', body: '2\n3' },
  ])
  stream.close()
})

it('a line on which nothing goes up is over: what was not answered is sent again on the next', async () => {
  answers.next = [lasting(LINE), new Response(null, { status: 404 })]
  const stream = open()
  await vi.waitFor(() => expect(stream.readyState).toBe(1))
  stream.send('1')
  await vi.waitFor(() => expect(ended).toEqual([1006]))
})

it('short answers are asked for one after another', async () => {
  answers.next = [pieces(LINE), pieces('data: 1\n\n'), pieces('data: 2\n\n'), new Response(null, { status: 404 })]
  open(true)
  await vi.waitFor(() => expect(ended).toEqual([1006]))
  expect(read).toEqual(['1', '2'])
  expect(answers.asked.map((one) => one.path)).toEqual([
    '/stream?build=b&short=true',
    ...Array<string>(3).fill('/stream/l1/next'),
  ])
})

it.each([new Response(null, { status: 403 }), new Error('no network')])('a refusal ends it: %s', async (refused) => {
  answers.next = [refused]
  open()
  await vi.waitFor(() => expect(ended).toEqual([1006]))
})
