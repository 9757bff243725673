// Reads aloud what stands beside a button, with a voice of the device itself, and tells which word it is at. One thing at a
// time; it stops when its words change or go, and on a page that nobody sees.

import { blocksIn, type Block } from './readable'
import { piecesIn, voiceFor, wordAt } from './reading'

export class Listen {
  /** Whether there is a voice for the language of the page. */
  available = $state(false)
  /** The button whose words are read. */
  by = $state.raw<Element | null>(null)
  /** What is being said: a word, or the whole sentence where a voice does not tell. */
  at = $state.raw<Range | null>(null)
  #blocks: Block[] = []
  #left: (readonly [block: Block, from: number, to: number])[] = []
  #saying: SpeechSynthesisUtterance | null = null // kept, or Chromium may forget it before its end
  #tellsWords = '' // the voice that does
  #changes = new MutationObserver(() => (this.#stands() ? this.#moved() : this.stop()))

  constructor() {
    if (typeof speechSynthesis === 'undefined' || typeof SpeechSynthesisUtterance === 'undefined') return
    const look = () => (this.available = this.#voice(document.documentElement.lang) !== undefined)
    look()
    speechSynthesis.addEventListener?.('voiceschanged', look) // Chromium knows its voices only later
    setTimeout(look, 1000) // and Safari 15 does not tell
    addEventListener('resize', () => this.#moved())
    addEventListener('pagehide', () => this.stop())
    document.addEventListener('visibilitychange', () => document.hidden && this.stop())
  }

  /** Pressed again, it stops. */
  toggle(by: Element): void {
    const again = this.by === by
    this.stop()
    if (again) return
    this.#blocks = blocksBeside(by)
    this.#left = this.#blocks.flatMap((block) => piecesIn(block.text).map(({ from, to }) => [block, from, to] as const))
    this.by = by
    this.#changes.observe(document.body, { childList: true, characterData: true, subtree: true })
    this.#next()
  }

  stop(): void {
    if (!this.by) return
    this.by = this.at = this.#saying = null
    this.#left = []
    this.#changes.disconnect()
    speechSynthesis.cancel()
  }

  #next(): void {
    const next = this.#left.shift()
    if (!next) return this.stop()
    const [block, from, to] = next
    const voice = this.#voice(block.lang)
    if (!voice) return this.#next() // in a language that nobody here speaks
    const said = block.text.slice(from, to)
    const saying = new SpeechSynthesisUtterance(said)
    const now = (then: () => void) => () => void (this.#saying === saying && then())
    saying.voice = voice
    saying.lang = voice.lang
    saying.rate = 0.95
    saying.onstart = now(() => {
      if (this.#tellsWords !== voice.name) this.at = block.range(from, to)
    })
    saying.onboundary = ({ name, charIndex }) => {
      if (this.#saying !== saying || name === 'sentence') return
      this.#tellsWords = voice.name
      const word = wordAt(said, charIndex)
      this.at = block.range(from + word.from, from + word.to)
    }
    saying.onend = now(() => this.#next())
    saying.onerror = now(() => this.stop())
    this.#saying = saying
    speechSynthesis.speak(saying)
  }

  /** Asked each time: a voice that is gone would be replaced by one that nobody chose. */
  #voice(lang: string): SpeechSynthesisVoice | undefined {
    return voiceFor(speechSynthesis.getVoices(), lang)
  }

  #stands(): boolean {
    if (!this.by?.isConnected) return false
    const now = blocksBeside(this.by)
    return now.length === this.#blocks.length && now.every((one, index) => sameAs(one, this.#blocks[index]!))
  }

  /** The same words, in another place. */
  #moved(): void {
    this.at = this.at?.cloneRange() ?? null
  }
}

function blocksBeside(by: Element): Block[] {
  const also = (by as HTMLElement).dataset['also']
  const more = also && by.closest('section')?.querySelector(also)
  const beside = by.parentElement!
  return [beside, ...(more && !beside.contains(more) ? [more] : [])].flatMap(blocksIn)
}

function sameAs(one: Block, other: Block): boolean {
  return one.text === other.text && one.range(0, 1).startContainer === other.range(0, 1).startContainer
}

export const listen = new Listen()
