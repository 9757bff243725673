import { describe, expect, it } from 'vitest'
import { day } from './dates'
import { ends, endsSaid, endWord } from './marks'
import { firstName, listed, shortRelationship } from './names'

describe('names', () => {
  it('drop titles, and are what stands in a bracket', () => {
    expect(firstName('PC Rowan Achebe')).toBe('Rowan')
    expect(firstName('Maureen Wrenfield (Nana Mo)')).toBe('Nana Mo')
    expect(firstName('Maureen Wrenfield ()')).toBe('Maureen')
  })

  it('say what somebody is, shortly', () => {
    expect(shortRelationship('Mum to Tansy and Robin')).toBe('Mum')
    expect(shortRelationship('Dana’s mum. Grandmother to Tansy and Robin.')).toBe('Dana’s mum')
    expect(shortRelationship('Police officer, protecting people team')).toBe('Police officer')
  })

  it('are listed the way people say them', () => {
    expect(listed(['Isla', 'Robin', 'Ash'])).toBe('Isla, Robin and Ash')
  })
})

it('dates name the day, and the year only where it is another', () => {
  expect(day('2026-03-20', new Date('2026-03-12'))).toBe('Fri 20 March')
  expect(day('2025-05-31', new Date('2026-03-12'))).toBe('Sat 31 May 2025')
})

it('at most three words stand under the ruler, each under a number of its own: a middle person, never an average', () => {
  expect(ends([3, 4, 4, 9])).toEqual({ lowest: 3, middle: 4, highest: 9 })
  expect(ends([3, 7, 7, 7])).toEqual({ lowest: 3, middle: null, highest: 7 })
  expect(ends([])).toBeNull()
  const under = (scores: number[]) => scores.map((one) => endWord(ends(scores), one))
  expect(under([2, 5, 9])).toEqual(['Lowest', 'Middle', 'Highest'])
  expect(under([2, 9])).toEqual(['Lowest', 'Highest'])
  expect(under([5, 5])).toEqual(['All at 5', 'All at 5'])
  expect(endWord(ends([5, 5]), 4)).toBe('')
  expect(endWord(null, 0)).toBe('')
  const said = (scores: number[]) => endsSaid(ends(scores)!)
  expect([said([2, 5, 9]), said([2, 9]), said([5])]).toEqual([
    'Lowest 2, middle 5, highest 9',
    'Lowest 2, highest 9',
    'All at 5',
  ])
})
