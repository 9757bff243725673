import { describe, expect, it } from 'vitest'
import { ENGLAND } from '../gallery/england'
import { categoriesOf, NO_AREA, outcomeIn, plainVoiceOf, stageAt, voiceOf } from './area'
import { LiveBoard } from './board.svelte'
import type { AreaSeen, DecisionSeen, NamedSeen } from './protocol'

const GREY: NamedSeen = { code: 'grey_area', words: 'Grey area', plain: 'What we are not sure about' }
const OWN: AreaSeen = {
  ...ENGLAND,
  stages: [
    { phases: ['welcome'], words: 'Hello', plain: 'Hello' },
    { phases: ['scaling'], words: 'Number', plain: 'A number' },
    { phases: ['mapping'], words: 'Board', plain: 'The board' },
    { phases: ['close'], words: 'End', plain: 'The end' },
  ],
  columns: {
    ...ENGLAND.columns,
    worry: { ...ENGLAND.columns.worry, question: 'Worries?', groups: [GREY, ...ENGLAND.columns.worry.groups] },
  },
}

function boardOf(area?: AreaSeen, phase = 'mapping') {
  const board = new LiveBoard()
  board.received = { conference: { title: 'T' }, phase: { phase }, ...(area ? { area } : {}) }
  return board
}

describe('what an area calls things', () => {
  it('is a question and a name for each group, on every screen but the family’s', () => {
    const voice = voiceOf(OWN)
    expect(voice.column.worry).toBe('Worries?')
    expect(voice.group['grey_area']).toBe('Grey area')
  })

  it('is in plain words on the family’s tablet, with the children’s names', () => {
    expect(plainVoiceOf(OWN, 'Tansy and Robin').group['existing_safety']).toBe(
      'What already keeps Tansy and Robin safe',
    )
    expect(plainVoiceOf(OWN, '').group['existing_safety']).toBe('What already keeps the children safe')
    expect(plainVoiceOf(OWN, '').group['grey_area']).toBe('What we are not sure about')
  })

  it('has words for each outcome, and for a service that is not able to say', () => {
    expect(outcomeIn(ENGLAND, 'child_protection_plan')).toMatchObject({ short: 'Protection', has_category: true })
    expect(outcomeIn(ENGLAND, 'not_able_to_say').words).toBe('Not able to say')
    expect(outcomeIn(ENGLAND, 'of_long_ago')).toMatchObject({ words: 'of_long_ago', has_category: false })
  })

  it('names every category of a decision, the main one first', () => {
    const decision = { category: 'neglect', also_categories: ['emotional_abuse'] } as DecisionSeen
    expect(categoriesOf(ENGLAND, decision).map((one) => one.words)).toEqual(['Neglect', 'Emotional abuse'])
    expect(categoriesOf(ENGLAND, { ...decision, category: null })).toEqual([])
  })

  it('never has words that the trade uses about people', () => {
    const { outcomes, stages } = ENGLAND
    const all = [...outcomes, ...stages, ...ENGLAND.categories.names].map((one) => one.plain)
    expect(all.join(' ')).not.toMatch(/\b(vote|case|client|victim|perpetrator)\b/i)
  })
})

describe('a board', () => {
  it('has its area’s groups in their order, and only those', () => {
    expect(boardOf(OWN).groups('worry')).toEqual(['grey_area', 'past_harm', 'future_danger', 'complicating_factor'])
    expect(boardOf(OWN).groupWords('grey_area')).toBe('Grey area')
  })

  it('stands in its area’s stages, in their order', () => {
    expect(stageAt(OWN.stages, 'mapping')).toBe(2)
    expect(boardOf(OWN).stageName()).toBe('Board')
    expect(boardOf(OWN).stageAfter('scaling')?.words).toBe('Board')
    expect(boardOf(OWN).stageAfter('close')).toBeUndefined()
    expect(boardOf(OWN, 'prepare').stageName()).toBe('')
  })

  it('has no words of any area on a screen that rests', () => {
    expect(boardOf().area).toBe(NO_AREA)
    expect(boardOf().groups('worry')).toEqual([])
    expect(boardOf().area.practice).toBe(false)
  })
})
