import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { ItemSeen } from '../lib/protocol'
import { Hand, LIFT_AFTER } from './hand.svelte'
import type { Place } from './moves'

const item = (id: string, group = 'past_harm') => ({ id, column: 'worry', sub_category: group }) as ItemSeen
const box = { left: 10, top: 20, width: 300, height: 50 } as DOMRect
const BEHIND_C: Place = { column: 'strength', sub_category: 'existing_strength', after: 'c' }

function pointer(pointerType: 'mouse' | 'touch', x: number, y: number): PointerEvent {
  return { pointerType, clientX: x, clientY: y, pointerId: 1, isPrimary: true, button: 0 } as PointerEvent
}

let lists: Record<string, ItemSeen[]>
let under: Place | null
const dropped = vi.fn()

function hand() {
  return new Hand({
    group: (_column, group) => lists[group] ?? [],
    placeAt: () => under,
    lifted: () => undefined,
    dropped,
    after: (run, milliseconds) => setTimeout(run, milliseconds),
    cancel: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
  })
}

beforeEach(() => {
  vi.useFakeTimers()
  dropped.mockClear()
  under = null
  lists = { past_harm: [item('a'), item('b')], existing_strength: [item('c', 'existing_strength')] }
})

describe('a finger', () => {
  it('lifts a card by staying on it', () => {
    const one = hand()
    one.press(lists.past_harm![0]!, pointer('touch', 50, 50), box)
    vi.advanceTimersByTime(LIFT_AFTER - 1)
    expect(one.item).toBeNull()
    vi.advanceTimersByTime(1)
    expect(one.item?.id).toBe('a')
    one.move(pointer('touch', 60, 80))
    expect(one.box).toMatchObject({ left: 20, top: 50 })
  })

  it('that scrolls never lifts one', () => {
    const one = hand()
    one.press(lists.past_harm![0]!, pointer('touch', 50, 50), box)
    one.move(pointer('touch', 50, 70))
    vi.advanceTimersByTime(LIFT_AFTER * 2)
    expect(one.item).toBeNull()
    one.press(lists.past_harm![0]!, pointer('touch', 50, 50), box)
    one.putBack() // the browser took it for scrolling
    vi.advanceTimersByTime(LIFT_AFTER * 2)
    expect(one.item).toBeNull()
    expect(dropped).not.toHaveBeenCalled()
  })
})

describe('a card in the hand', () => {
  function lifted() {
    const one = hand()
    one.press(lists.past_harm![0]!, pointer('mouse', 50, 50), box)
    one.move(pointer('mouse', 52, 51))
    expect(one.item).toBeNull() // a click that trembles
    one.move(pointer('mouse', 90, 90))
    return one
  }

  it('lands where the free place is shown', () => {
    const one = lifted()
    under = BEHIND_C
    one.move(pointer('mouse', 400, 90))
    expect(one.slot).toEqual(BEHIND_C)
    one.release(pointer('mouse', 400, 90))
    expect(dropped).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ id: 'a' }), BEHIND_C)
    expect(one.item).toBeNull()
  })

  it('goes back where it was by Escape, outside of the columns, and in its own old place', () => {
    const one = lifted()
    under = BEHIND_C
    one.move(pointer('mouse', 400, 90))
    one.putBack()
    expect(dropped).toHaveBeenLastCalledWith(expect.objectContaining({ id: 'a' }), null)
    const two = lifted()
    under = { column: 'worry', sub_category: 'past_harm', after: null }
    two.move(pointer('mouse', 60, 60))
    expect(two.slot).toBeNull()
    two.release(pointer('mouse', 60, 60))
    expect(dropped).toHaveBeenLastCalledWith(expect.objectContaining({ id: 'a' }), null)
  })

  it('stays in it while views arrive: what others change in its lists is seen after the drop', () => {
    const one = lifted()
    under = BEHIND_C
    one.move(pointer('mouse', 400, 90))
    lists.past_harm = [item('n'), item('b')]
    lists.existing_strength = [item('n', 'existing_strength')]
    lists.future_danger = [item('f', 'future_danger')]
    expect(one.list('worry', 'past_harm').map(({ id }) => id)).toEqual(['a', 'b'])
    expect(one.list('strength', 'existing_strength').map(({ id }) => id)).toEqual(['c'])
    expect(one.list('worry', 'future_danger').map(({ id }) => id)).toEqual(['f'])
    one.putBack()
    expect(one.list('worry', 'past_harm').map(({ id }) => id)).toEqual(['n', 'b'])
  })
})
