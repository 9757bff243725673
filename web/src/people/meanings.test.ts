import { expect, it } from 'vitest'
import { MEANINGS } from '../gallery/words'
import { pieces } from './meanings'

it('a word of the trade stands out with its everyday meaning, and the words stay as they were said', () => {
  const text = 'Is this Significant Harm? The threshold is high, and neglect is not.'
  const found = pieces(text, MEANINGS)
  expect(found.map((piece) => piece.text).join('')).toBe(text)
  expect(found.filter((piece) => piece.meaning).map((piece) => piece.text)).toEqual([
    'Significant Harm',
    'threshold',
    'neglect',
  ])
  expect(found.find((piece) => piece.text === 'threshold')?.meaning).toBe('The test for needing this plan.')
})

it.each(['Robin was outside on his own.', 'She went cinema-ward', '', 'An unneglected garden'])(
  'everyday words are left alone: %s',
  (text) => {
    expect(pieces(text, MEANINGS).filter((piece) => piece.meaning)).toEqual([])
  },
)
