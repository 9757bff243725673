import { fireEvent, render, screen, waitFor } from '@testing-library/svelte'
import { beforeEach, expect, it, vi } from 'vitest'
import { INSTEAD } from '../gallery/words'
import { keepDraftsWith } from '../lib/drafts'
import { Live } from '../lib/live.svelte'
import { plainWords } from '../lib/plain_words.svelte'
import type { Frame } from '../lib/protocol'
import CaptureLine from './CaptureLine.svelte'
import { Desk } from './desk.svelte'

const PUT = {
  conference: { title: 'T', entry: 'offered' },
  phase: { phase: 'mapping' },
  floor: { person_id: 'police' },
  'child/c1': { name: 'Robin', place: 1 },
  'person/police': { name: 'Lorna Keane', role: 'professional', relationship: 'Police' },
  'person/mum': { name: 'Dana Whitlow', role: 'parent', relationship: 'Mum' },
}

function open() {
  const sent: Record<string, unknown>[] = []
  const wire = {
    readyState: 1,
    onopen: null,
    onmessage: null as ((event: MessageEvent) => void) | null,
    onclose: null,
    send: (text: string) => sent.push(JSON.parse(text) as Record<string, unknown>),
    close: () => undefined,
  }
  const says = (frame: Frame) => wire.onmessage?.({ data: JSON.stringify(frame) } as MessageEvent)
  const live = new Live({ surface: 'chair', conference: 'c', person: 'p', build: 'b' }, () => wire)
  live.start()
  says({ type: 'view', epoch: 'e', version: 1, full: true, put: PUT, drop: [] })
  const me = { person_id: 'p', role: 'chair', may: ['add_item'] }
  says({ type: 'view', own: true, full: true, put: { me }, drop: [] })
  const desk = new Desk(live)
  desk.writing = 'worry'
  render(CaptureLine, { desk, column: 'worry', key: '1' })
  return { sent, says, desk }
}

const line = () => screen.getByLabelText<HTMLTextAreaElement>(/Write what was said/)

beforeEach(() => keepDraftsWith({}, () => {}))

it('what a service said aloud goes on the board with Enter, and can be kept back as new', async () => {
  const { sent } = open()
  await fireEvent.input(line(), { target: { value: 'Robin was outside.' } })
  await fireEvent.keyDown(line(), { key: 'Enter' })
  expect(sent[0]).toMatchObject({ text: 'Robin was outside.', family_knows: true })
  await fireEvent.input(line(), { target: { value: 'He has a scar.' } })
  await fireEvent.change(screen.getByLabelText('Has the family heard it?'), { target: { value: 'not_yet' } })
  await fireEvent.keyDown(line(), { key: 'Enter' })
  expect(sent[1]).toMatchObject({ text: 'He has a scar.', family_knows: false })
})

it('what stands in a report is not sent before somebody says whether the family has heard it', async () => {
  const { sent } = open()
  await fireEvent.click(screen.getByRole('button', { name: 'More' }))
  await fireEvent.change(screen.getByLabelText('How we know'), { target: { value: 'report' } })
  await fireEvent.input(line(), { target: { value: 'Robin was outside.' } })
  await fireEvent.keyDown(line(), { key: 'Enter' })
  expect(sent).toEqual([])
  expect(document.querySelector('.refused')?.textContent).toContain('whether the family has heard')
  await fireEvent.change(screen.getByLabelText('Has the family heard it?'), { target: { value: 'not_yet' } })
  await fireEvent.keyDown(line(), { key: 'Enter' })
  expect(sent[0]).toMatchObject({ text: 'Robin was outside.', family_knows: false, source: { person_id: 'police' } })
})

it('Enter empties the line for the next point, and a "no" gives the words back with its sentence', async () => {
  const { sent, says } = open()
  await fireEvent.change(screen.getByLabelText('Said by'), { target: { value: 'mum' } })
  await fireEvent.input(line(), { target: { value: 'I lost my job.' } })
  await fireEvent.keyDown(line(), { key: 'Enter' })
  expect(line().value).toBe('')
  says({ type: 'refused', id: String(sent[0]!.id), reason: 'locked', message: 'The decisions are made.' })
  await waitFor(() => expect(line().value).toBe('I lost my job.'))
  expect(document.querySelector('.refused')?.textContent).toContain('The decisions are made.')
})

it('what was begun is still there after Esc', async () => {
  const { desk } = open()
  await fireEvent.input(line(), { target: { value: 'Half a thought' } })
  await fireEvent.keyDown(line(), { key: 'Escape' })
  expect(desk.writing).toBeNull()
  await waitFor(() => expect(screen.getByRole('button').textContent).toContain('Half a thought'))
})

it('what fits in the place of a word is put there by one key or one press, and nothing else is touched', async () => {
  plainWords.now = INSTEAD
  document.execCommand = () => false // as where a browser does not know it
  open()
  const offered = () => screen.findByRole('button', { name: /^Write “/ })
  await fireEvent.input(line(), { target: { value: 'His siblings saw the altercation.' } })
  expect((await offered()).textContent).toContain('Write “fight”')
  await fireEvent.keyDown(line(), { key: 'Enter', altKey: true })
  expect(line().value).toBe('His siblings saw the fight.')
  await waitFor(async () => expect((await offered()).textContent).toContain('Write “brothers and sisters”'))
  await fireEvent.click(await offered())
  expect(line().value).toBe('His brothers and sisters saw the fight.')
})

it('nothing is suggested for words of the family or of a child, nor is anything kept back for a word', async () => {
  vi.useFakeTimers()
  plainWords.now = INSTEAD
  const { sent } = open()
  const paused = () => vi.advanceTimersByTimeAsync(1000)
  await fireEvent.input(line(), { target: { value: 'There was DV.' } })
  await paused()
  expect(document.body.textContent).toContain('say who did what to whom')
  for (const who of ['mum', 'c1']) {
    await fireEvent.change(screen.getByLabelText('Said by'), { target: { value: who } })
    await paused()
    expect(document.body.textContent).not.toContain('say who did what to whom')
  }
  await fireEvent.change(screen.getByLabelText('Said by'), { target: { value: 'police' } })
  await fireEvent.change(screen.getByLabelText('A child’s own words'), { target: { value: '' } })
  await paused()
  await fireEvent.keyDown(line(), { key: 'Enter' })
  expect(sent[0]).toMatchObject({ text: 'There was DV.' })
  vi.useRealTimers()
})
