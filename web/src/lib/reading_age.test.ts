import { expect, it } from 'vitest'
import ages from './reading_age.json'
import { longestSentence, readingAge, syllablesIn } from './reading_age'

it.each(
  Object.entries({
    cat: 1,
    plate: 1,
    threw: 1,
    walked: 1,
    wanted: 2,
    little: 2,
    houses: 2,
    baby: 2,
    safely: 2,
    family: 3,
  }),
)('the syllables of a word are counted by its vowels: %s', (word, count) => expect(syllablesIn(word)).toBe(count))

it('the longest sentence counts, wherever it ends', () => {
  expect(longestSentence('One two. One two three! Is it?\nOne')).toBe(3)
  expect(longestSentence('At 10.30 he left')).toBe(5)
  expect(longestSentence('')).toBe(0)
})

it.each(ages.map(({ text, age }) => [text, age] as const))(
  'this is what tests/areas/test_reading_age.py holds against a dictionary: %s',
  (text, age) => expect(readingAge(text)).toBeCloseTo(age, 1),
)

it('of too few words nothing is said', () => expect(readingAge('He ran out.')).toBeNull())
