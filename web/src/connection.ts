// What gets through from here to the server, in plain words, for whoever looks after the network.
import './lib/older'
import './join.css'
import './languages'
import { learn, t } from './lib/tongue'

export interface Found {
  /** Median of a few requests, there and back, in milliseconds; null: none came back. */
  request: number | null
  /** How far this device's clock is ahead of the server's, in milliseconds. */
  clock: number
  socket: number | null
  /** When each piece of a long answer arrived, since it was asked for; null: none came. */
  pieces: number[] | null
}

const TIMES = 5
const WITHIN = 5000
const APART = 600 // less between the first and the last of four pieces: something kept them until all were there
const CLOCK_OFF = 60_000

export function verdict({ request, socket, pieces }: Found): string {
  if (request === null) return t('The board does not work from here: requests do not come back.')
  if (socket !== null) return t('The board works from here.')
  if (!held(pieces)) return t('The board works from here without websockets.')
  return t('The board works from here without websockets, a little more slowly.')
}

export function inWords(found: Found, { protocol, host }: { protocol: string; host: string }): string[] {
  const { request, clock, socket, pieces } = found
  const open = t('Let through: {address}', { address: `${protocol}//${host}` })
  const minutes = Math.round(Math.abs(clock) / 60_000)
  return [
    protocol === 'https:'
      ? t('This page came over https.')
      : t('This page came over http. That is right for a trial on one machine, and for nothing else.'),
    request === null
      ? t('Requests: none came back within {n} seconds. {open}, GET and POST, with cookies.', {
          n: WITHIN / 1000,
          open,
        })
      : t('Requests: they come back, in {request} ms.', { request }),
    request === null
      ? t('Clock: cannot be compared.')
      : minutes * 60_000 < CLOCK_OFF
        ? t('Clock: that of this device is right.')
        : clock > 0
          ? t('Clock: that of this device is {minutes} minutes ahead. Set it by the network.', { minutes })
          : t('Clock: that of this device is {minutes} minutes behind. Set it by the network.', { minutes }),
    socket === null
      ? t(
          'Websockets: none opened. The board goes on without. For the quickest board let websockets through: {address}, with the Upgrade and Connection headers, and idle for 60 seconds.',
          { address: `${protocol.replace('http', 'ws')}//${host}/api/` },
        )
      : t('Websockets: they open, and come back in {socket} ms.', { socket }),
    pieces === null
      ? t('Long answers: none came. {open}, and answers of the type text/event-stream.', { open })
      : held(pieces)
        ? t(
            'Long answers: something on the way keeps them until they are whole, often a proxy or a virus scanner. The board asks for short ones instead. To mend it, switch off response buffering for {address}.',
            { address: `${protocol}//${host}/api/` },
          )
        : t('Long answers: each piece arrives at once.'),
  ]
}

function held(pieces: number[] | null): boolean {
  return pieces === null || pieces.at(-1)! - pieces[0]! < APART
}

async function look(): Promise<Found> {
  const [request, clock] = await requests()
  return { request, clock, socket: await socket(), pieces: await pieces() }
}

async function requests(): Promise<[number | null, number]> {
  const took: number[] = []
  let clock = 0
  for (let time = 0; time < TIMES; time++) {
    const began = performance.now()
    try {
      const answer = await fetch('/api/connection', { method: 'POST', signal: within() })
      const { at } = (await answer.json()) as { at: number }
      const there = performance.now() - began
      took.push(Math.round(there))
      clock = Date.now() - there / 2 - at
    } catch {
      return [null, 0]
    }
  }
  return [median(took), clock]
}

function socket(): Promise<number | null> {
  return new Promise((done) => {
    const took: number[] = []
    const line = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/connection/socket`)
    const end = (found: number | null) => (line.close(), done(found))
    const late = setTimeout(() => end(null), WITHIN)
    let asked = 0
    const ask = () => ((asked = performance.now()), line.send('?'))
    line.onopen = ask
    line.onmessage = () => {
      took.push(Math.round(performance.now() - asked))
      if (took.length < TIMES) return ask()
      clearTimeout(late)
      end(median(took))
    }
    line.onerror = () => (clearTimeout(late), end(null))
  })
}

async function pieces(): Promise<number[] | null> {
  const began = performance.now()
  const came: number[] = []
  try {
    const answer = await fetch('/api/connection/stream', { method: 'POST', signal: within() })
    const reader = answer.body!.getReader()
    const decoder = new TextDecoder()
    for (let part = await reader.read(); !part.done; part = await reader.read())
      for (const _ of decoder.decode(part.value, { stream: true }).matchAll(/data: /g))
        came.push(performance.now() - began)
  } catch {
    // what came, came
  }
  return came.length ? came : null
}

function median(numbers: number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!
}

function within(): AbortSignal {
  const stop = new AbortController()
  setTimeout(() => stop.abort(), WITHIN)
  return stop.signal
}

async function start(): Promise<void> {
  const element = <T extends HTMLElement>(id: string) => document.getElementById(id) as T
  const [again, copy] = [element<HTMLButtonElement>('again'), element<HTMLButtonElement>('copy')]
  const run = async () => {
    again.disabled = copy.disabled = true
    element('verdict').textContent = t('Trying…')
    element('found').replaceChildren()
    const found = await look()
    element('verdict').textContent = verdict(found)
    for (const words of inWords(found, location)) element('found').append(item(words))
    again.disabled = copy.disabled = false
  }
  again.onclick = () => void run()
  copy.onclick = async () => {
    const text = [location.host, navigator.userAgent, element('verdict').textContent]
    const lines = [...element('found').children].map((one) => `- ${one.textContent}`)
    await navigator.clipboard?.writeText([...text, ...lines].join('\n'))
    element('copied').textContent = navigator.clipboard ? t('Copied.') : t('Mark the words above and copy them.')
  }
  await run()
}

function item(words: string): HTMLLIElement {
  const made = document.createElement('li')
  made.textContent = words
  return made
}

if (document.getElementById('found')) void learn().then(start)
