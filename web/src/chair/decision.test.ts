import { describe, expect, it } from 'vitest'
import { ENGLAND } from '../gallery/england'
import { EMPTY, readAloud, recordCommand, stillToDo } from './decision'

const protection = {
  ...EMPTY,
  outcome: 'child_protection_plan' as const,
  categories: ['neglect'],
  reasons: 'Robin has been outside twice.',
}

it('nothing is chosen for the chair', () => {
  expect(EMPTY).toMatchObject({ outcome: null, categories: [] })
  expect(stillToDo(ENGLAND, EMPTY, false)).toEqual(['plan', 'reasons'])
})

it('a category belongs to a Child Protection plan only', () => {
  expect(stillToDo(ENGLAND, { ...protection, categories: [] }, false)).toEqual(['category'])
  expect(recordCommand(ENGLAND, 'c1', { ...protection, outcome: 'no_plan' }, false)).toMatchObject({ category: null })
})

it('steps that did not happen need the chair’s own reason, and only then is one sent', () => {
  expect(stillToDo(ENGLAND, protection, true)).toEqual(['why you go on without the steps'])
  expect(recordCommand(ENGLAND, 'c1', { ...protection, override: 'Not needed' }, false)).not.toHaveProperty('override')
  expect(recordCommand(ENGLAND, 'c1', { ...protection, override: 'The scale was skipped.' }, true)).toMatchObject({
    override: { reason: 'The scale was skipped.' },
  })
})

it('it is read aloud in the words that will be recorded', () => {
  expect(readAloud(ENGLAND, 'Robin', protection)).toEqual([
    'Robin: Child Protection plan.',
    'Category: Neglect.',
    'Robin has been outside twice.',
  ])
})

describe('in another area', () => {
  const several = {
    ...ENGLAND,
    categories: { ...ENGLAND.categories, mode: 'agreed' as const, at_most: 2 },
  }
  const two = { ...protection, categories: ['neglect', 'emotional_abuse'] }

  it('a plan may be named after more than one category, and not after more than the area allows', () => {
    expect(recordCommand(several, 'c1', two, false)).toMatchObject({
      category: 'neglect',
      also_categories: ['emotional_abuse'],
    })
    expect(readAloud(several, 'Robin', two)).toContain('Categories: Neglect and Emotional abuse.')
    expect(stillToDo(several, two, false)).toEqual([])
    expect(stillToDo(ENGLAND, two, false)).toEqual(['categories, at most 1'])
  })

  it('a plan may have no category at all', () => {
    const none = { ...ENGLAND, outcomes: ENGLAND.outcomes.map((one) => ({ ...one, has_category: false })) }
    expect(stillToDo(none, { ...protection, categories: [] }, false)).toEqual([])
    expect(recordCommand(none, 'c1', protection, false).category).toBeNull()
  })
})
