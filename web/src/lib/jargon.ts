// Finds words of the trade in a text, and what stands for them in everyday words. It only reads: nobody's words are changed
// here, and nothing leaves the page.

/** As the server sends one: for whoever writes, or with `say` as its meaning, for whoever reads. */
export interface Term {
  write?: Record<string, string>
  words: string[]
  say: string
  unless: string[]
}

export interface Found {
  from: number
  to: number
  word: string
  plain: string
  /** The plain words can stand in its place, just as they are. */
  fits: boolean
}

interface Entry {
  plain: string
  fits: boolean
}

/** By spelling; null for everyday words that are left alone. */
export type Index = ReadonlyMap<string, Entry | null>

const LONGEST = 6 // words in one term
const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/gu
const BETWEEN = /^(?:\s*[-‑/&]?\s*|\.)$/
const STARTS = /(?:^|[.!?:\n“"(])[\s“"(]*$/
const NAME = /^\p{Lu}\p{Ll}/u
const TITLE = /^(?:M(?:rs?|s|iss)|Dr)$/
const LETTERS = /\p{Lu}.*\p{Lu}/u

/** Without apostrophes; in small letters unless it is one of those made of capitals. */
const bare = (word: string): string => {
  const plain = word.replace(/['’]/g, '')
  return LETTERS.test(plain) ? plain : plain.toLowerCase()
}
const spelled = (words: string): string => (words.match(WORD) ?? []).map(bare).join(' ')

export function indexOf(terms: readonly Term[]): Index {
  const index = new Map<string, Entry | null>()
  for (const { write = {}, words, say, unless } of terms) {
    for (const [word, plain] of Object.entries(write)) index.set(spelled(word), { plain, fits: true })
    for (const word of words) index.set(spelled(word), { plain: say, fits: false })
    for (const word of unless) index.set(spelled(word), null)
  }
  return index
}

/** Every such word, in the order of the text: of two that begin together the longer. */
export function jargonIn(text: string, index: Index): Found[] {
  const found: Found[] = []
  const words = [...text.matchAll(WORD)].map(({ 0: word, index: from }) => ({ word, from, to: from + word.length }))
  const gap = (n: number) => text.slice(words[n - 1]?.to, words[n]?.from)
  const starts = (n: number) => STARTS.test(text.slice(0, words[n]!.from))
  const besideIt = (n: number, other: number) => words[other] && NAME.test(words[other].word) && !gap(n).trim()
  /** A capital beside another one, where no sentence starts: somebody or some place is called so. */
  const isName = (n: number) =>
    NAME.test(words[n]!.word) &&
    (besideIt(n + 1, n + 1) || (besideIt(n, n - 1) && (!starts(n - 1) || TITLE.test(words[n - 1]!.word))))

  for (let n = 0; n < words.length; n++) {
    const { from } = words[n]!
    let hit: Entry | null | undefined
    let last = n
    let key = ''
    for (let end = n; end < n + LONGEST && end < words.length; end++) {
      if (end > n && !BETWEEN.test(gap(end))) break
      const { word } = words[end]!
      key += (end > n ? ' ' : '') + bare(word)
      const small = key.toLowerCase()
      const entry = index.has(key) ? index.get(key) : index.has(small) ? index.get(small) : endless(key, word, index)
      if (entry !== undefined) [hit, last] = [entry, end]
    }
    if (hit && (last > n || !isName(n))) {
      const { to } = words[last]!
      const word = text.slice(from, to)
      const large = hit.fits && /^\p{Lu}/u.test(word) && (NAME.test(word) || starts(n))
      found.push({ from, to, word, ...hit, plain: large ? atStart(hit.plain) : hit.plain })
    }
    if (hit !== undefined) n = last
  }
  return found
}

/** "LADOs", "the perpetrator’s": known without the ending, but then nothing fits in its place. */
function endless(key: string, word: string, index: Index): Entry | undefined {
  const known = /['’]s$|\p{Lu}s$/u.test(word) && index.get(key.slice(0, -1))
  return known ? { ...known, fits: false } : undefined
}

const atStart = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
