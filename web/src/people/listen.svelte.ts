/** Reads words aloud with a voice of the device itself. A voice that sends the words elsewhere is never used. */
class Listen {
  available = $state(false)
  speaking = $state('')

  constructor() {
    if (typeof speechSynthesis === 'undefined' || typeof SpeechSynthesisUtterance === 'undefined') return
    const look = () => (this.available = this.#voice() !== undefined)
    look()
    speechSynthesis.addEventListener?.('voiceschanged', look) // Chromium knows its voices only later
  }

  /** Pressed again, it stops. */
  toggle(words: string): void {
    speechSynthesis.cancel()
    const voice = this.#voice()
    if (this.speaking === words || !voice) {
      this.speaking = ''
      return
    }
    const utterance = new SpeechSynthesisUtterance(words)
    utterance.voice = voice
    utterance.lang = voice.lang
    utterance.rate = 0.95
    utterance.onend = utterance.onerror = () => {
      if (this.speaking === words) this.speaking = ''
    }
    this.speaking = words
    speechSynthesis.speak(utterance)
  }

  #voice(): SpeechSynthesisVoice | undefined {
    const own = speechSynthesis.getVoices().filter((voice) => voice.localService)
    return own.find((voice) => voice.lang.startsWith('en-GB')) ?? own.find((voice) => voice.lang.startsWith('en'))
  }
}

export const listen = new Listen()
