// A device with voices that make no sound: it keeps what it was given to say, and says where it is when it is told to.

import { flushSync } from 'svelte'

type Voice = Pick<SpeechSynthesisVoice, 'name' | 'lang' | 'localService' | 'default'>

class Utterance {
  voice: Voice | null = null
  onstart?: () => void
  onend?: () => void
  onerror?: () => void
  onboundary?: (at: { name: string; charIndex: number }) => void

  constructor(readonly text: string) {}
}

export const voice = (name: string, lang: string, localService = true): Voice => ({
  name,
  lang,
  localService,
  default: false,
})

export class Speech extends EventTarget {
  said: Utterance[] = []
  now: Utterance | null = null

  constructor(private voices: Voice[] = [voice('Near', 'en-GB')]) {
    super()
  }

  getVoices = () => this.voices

  /** Voices load late. */
  learns(...voices: Voice[]): void {
    this.voices = voices
    this.dispatchEvent(new Event('voiceschanged'))
  }

  speak(one: Utterance): void {
    this.said.push(one)
    this.now = one
    one.onstart?.()
  }

  cancel(): void {
    const one = this.now
    this.now = null
    one?.onerror?.()
  }

  /** It is at this word. */
  at(word: string, name = 'word'): void {
    this.now!.onboundary!({ name, charIndex: this.now!.text.indexOf(word) })
    flushSync()
  }

  /** It has said this to the end. */
  ends(): void {
    const one = this.now
    this.now = null
    one?.onend?.()
    flushSync()
  }

  get words(): string[] {
    return this.said.map((one) => one.text)
  }
}

const NAMES = ['speechSynthesis', 'SpeechSynthesisUtterance'] as const
let before: (PropertyDescriptor | undefined)[] | null = null

/** This device has these voices, until they are taken away. */
export function give(speech: Speech): Speech {
  const own = globalThis.speechSynthesis as SpeechSynthesis | undefined
  before ??= NAMES.map((name) => Object.getOwnPropertyDescriptor(globalThis, name))
  put([
    { value: speech, configurable: true },
    { value: Utterance, configurable: true },
  ])
  own?.dispatchEvent(new Event('voiceschanged')) // whoever looks already hears of it there
  flushSync()
  return speech
}

export function takeAway(): void {
  if (!before) return
  put(before)
  before = null
  globalThis.speechSynthesis.dispatchEvent(new Event('voiceschanged'))
  flushSync()
}

function put(values: (PropertyDescriptor | undefined)[]): void {
  NAMES.forEach((name, index) => {
    if (values[index]) Object.defineProperty(globalThis, name, values[index])
  })
}
