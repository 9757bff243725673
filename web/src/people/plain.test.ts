import { describe, expect, it } from 'vitest'
import { OUTCOME } from '../lib/words'
import { ANSWERED, isAsking, KIND_OF_WORDS, OUTCOME_PLAIN, saidOf, stepOf, STEPS, tabOf } from './plain'

describe('plain words', () => {
  it('name the step of the meeting, and none before it begins', () => {
    expect(stepOf('mapping')).toEqual({ number: 2, name: 'Making the map' })
    expect(stepOf('safety_goals')?.number).toBe(3)
    expect(stepOf('close')?.number).toBe(8)
    expect(stepOf('prepare')).toBeNull()
  })

  it('say who agrees as people say it', () => {
    expect(ANSWERED('no', false)).toBe('does not agree')
    expect(ANSWERED('no', true)).toBe('do not agree')
  })

  it('have one for every outcome', () => {
    expect(Object.keys(OUTCOME_PLAIN).sort()).toEqual(Object.keys(OUTCOME).sort())
    expect(saidOf('no plan is needed')).toBe('No plan is needed.')
  })

  it('never use the words that the trade uses about people', () => {
    const all = [...Object.values(OUTCOME_PLAIN), ...Object.values(KIND_OF_WORDS), ...STEPS.map((step) => step.name)]
    expect(all.join(' ')).not.toMatch(/\b(vote|case|client|victim|perpetrator)\b/i)
  })
})

describe('where something that is lit stands on the tablet', () => {
  const columnOf = (id: string) => (id === '1' ? ('strength' as const) : undefined)

  it('is the tab of its column', () => {
    expect(tabOf('item/1', columnOf)).toBe('strength')
    expect(tabOf('column/next_step', columnOf)).toBe('next_step')
    expect(tabOf('goal/9', columnOf)).toBe('next_step')
  })

  it('is no tab for what has a page of its own, or is not here', () => {
    expect(tabOf('answer/1/2', columnOf)).toBeNull()
    expect(tabOf('item/gone', columnOf)).toBeNull()
    expect(tabOf(null, columnOf)).toBeNull()
  })
})

describe('whether the question is what everybody looks at', () => {
  it('is so while numbers come in, and while they are talked about', () => {
    expect(isAsking('scaling', { closed: false, revealed: true })).toBe(true)
    expect(isAsking('mapping', { closed: false, revealed: false })).toBe(true)
    expect(isAsking('mapping', { closed: false, revealed: true })).toBe(false)
    expect(isAsking('decision', { closed: false, revealed: false })).toBe(false)
    expect(isAsking('scaling', undefined)).toBe(false)
  })
})
