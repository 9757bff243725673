// What a voice is given to read, one short piece after the other, which word it is at, and which voice reads it.

export interface Span {
  from: number
  to: number
}

/** Chromium falls silent in a text that takes more than about fifteen seconds. */
export const AT_MOST = 160

const END = /([.!?…]+["”’)]*)\s+|\s*[·\n]\s*/g
const CAN_BE_SAID = /[\p{L}\p{N}]/u

/** Sentence by sentence; what is too long for a breath is parted at a comma, or between two words. */
export function piecesIn(text: string): Span[] {
  const found: Span[] = []
  let from = 0
  for (const end of text.matchAll(END)) {
    found.push(...parted(text, from, end.index + (end[1]?.length ?? 0)))
    from = end.index + end[0].length
  }
  found.push(...parted(text, from, text.length))
  return found.filter((one) => CAN_BE_SAID.test(text.slice(one.from, one.to)))
}

function parted(text: string, from: number, to: number): Span[] {
  if (to - from <= AT_MOST) return [{ from, to }]
  const start = text.slice(from, from + AT_MOST)
  const comma = start.lastIndexOf(', ') + 1
  const cut = comma > AT_MOST / 2 ? comma : start.lastIndexOf(' ') + 1 || AT_MOST
  return [{ from, to: from + cut }, ...parted(text, from + cut, to)]
}

/** Voices tell a letter in a word, or the gap before it. */
export function wordAt(text: string, at: number): Span {
  for (const { index, 0: word } of text.matchAll(/\S+/g)) {
    if (index + word.length > at) return { from: index, to: index + word.length }
  }
  return { from: 0, to: text.length }
}

type Speaks = Pick<SpeechSynthesisVoice, 'lang' | 'localService' | 'default'>

/** A voice of the device itself that speaks this language. One that would send the words elsewhere is never used. */
export function voiceFor<V extends Speaks>(voices: readonly V[], lang: string): V | undefined {
  const here = tag(lang)
  const own = voices.filter((one) => one.localService === true && tongue(tag(one.lang)) === tongue(here))
  return own.find((one) => tag(one.lang) === here) ?? own.find((one) => one.default) ?? own[0]
}

const tag = (lang: string) => lang.replace('_', '-').toLowerCase() // Android says en_GB
const tongue = (lang: string) => lang.split('-')[0]
