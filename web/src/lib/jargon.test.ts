import { describe, expect, it } from 'vitest'
import { INSTEAD, MEANINGS } from '../gallery/words'
import { indexOf, jargonIn } from './jargon'
import { INPUTS } from './jargon.inputs'

const words = (text: string) => jargonIn(text, INSTEAD).map(({ word }) => word)

describe('of a hundred things that people write', () => {
  const all = INPUTS.map(([text, ...listed]) => {
    const found = words(text)
    return {
      listed,
      caught: listed.filter((word) => found.includes(word)),
      alarms: found.filter((word) => !listed.includes(word)),
      missed: listed.filter((word) => !found.includes(word)),
    }
  })
  const count = (part: 'listed' | 'caught' | 'alarms') => all.reduce((sum, one) => sum + one[part].length, 0)

  it('at least nine in ten of the listed words are caught', () => {
    const missed = all.flatMap((one) => one.missed)
    expect(count('caught') / count('listed'), `missed: ${missed.join(', ')}`).toBeGreaterThanOrEqual(0.9)
  })

  it('fewer than one in twenty of what is said is a false alarm', () => {
    const alarms = all.flatMap((one) => one.alarms)
    expect(count('alarms') / (count('caught') + count('alarms')), `false: ${alarms.join(', ')}`).toBeLessThan(0.05)
  })
})

describe('a word of the trade', () => {
  it.each([
    ['Mum’s engagement is poor', 'engagement'],
    ['She disclosed at school', 'disclosed'],
    ['Is this Significant Harm?', 'Significant Harm'],
    ['THE THRESHOLD IS MET', 'THRESHOLD'],
    ['multi-agency, multi agency', 'multi-agency', 'multi agency'],
    ['a Child in Need plan', 'Child in Need plan'],
    ['under S.47 and s47', 'S.47', 's47'],
    ['Both LADOs rang', 'LADOs'],
    ['The Threshold is met', 'Threshold'],
  ])('is found however it is spelled, and the longest there is: %s', (text, ...found) => {
    expect(words(text)).toEqual(found)
  })

  it.each([
    'Robin ran to the dad next door',
    'He da-da-dummed',
    'We press pause',
    'He is in a hostel',
    'An unneglected dog',
  ])('is not seen inside another: %s', (text) => expect(words(text)).toEqual([]))

  it.each(['Mr Placement rang', 'She met Anna Placement there', 'Placement Road is wet', 'a core. Group two'])(
    'is not seen in a name, or across a full stop: %s',
    (text) => expect(words(text)).toEqual([]),
  )

  it('is replaced by what fits, as large as it was at the start', () => {
    const fits = (text: string) => jargonIn(text, INSTEAD).map(({ plain, fits }) => fits && plain)
    expect(fits('His siblings came')).toEqual(['brothers and sisters'])
    expect(fits('Siblings came')).toEqual(['Brothers and sisters'])
    expect(fits('CIN plan agreed; the CIN plan')).toEqual(['Plan for extra help', 'plan for extra help'])
    expect(fits('There was DV')).toEqual([false])
    expect(fits('The LADO’s letter')).toEqual([false])
  })

  it('is where it says it is', () => {
    const text = 'No “core group” yet.'
    const [one] = jargonIn(text, INSTEAD)
    expect(text.slice(one!.from, one!.to)).toBe('core group')
  })

  it('has its meaning for whoever reads, where the family may meet it', () => {
    const [one] = jargonIn('The threshold is high', MEANINGS)
    expect(one).toMatchObject({ word: 'threshold', plain: 'The test for needing this plan.', fits: false })
    expect(jargonIn('It commenced recently', MEANINGS)).toEqual([])
  })

  it('an everyday phrase with it is left alone, and so is all where there is no list', () => {
    const index = indexOf([{ words: ['contact'], say: 'say when', unless: ['eye contact'] }])
    expect(jargonIn('Eye contact and contact', index).map(({ from }) => from)).toEqual([16])
    expect(jargonIn('contact', new Map())).toEqual([])
  })
})
