import { render, screen } from '@testing-library/svelte'
import { flushSync, tick, type Component } from 'svelte'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { DANA, decision, question, STATEMENTS, TANSY } from '../gallery/meeting'
import { lineOf } from '../gallery/stand'
import { give, Speech, voice } from '../gallery/voice'
import type { Live } from '../lib/live.svelte'
import type { View } from '../lib/protocol'
import FamilyDecision from './FamilyDecision.svelte'
import FamilyNumber from './FamilyNumber.svelte'
import { Kept } from './kept.svelte'
import { listen, Listen } from './listen.svelte'
import Statements from './Statements.svelte'

const CARD = 'Robin was out. He cried.'
let speech: Speech

beforeEach(() => {
  document.documentElement.lang = 'en-GB'
  speech = give(new Speech())
})
afterEach(() => {
  listen.stop()
  document.body.replaceChildren()
})

/** A card by hand, with its button, and whoever reads it. */
function card(words: string): { reader: Listen; button: HTMLElement; words: HTMLElement } {
  const place = document.createElement('div')
  place.innerHTML = `<div>${words}</div><button class="hear">Listen</button>`
  document.body.append(place)
  return { reader: new Listen(), button: place.querySelector('.hear')!, words: place.querySelector('div')! }
}

const marked = ({ at }: Listen) => {
  const [first, last] = [at?.startContainer, at?.endContainer] as Text[]
  if (first === last) return first!.data.slice(at!.startOffset, at!.endOffset)
  return `${first!.data.slice(at!.startOffset)} to ${last!.data.slice(0, at!.endOffset)}`
}
const all = () => {
  while (speech.now) speech.ends()
  return speech.words
}

it('reads one sentence after the other, and is done', () => {
  const { reader, button } = card(CARD)
  reader.toggle(button)
  expect(speech.words).toEqual(['Robin was out.'])
  speech.ends()
  expect(speech.words).toEqual(['Robin was out.', 'He cried.'])
  speech.ends()
  expect(reader.by).toBeNull()
})

it('marks the word that is said, and the sentence where a voice does not tell', () => {
  const { reader, button } = card('Robin was <b style="display: inline">out</b>. He cried.')
  reader.toggle(button)
  expect(marked(reader)).toBe('Robin was  to .')
  speech.at('was')
  expect(marked(reader)).toBe('was')
  speech.at('Robin', 'sentence')
  expect(marked(reader)).toBe('was')
  speech.at('out')
  expect(marked(reader)).toBe('out to .')
  speech.ends()
  expect(marked(reader)).toBe('out to .') // this voice tells words, so no whole sentence flashes up
  speech.at('cried')
  expect(marked(reader)).toBe('cried.')
})

it('stops when it is pressed again, and reads one thing at a time', () => {
  const [one, other] = [card(CARD), card('Tansy laughs.')]
  one.reader.toggle(one.button)
  one.reader.toggle(other.button)
  expect(speech.now?.text).toBe('Tansy laughs.')
  one.reader.toggle(other.button)
  expect([speech.now, one.reader.by]).toEqual([null, null])
})

it('stops when its words change or go, and goes on when something beside them does', async () => {
  const { reader, button, words } = card(`<span>${CARD}</span><p class="now">We are talking about this</p>`)
  reader.toggle(button)
  words.querySelector('.now')!.remove()
  await tick()
  expect(reader.by).toBe(button)
  words.querySelector('span')!.firstChild!.nodeValue = 'Robin was in. He cried.'
  await tick()
  expect([speech.now, reader.by]).toEqual([null, null])
  reader.toggle(button)
  words.parentElement!.remove()
  await tick()
  expect([speech.now, reader.by]).toEqual([null, null])
})

it('says nothing on a page that is hidden or left', () => {
  const { reader, button } = card(CARD)
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true)
  reader.toggle(button)
  document.dispatchEvent(new Event('visibilitychange'))
  expect([speech.now, reader.by]).toEqual([null, null])
  hidden.mockRestore()
  reader.toggle(button)
  dispatchEvent(new Event('pagehide'))
  expect([speech.now, reader.by]).toEqual([null, null])
})

it('reads each language with a voice of its own, and leaves out what no voice here can say', () => {
  speech.learns(voice('Near', 'en-GB'), voice('Blisko', 'pl-PL'))
  const { reader, button } = card('Robin cried. <span lang="pl">Robin płakał.</span> <span lang="ur">رابن</span> Then?')
  reader.toggle(button)
  all()
  expect(speech.said.map((one) => [one.text, one.voice?.name])).toEqual([
    ['Robin cried.', 'Near'],
    ['Robin płakał.', 'Blisko'],
    [' Then?', 'Near'],
  ])
})

it('is there once a voice of the device is, and falls silent rather than use another', () => {
  speech.learns()
  const { reader, button } = card(CARD)
  expect(reader.available).toBe(false)
  speech.learns(voice('Far', 'en-GB', false))
  expect(reader.available).toBe(false)
  speech.learns(voice('Near', 'en-GB'), voice('Far', 'en-GB', false))
  expect(reader.available).toBe(true)
  reader.toggle(button)
  speech.learns(voice('Far', 'en-GB', false))
  speech.ends()
  expect(speech.words).toEqual(['Robin was out.'])
  expect([reader.available, reader.by]).toEqual([false, null])
})

function read<P extends Record<string, unknown>>(what: Component<P>, props: P, name: RegExp): string[] {
  listen.available = true
  render(what as Component, props)
  flushSync()
  screen.getAllByRole('button', { name })[0]!.click()
  return all()
}

const at = (phase: 'scaling' | 'decision' | 'danger_statements', more: View): Live => lineOf(DANA, { phase, more })

it('a parent hears the question, and what 0 and 10 mean, before and after their number is in', () => {
  const scale = { ...question('s'), id: 's' }
  const live = at('scaling', { 'scale/s': scale })
  const heard = read(FamilyNumber, { live, kept: new Kept(), scale }, /^Listen/)
  expect(heard.join(' ').replace(/\s+/g, ' ')).toBe(`${scale.question} 0 ${scale.low_end} 10 ${scale.high_end}`)
  speech.said = []
  const mine = [{ person_id: DANA, score: 4, for_child: null, passed: false, why: '' }]
  live.board.receive({ type: 'view', own: true, put: { 'mine/answer/s': mine }, drop: [] })
  flushSync()
  screen.getByRole('button', { name: /^Listen/ }).click()
  expect(all()).toEqual(heard)
})

it('a parent hears a danger statement, and a decision with its reasons', () => {
  const statement = Object.values(STATEMENTS)[0] as { text: string }
  expect(read(Statements, { live: at('danger_statements', STATEMENTS) }, /^Listen/).join(' ')).toContain(
    statement.text.split('. ')[0],
  )
  speech.said = []
  const made = decision(TANSY)
  const heard = read(FamilyDecision, { live: at('decision', { [`decision/${TANSY}`]: made }) }, /decision for Tansy/)
  expect(heard[0]).toBe('Tansy')
  expect(heard.join(' ')).toContain('Why')
  expect(heard.join(' ')).toContain(made.reasons.slice(0, 60))
})
