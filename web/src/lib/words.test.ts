import { describe, expect, it } from 'vitest'
import { day } from './dates'
import { ends } from './marks'
import { firstName, listed, shortRelationship } from './names'
import { plainHint } from './words'

describe('a word that the family might not know', () => {
  it.each([
    ['Mum’s engagement is poor', 'engagement'],
    ['She disclosed at school', 'disclosed'],
    ['A DV incident', 'DV'],
    ['The S47 enquiry', 'S47'],
  ])('gets one plain suggestion: %s', (text, word) => {
    expect(plainHint(text)?.word).toBe(word)
  })

  it.each(['Robin ran to the dad next door', 'He da-da-dummed', 'We press pause', 'He is in a hostel'])(
    'is not seen where there is none: %s',
    (text) => {
      expect(plainHint(text)).toBeNull()
    },
  )
})

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

it('three words stand under the ruler: a middle person, never an average', () => {
  expect(ends([3, 7, 7, 7])).toEqual({ lowest: 3, middle: 7, highest: 7 })
  expect(ends([2, 9])).toEqual({ lowest: 2, middle: 2, highest: 9 })
  expect(ends([])).toBeNull()
})
