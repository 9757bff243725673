import { expect, it } from 'vitest'
import { changedWords } from './changed'

it('shows the words taken out and the words put in, where they were', () => {
  expect(changedWords('if Mum keeps drinking Robin is hurt', 'if Mum drinks alone Robin is hurt')).toEqual([
    { kind: 'same', text: 'if Mum ' },
    { kind: 'out', text: 'keeps drinking ' },
    { kind: 'in', text: 'drinks alone ' },
    { kind: 'same', text: 'Robin is hurt' },
  ])
})

it('shows a word whose comma moved with it', () => {
  expect(changedWords('if Mum keeps drinking, Robin', 'if Mum drinks alone, Robin')).toEqual([
    { kind: 'same', text: 'if Mum ' },
    { kind: 'out', text: 'keeps drinking, ' },
    { kind: 'in', text: 'drinks alone, ' },
    { kind: 'same', text: 'Robin' },
  ])
})

it('is one piece when nothing changed, and keeps every letter of the wording that stands', () => {
  expect(changedWords('a b', 'a b')).toEqual([{ kind: 'same', text: 'a b' }])
  const pieces = changedWords('They could be hurt.', 'They could be hurt. Callum does not agree.')
  expect(
    pieces
      .filter((piece) => piece.kind !== 'out')
      .map((piece) => piece.text)
      .join(''),
  ).toBe('They could be hurt. Callum does not agree.')
})

it('shows words that were written anew as they stand, not mixed with the old ones', () => {
  const was = 'We are worried that when Callum drinks there is shouting and things get thrown at night.'
  const is = 'We are worried that Robin gets out at night and is hit by a car.'
  expect(changedWords(was, is)).toEqual([{ kind: 'in', text: is }])
})
