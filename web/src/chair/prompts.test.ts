import { expect, it } from 'vitest'
import type { PromptSeen } from '../lib/protocol'
import { promptsFor, type Whereabouts } from './prompts'

const ALL = (
  [
    ['welcome', 'elicit'],
    ['worry', 'elicit'],
    ['worry', 'amplify'],
    ['past_harm', 'amplify'],
    ['strength', 'elicit'],
    ['next_step', 'elicit'],
    ['safety_goals', 'elicit'],
    ['scale', 'elicit'],
    ['scale', 'follow_up'],
    ['card', 'follow_up'],
  ] as const
).map(([at, way]): PromptSeen => ({ at, way, ask: `${at} ${way}` }))

function asked(more: Partial<Whereabouts>): string[] {
  const where = { pane: 'map', phase: 'mapping', lit: null, litCard: undefined, column: 'worry', scale: undefined }
  return promptsFor(ALL, { ...where, ...more } as Whereabouts).map((one) => one.ask)
}

it('a lit card is asked about first, then its group and its column', () => {
  const litCard = { column: 'worry', sub_category: 'past_harm' } as const
  expect(asked({ lit: 'item/1', litCard })).toEqual([
    'card follow_up',
    'past_harm amplify',
    'worry elicit',
    'worry amplify',
  ])
})

it('without a lamp it is the stage, and on the map the column in hand', () => {
  expect(asked({ phase: 'welcome' })).toEqual(['welcome elicit'])
  expect(asked({ column: 'strength' })).toEqual(['strength elicit'])
  expect(asked({ phase: 'next_steps' })).toEqual(['next_step elicit'])
  expect(asked({ lit: 'column/strength', phase: 'next_steps' })).toEqual(['strength elicit'])
  expect(asked({ pane: 'danger', phase: 'safety_goals' })).toEqual(['safety_goals elicit'])
})

it('what would make it higher is asked once the numbers are shown', () => {
  expect(asked({ pane: 'scale', scale: { revealed: false } })).toEqual(['scale elicit'])
  expect(asked({ pane: 'scale', scale: { revealed: true } })).toEqual(['scale follow_up'])
})

it('where there is nothing to ask, nothing stands there', () => {
  expect(asked({ pane: 'close' })).toEqual([])
})
