// One private suggestion to whoever writes: a word of the trade near the caret, else a sentence that is too long, else words
// that are hard to read. Whether to follow it is theirs.

import { jargonIn, type Found, type Index } from './jargon'
import { longestSentence, READING_AGE, readingAge, WORDS_IN_SENTENCE } from './reading_age'
import { t } from './tongue'

/** A word in the text, or of the text as a whole. */
export type Hint = Found | { word?: undefined; plain: string; fits: false }

const GROWN_UP = 18

export function hintOn(text: string, caret: number, index: Index): Hint | null {
  const found = jargonIn(text, index)
  const near = found.filter((one) => one.from < caret).pop() ?? found[0]
  if (near) return near
  const longest = longestSentence(text)
  if (longest > WORDS_IN_SENTENCE)
    return whole(t('{n} words in one sentence. Two short ones are easier to read.', { n: longest }))
  const age = readingAge(text) ?? 0
  if (age < READING_AGE) return null
  const told = Math.min(GROWN_UP, Math.round(age))
  return whole(
    told < GROWN_UP
      ? t('For readers of about {age}. Shorter words are easier.', { age: told })
      : t('For readers of about {age} or more. Shorter words are easier.', { age: told }),
  )
}

const whole = (plain: string) => ({ plain, fits: false as const })
