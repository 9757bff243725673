// Words of the trade on the board, for whoever reads it: nobody's words are changed; such a word is dotted, and says what it
// means when it is touched.

import { jargonIn, type Index } from '../lib/jargon'

export interface Piece {
  text: string
  /** Where it is such a word. */
  meaning?: string
}

/** The text in its pieces: plain ones, and words with their everyday meaning. */
export function pieces(text: string, index: Index): Piece[] {
  const found: Piece[] = []
  let at = 0
  for (const { from, to, word, plain } of jargonIn(text, index)) {
    if (from > at) found.push({ text: text.slice(at, from) })
    found.push({ text: word, meaning: plain })
    at = to
  }
  if (at < text.length) found.push({ text: text.slice(at) })
  return found
}
