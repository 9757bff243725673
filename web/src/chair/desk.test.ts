import { beforeEach, expect, it } from 'vitest'
import { keepDraftsWith } from '../lib/drafts'
import { Live } from '../lib/live.svelte'
import type { Frame } from '../lib/protocol'
import { Desk } from './desk.svelte'

function sitDown() {
  const sent: Record<string, unknown>[] = []
  const wire = {
    readyState: 1,
    onopen: null,
    onmessage: null as ((event: MessageEvent) => void) | null,
    onclose: null,
    send: (text: string) => sent.push(JSON.parse(text) as Record<string, unknown>),
    close: () => undefined,
  }
  const live = new Live({ surface: 'chair', conference: 'c', person: 'p', build: 'b' }, () => wire)
  live.start()
  const says = (frame: Frame) => wire.onmessage?.({ data: JSON.stringify(frame) } as MessageEvent)
  says({ type: 'view', epoch: 'e', version: 1, full: true, put: {}, drop: [] })
  const saved = (id: unknown) => says({ type: 'saved', id: String(id), version: 2 } as Frame)
  return { desk: new Desk(live), live, sent, says, saved }
}

const answered = () => new Promise((resolve) => setTimeout(resolve))

beforeEach(() => keepDraftsWith({}, () => {}))

it('what waits for the connection can be taken back, and it says that this waits too', async () => {
  const { desk, live, sent, saved } = sitDown()
  live.link = 'lost'
  void desk.do('spotlight', { key: 'item/a' }, 'Lit on every screen')
  void desk.undo()
  expect(live.note?.text).toBe('Undo waits for the connection: Lit on every screen')
  expect(sent.map((one) => one.of ?? one.key)).toEqual(['item/a', sent[0]!.id])
  void desk.undo()
  expect(live.note?.text).toBe('There is nothing of yours to undo.')
  live.link = 'live'
  for (const { id } of sent) saved(id)
  await answered()
  expect(live.note).toMatchObject({ text: 'Undone: Lit on every screen', act: { label: 'Redo' } })
})

it('undo and redo change places, one act at a time', async () => {
  const { desk, live, sent, saved } = sitDown()
  for (const label of ['First', 'Second']) {
    void desk.do('spotlight', { key: null }, label)
    saved(sent.at(-1)!.id)
    await answered()
  }
  const steps: [() => Promise<void>, string][] = [
    [() => desk.undo(), 'Undone: Second'],
    [() => desk.undo(), 'Undone: First'],
    [() => desk.redo(), 'First'],
    [() => desk.undo(), 'Undone: First'],
  ]
  for (const [act, words] of steps) {
    void act()
    saved(sent.at(-1)!.id)
    await answered()
    expect(live.note?.text).toBe(words)
  }
})

it('what was refused is not there to be undone', async () => {
  const { desk, live, sent, says } = sitDown()
  void desk.do('spotlight', { key: 'item/a' }, 'Lit on every screen')
  says({ type: 'refused', id: String(sent[0]!.id), reason: 'locked', message: 'No.' })
  await answered()
  void desk.undo()
  expect(live.note?.text).toBe('There is nothing of yours to undo.')
})
