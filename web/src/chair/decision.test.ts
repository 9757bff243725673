import { expect, it } from 'vitest'
import { EMPTY, readAloud, recordCommand, stillToDo } from './decision'

const protection = {
  ...EMPTY,
  outcome: 'child_protection_plan' as const,
  category: 'neglect' as const,
  reasons: 'Robin has been outside twice.',
}

it('nothing is chosen for the chair', () => {
  expect(EMPTY).toMatchObject({ outcome: null, category: null })
  expect(stillToDo(EMPTY, false)).toEqual(['plan', 'reasons'])
})

it('a category belongs to a Child Protection plan only', () => {
  expect(stillToDo({ ...protection, category: null }, false)).toEqual(['category'])
  expect(recordCommand('c1', { ...protection, outcome: 'no_plan' }, false)).toMatchObject({ category: null })
})

it('steps that did not happen need the chair’s own reason, and only then is one sent', () => {
  expect(stillToDo(protection, true)).toEqual(['why you go on without the steps'])
  expect(recordCommand('c1', { ...protection, override: 'Not needed' }, false)).not.toHaveProperty('override')
  expect(recordCommand('c1', { ...protection, override: 'The scale was skipped.' }, true)).toMatchObject({
    override: { reason: 'The scale was skipped.' },
  })
})

it('it is read aloud in the words that will be recorded', () => {
  expect(readAloud('Robin', protection)).toEqual([
    'Robin: Child Protection plan.',
    'Category: Neglect.',
    'Robin has been outside twice.',
  ])
})
