import { describe, expect, it } from 'vitest'
import { Outbox, type Answer } from './outbox'
import type { Command } from './protocol'

function desk({ online = true } = {}) {
  const sent: Command[] = []
  const orphaned: string[] = []
  const timers: { run: () => void; after: number }[] = []
  let next = 0
  const state = { online, confirm: (_: boolean) => undefined as void }
  const outbox = new Outbox({
    send: (text) => {
      if (!state.online) return false
      sent.push(JSON.parse(text) as Command)
      return true
    },
    changed: () => undefined,
    orphaned: (command, answer) => orphaned.push(`${command.id}: ${answer.message}`),
    confirm: () => new Promise((tell) => (state.confirm = tell)),
    later: (run, after) => timers.push({ run, after }),
    newId: () => `id-${++next}`,
  })
  return { outbox, sent, orphaned, timers, state }
}

const words = { column: 'worry', text: 'Robin was outside on his own.' }

describe('what a person did', () => {
  it('is answered once, when the server has it on disk', async () => {
    const { outbox, sent } = desk()
    const { id, answer } = outbox.put('add_item', words)
    expect(sent).toEqual([{ id, type: 'add_item', ...words }])
    expect(outbox.waiting).toHaveLength(1)
    outbox.receive({ type: 'saved', id })
    expect(await answer).toEqual({ id, saved: true })
    expect(outbox.waiting).toHaveLength(0)
  })

  it('comes back with the sentence when the rules say no', async () => {
    const { outbox } = desk()
    const { id, answer } = outbox.put('add_item', words)
    outbox.receive({ type: 'refused', id, reason: 'locked', message: 'The decisions are made.' })
    expect(await answer).toEqual({ id, saved: false, reason: 'locked', message: 'The decisions are made.' })
    expect(outbox.waiting).toHaveLength(0)
  })

  it('waits until they have shown that it is them, and is then the very same', async () => {
    const { outbox, sent, state } = desk()
    const { id, answer } = outbox.put('record_decision', { child_id: 'c' })
    const no = { type: 'refused', id, reason: 'confirm_first', message: 'Show first that it is you.' } as const
    outbox.receive(no)
    outbox.connected()
    outbox.receive(no) // asked once, however often it was sent
    expect(outbox.waiting).toHaveLength(1)
    state.confirm(true)
    await Promise.resolve()
    await Promise.resolve()
    expect(sent.at(-1)).toEqual({ id, type: 'record_decision', child_id: 'c' })
    expect(sent).toHaveLength(3)
    outbox.receive({ type: 'saved', id })
    expect(await answer).toEqual({ id, saved: true })
  })

  it('comes back to where it was written when they would rather not show it now', async () => {
    const { outbox, sent, state } = desk()
    const { id, answer } = outbox.put('record_decision', { child_id: 'c' })
    outbox.receive({ type: 'refused', id, reason: 'confirm_first', message: 'Show first that it is you.' })
    state.confirm(false)
    expect(await answer).toMatchObject({ saved: false, reason: 'confirm_first' })
    expect(sent).toHaveLength(1)
    expect(outbox.waiting).toHaveLength(0)
  })

  it('names the field when a frame was not as it should be', async () => {
    const { outbox } = desk()
    const { id, answer } = outbox.put('add_item', words)
    outbox.receive({ type: 'error', id, code: 'invalid', field: 'text', reference: null })
    expect(await answer).toMatchObject({ saved: false, reason: 'invalid', field: 'text' })
  })

  it('waits here while there is no connection, and goes in the order in which it was done', () => {
    const { outbox, sent, state } = desk({ online: false })
    const first = outbox.put('add_item', words).id
    const second = outbox.put('move_item', { item_id: first }).id
    expect(sent).toEqual([])
    state.online = true
    outbox.connected()
    expect(sent.map((command) => command.id)).toEqual([first, second])
  })

  it('goes again under the same id after a reconnection, so that it is never done twice', async () => {
    const { outbox, sent } = desk()
    const { id, answer } = outbox.put('add_item', words)
    outbox.connected()
    expect(sent.map((command) => command.id)).toEqual([id, id])
    outbox.receive({ type: 'saved', id })
    outbox.receive({ type: 'saved', id })
    expect((await answer).saved).toBe(true)
    outbox.connected()
    expect(sent).toHaveLength(2)
  })

  it('is kept and sent again under the same id when the server could not save it', async () => {
    const { outbox, sent, timers } = desk()
    const { id, answer } = outbox.put('add_item', words)
    outbox.receive({ type: 'error', id, code: 'not_saved', field: null, reference: 'r1' })
    expect(outbox.waiting).toHaveLength(1)
    timers[0]!.run()
    expect(sent.map((command) => command.id)).toEqual([id, id])
    outbox.receive({ type: 'error', id, code: 'not_saved', field: null, reference: 'r2' })
    expect(timers[1]!.after).toBeGreaterThan(timers[0]!.after)
    outbox.receive({ type: 'saved', id })
    timers[1]!.run()
    expect(sent).toHaveLength(2)
    expect((await answer).saved).toBe(true)
  })

  it('is sent later, not lost, when somebody types faster than the server allows', () => {
    const { outbox, sent, timers } = desk()
    const { id } = outbox.put('add_item', words)
    outbox.receive({ type: 'error', id, code: 'too_fast', field: null, reference: null })
    timers[0]!.run()
    expect(sent).toHaveLength(2)
  })

  it('lets what was done after it wait too, so that all goes again in order', () => {
    const { outbox, sent, timers } = desk()
    const first = outbox.put('add_item', words).id
    outbox.receive({ type: 'error', id: first, code: 'not_saved', field: null, reference: 'r1' })
    const second = outbox.put('move_item', { item_id: first }).id
    expect(sent.map((command) => command.id)).toEqual([first])
    timers[0]!.run()
    expect(sent.map((command) => command.id)).toEqual([first, first, second])
  })

  it('is not mixed up with an answer that belongs to nobody', () => {
    const { outbox } = desk()
    outbox.put('add_item', words)
    outbox.receive({ type: 'error', id: null, code: 'invalid', field: null, reference: null })
    outbox.receive({ type: 'saved', id: 'somebody-else' })
    expect(outbox.waiting).toHaveLength(1)
  })
})

