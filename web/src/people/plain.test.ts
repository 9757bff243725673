import { describe, expect, it } from 'vitest'
import { answered } from '../lib/words'
import { isAsking, KIND_OF_WORDS, saidOf, tabOf } from './plain'

describe('plain words', () => {
  it('say who agrees as people say it', () => {
    expect(answered('no', 'Dana')).toBe('<b>Dana</b> does not agree')
    expect(answered('no', 'Dana', true)).toBe('<b>You</b> do not agree')
  })

  it('are a sentence where they stand alone', () => {
    expect(saidOf('no plan is needed')).toBe('No plan is needed.')
  })

  it('never use the words that the trade uses about people', () => {
    expect(Object.values(KIND_OF_WORDS).join(' ')).not.toMatch(/\b(vote|case|client|victim|perpetrator)\b/i)
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
