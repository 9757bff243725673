import { describe, expect, it } from 'vitest'
import { roomPage, type Standing } from './page'

const standing = (over: Partial<Standing>): Standing => ({
  phase: 'mapping',
  lit: null,
  litColumn: null,
  scale: null,
  decides: true,
  arranged: false,
  ...over,
})

describe('the one thing on the room screen', () => {
  it('follows the stage', () => {
    expect(roomPage(standing({ phase: 'welcome' }))).toBe('welcome')
    expect(roomPage(standing({}))).toBe('map')
    expect(roomPage(standing({ phase: 'safety_goals' }))).toBe('statements')
    expect(roomPage(standing({ phase: 'decision' }))).toBe('decision')
  })

  it('ends with the plan where nothing is decided', () => {
    expect(roomPage(standing({ phase: 'close', decides: false }))).toBe('steps')
    expect(roomPage(standing({ phase: 'close', arranged: true }))).toBe('next')
    expect(roomPage(standing({ phase: 'close', arranged: true, decides: false }))).toBe('next')
  })

  it('is the question as long as one is open, and the map until one is asked', () => {
    expect(roomPage(standing({ phase: 'scaling' }))).toBe('map')
    expect(roomPage(standing({ phase: 'mapping', scale: { closed: false, revealed: false } }))).toBe('scale')
    expect(roomPage(standing({ phase: 'scaling', scale: { closed: true, revealed: true } }))).toBe('scale')
  })

  it('leaves a question that is shown when the meeting moves on', () => {
    expect(roomPage(standing({ phase: 'agency_views', scale: { closed: false, revealed: true } }))).toBe('views')
    expect(roomPage(standing({ phase: 'mapping', scale: { closed: false, revealed: true } }))).toBe('map')
  })

  it('goes to what the chair lights, wherever that stands', () => {
    expect(roomPage(standing({ phase: 'next_steps', lit: 'item/1', litColumn: 'worry' }))).toBe('map')
    expect(roomPage(standing({ phase: 'next_steps', lit: 'item/1', litColumn: 'next_step' }))).toBe('steps')
    expect(roomPage(standing({ lit: 'danger/1' }))).toBe('statements')
    expect(roomPage(standing({ phase: 'decision', lit: 'answer/1/2' }))).toBe('scale')
  })
})
