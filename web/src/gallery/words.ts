// The list that is there for every area, as the server sends it: for whoever writes, and for whoever reads.

import { indexOf, type Term } from '../lib/jargon'
import { plainWords } from '../lib/plain_words.svelte'
import { note } from './pseudo'
import shipped from '../../../app/areas/plain_words.json'

const TERMS = (shipped.terms as (Partial<Term> & { means?: string })[]).map((term) => ({
  write: {},
  words: [],
  say: '',
  unless: [],
  ...term,
}))

note(TERMS) // the words of the trade are English

export const INSTEAD = indexOf(TERMS)
export const MEANINGS = indexOf(
  TERMS.flatMap(({ write, words, means, unless }) =>
    means ? [{ words: [...Object.keys(write), ...words], say: means, unless }] : [],
  ),
)

/** In the gallery nobody asks a server. */
plainWords.learn = async (_, meanings = false) => {
  plainWords.now = meanings ? MEANINGS : INSTEAD
}