describe('a page that was loaded again', () => {
  it('still sends what was not answered, with its old id', () => {
    const before = desk({ online: false })
    const { id } = before.outbox.put('add_item', words)
    const after = desk({ online: false })
    after.outbox.restore(before.outbox.waiting)
    after.state.online = true
    after.outbox.connected()
    expect(after.sent.map((command) => command.id)).toEqual([id])
    after.outbox.receive({ type: 'saved', id })
    expect(after.outbox.waiting).toEqual([])
  })

  it('says what came back with "no", since nobody waits for the answer any more', () => {
    const { outbox, orphaned } = desk()
    outbox.restore([{ id: 'old', type: 'add_item', ...words } as Command])
    outbox.receive({ type: 'refused', id: 'old', reason: 'locked', message: 'Too late.' })
    expect(orphaned).toEqual(['old: Too late.'])
  })

  it('is not sent twice where another tab has left the same', () => {
    const { outbox, sent } = desk({ online: false })
    const { id } = outbox.put('add_item', words)
    outbox.restore([{ id, type: 'add_item', ...words } as Command])
    expect([outbox.waiting.length, sent.length]).toEqual([1, 0])
  })
})

it('gives every act its own promise', async () => {
  const { outbox } = desk()
  const one = outbox.put('give_floor', { person_id: 'a' })
  const two = outbox.put('give_floor', { person_id: 'b' })
  outbox.receive({ type: 'refused', id: two.id, reason: 'not_found', message: 'No.' })
  outbox.receive({ type: 'saved', id: one.id })
  const answers: Answer[] = await Promise.all([one.answer, two.answer])
  expect(answers.map((answer) => answer.saved)).toEqual([true, false])
})
