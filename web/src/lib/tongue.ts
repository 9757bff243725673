// The language of this screen. English is the source: it needs no catalogue, and what a catalogue lacks is shown in English.
// The page brings the addresses of its catalogues; one is fetched before anything is shown.

export type Places = Readonly<Record<string, string | number | null | undefined>>
/** A translation by its English, all forms of a plural by its singular. "" names what each form is for, in CLDR's words. */
export type Catalogue = Readonly<Record<string, string | readonly string[]>>

const NONE: Catalogue = {}
const ENGLISH = 'en-GB'
let catalogue = NONE
let inWords = new WeakMap<object, object>()

/** How often another language was learned: what is kept of the last one is then of no use. */
export let learned = 0

/** The sentence in this screen's language, its `{places}` filled. A context only where one English text means two things. */
export function t(english: string, places?: Places, context?: string): string {
  const found = catalogue[context ? `${context}\u0004${english}` : english]
  return filled(typeof found === 'string' ? found : english, places)
}

/** The same, for a number of things: `{n}` is the number. */
export function many(one: string, several: string, n: number, places?: Places): string {
  const forms = catalogue[one]
  const english = n === 1 ? one : several
  const found = Array.isArray(forms) ? (forms[formOf(n)] ?? forms[forms.length - 1]) : english
  return filled(found, { n, ...places })
}

/** Marks an English text that is translated where it is shown. */
export const word = (english: string): string => english

/** A table of English texts, each read in the language of the moment. */
export function words<T extends object>(table: T): T {
  return new Proxy(table, {
    get(all, key) {
      const one: unknown = Reflect.get(all, key)
      if (typeof one === 'string') return t(one)
      return one && typeof one === 'object' ? words(one) : one
    },
  })
}

/** What the server sends as the area's English, in this screen's language. What has no translation stays as it is. */
export function inTongue<T extends object>(said: T): T {
  if (catalogue === NONE) return said
  if (!inWords.has(said)) inWords.set(said, translated(said) as object)
  return inWords.get(said) as T
}

/** A code looks like a word; what is told is sent back as it came. */
const CODES = new Set(['code', 'nation', 'mode', 'scope', 'phases', 'decision_mode', 'told_how_to', 'at', 'way'])

function translated(one: unknown, key = ''): unknown {
  if (typeof one === 'string') return CODES.has(key) ? one : t(one)
  if (Array.isArray(one)) return one.map((each) => translated(each, key))
  if (!one || typeof one !== 'object') return one
  return Object.fromEntries(Object.entries(one).map(([name, each]) => [name, translated(each, name)]))
}

function formOf(n: number): number {
  const kinds = catalogue[''] as readonly string[]
  return kinds.indexOf(new Intl.PluralRules(document.documentElement.lang).select(n))
}

function filled(text: string, places?: Places): string {
  return places
    ? text.replace(/\{(\w+)\}/g, (whole, name) => String(name in places ? (places[name] ?? '') : whole))
    : text
}

/** For `Intl`: digits stay those of the ruler, whatever the language. */
export const locale = (): string => `${document.documentElement.lang || ENGLISH}-u-nu-latn`

/** Whether lines begin on the right. */
export const mirrored = (): boolean => document.documentElement.dir === 'rtl'

/** The languages that this page can be shown in, by code. */
export function offered(): Record<string, string> {
  return JSON.parse(document.documentElement.dataset.words ?? '{}') as Record<string, string>
}

/** Before anything is shown. A page that cannot get its words is in English rather than blank. */
export async function learn(language = document.documentElement.lang): Promise<boolean> {
  const address = offered()[language]
  try {
    speak(language, address ? ((await (await fetch(address)).json()) as Catalogue) : NONE)
    return true
  } catch {
    if (catalogue === NONE) speak(ENGLISH, NONE)
    return false
  }
}

const RIGHT_TO_LEFT = /^(ar|fa|he|ur|ps|ckb)\b/

export function speak(language: string, known: Catalogue): void {
  if (known !== catalogue) learned += 1
  catalogue = known
  inWords = new WeakMap()
  document.documentElement.lang = language
  document.documentElement.dir = RIGHT_TO_LEFT.test(language) ? 'rtl' : 'ltr'
}
