// A language that nobody speaks: every message with accents on all its letters, and longer by two fifths. Whatever is seen
// without them did not come from a catalogue; whatever is cut off has too little room for Welsh or Polish.

import said from 'virtual:messages'
import { speak, type Catalogue } from '../lib/tongue'

const PLAIN = 'abcdefghijklmnopqrstuvwxyz'
const ACCENTED = 'åƀçðéƒĝĥîĵķļɱñôþǫŕšţûṽŵẋýž'
const LONGER = ' ôñé ţŵô ţĥŕéé ƒôûŕ ƒîṽé šîẋ šéṽéñ éîĝĥţ ñîñé ţéñ éļéṽéñ ţŵéļṽé'

const there = new Map([...PLAIN].flatMap((letter, at) => both(letter, ACCENTED[at]!)))
const back = new Map([...there].map(([plain, accented]) => [accented, plain]))

function both(plain: string, accented: string): [string, string][] {
  return [
    [plain, accented],
    [plain.toUpperCase(), accented.toUpperCase()],
  ]
}

function inPseudo(english: string): string {
  const words = english.replace(/<\/?b>|\{\w+\}|[a-z]/gi, (part) => there.get(part) ?? part)
  const more = Math.round(english.length * 0.4)
  return `⟦${words}${LONGER.repeat(Math.ceil(more / LONGER.length)).slice(0, more)}⟧`
}

const plain = (words: string) => words.replace(/[⟦⟧]/g, '').replace(/./gsu, (letter) => back.get(letter) ?? letter)

let spoken: Catalogue = {}

/** All that these words may be called in the language of the moment, the likeliest first, for whoever knows the English. */
function called(english: string): string[] {
  const exact: string[] = [english]
  const filled: string[] = []
  const part: string[] = []
  for (const [key, forms] of Object.entries(spoken)) {
    const id = key.replace(/.*\u0004/, '')
    const places = [...id.matchAll(/{\w+}/g)].map(String)
    const shape = new RegExp(`^${id.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/{\w+}/g, '(.+)')}$`, 's')
    const found = places.length ? shape.exec(english) : null
    for (const said of [forms].flat()) {
      if (id === english) exact.push(said)
      else if (found) filled.push(said.replace(/{\w+}/g, (place) => found[places.indexOf(place) + 1] ?? ''))
      else if (id.includes(english)) part.push(said)
    }
  }
  return [...exact, ...filled, ...part].map(plain)
}

/** What is called so, of all these. */
export function named<One>(all: readonly One[], textOf: (one: One) => string, english: string): One | undefined {
  for (const words of called(english)) {
    const found = all.find((one) => plain(textOf(one)).includes(words))
    if (found) return found
  }
  return undefined
}

function catalogue(): Catalogue {
  const words: Record<string, string | string[]> = { '': ['one', 'other'] }
  for (const { id, plural, context } of said)
    words[context ? `${context}\u0004${id}` : id] = plural ? [inPseudo(id), inPseudo(plural)] : inPseudo(id)
  return words
}

/** From now on the states that are shown speak this. */
export async function speakAs(language: string): Promise<void> {
  const address = /^en/.test(language) ? '' : `/words/${language}.json`
  const words = address ? ((await (await fetch(address)).json()) as Catalogue) : {}
  spoken = words
  document.documentElement.dataset['words'] = JSON.stringify(address ? { [language]: address } : {}) // for the pages at the door
  speak(language === 'en' ? 'en-GB' : language, language === 'en-XA' ? catalogue() : words) // days as they are written here
}

// ---- what people wrote, names and an area's data: in no catalogue, whatever the language

const written = new Set<string>()

export function note(data: unknown): void {
  if (typeof data === 'string') written.add(data)
  else if (data && typeof data === 'object') for (const one of Object.values(data)) note(one)
}

export const notes = () => [...written]

// ---- looking at what is shown

const SAID = ['aria-label', 'aria-description', 'aria-valuetext', 'title', 'placeholder', 'alt', 'label']
const DATE =
  /^((mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?|january|february|march|april|may|june|july|august|september|october|november|december| )+$/i
const OF_THE_GALLERY = 'kbd, h3:has(+ .place), .group > h2, .gallery > h1, [data-alone] > *, [hidden], style'

/** Letters on the screen, or read out, that came from no catalogue and that nobody wrote. */
export function unspoken(): string[] {
  const data = notes().join('\n').toLowerCase()
  const found = new Set<string>()
  const look = (text: string) => {
    for (const piece of text.match(/[a-z][a-z’' -]*/gi) ?? []) {
      const words = piece.replace(/[ '’-]+$/, '')
      if (words.length > 1 && !data.includes(words.toLowerCase()) && !DATE.test(words)) found.add(text.trim())
    }
  }
  const all = document.createTreeWalker(
    document.querySelector('main')!,
    NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT,
    {
      acceptNode: (node) =>
        node instanceof Element && node.matches(OF_THE_GALLERY) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
    },
  )
  for (let node = all.nextNode(); node; node = all.nextNode()) {
    if (node instanceof Text) look(node.data)
    else for (const name of SAID) look((node as Element).getAttribute(name) ?? '')
  }
  return [...found]
}

const A_LETTER = 16

/** Words that are cut off, or stand out of the place that they have; but for names, which may end in dots. */
export function cutOff(): string[] {
  const found = new Set<string>()
  for (const one of document.querySelectorAll<HTMLElement>('main *')) {
    if (!one.clientWidth || one.closest('.vh, .seats b, .seats .seat:not(.ask, .floor)')) continue
    const { display, overflowX } = getComputedStyle(one)
    const more = one.scrollWidth - one.clientWidth
    const words = [...one.childNodes].some((node) => node instanceof Text && node.data.trim())
    const cut = overflowX === 'hidden' || overflowX === 'clip'
    if (display !== 'inline' && more > (cut ? 1 : A_LETTER) && (words || cut)) found.add(one.textContent.trim())
  }
  if (document.documentElement.scrollWidth > innerWidth + 1) found.add('the whole page')
  return [...found]
}
