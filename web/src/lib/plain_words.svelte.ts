// The list of the area, fetched once the board is there: nobody waits for it, and without it nothing is missing.

import { indexOf, type Index, type Term } from './jargon'

const AGAIN = 20_000

class PlainWords {
  now = $state.raw<Index>(new Map())

  /** For whoever reads, what the words mean; else what to write instead. */
  async learn(conference: string, meanings = false): Promise<void> {
    const meeting = conference || parent.location.pathname.split('/')[2] // in a frame of the chair's: the page around it
    if (!meeting) return
    try {
      const answer = await fetch(`/api/conferences/${meeting}/words${meanings ? '?meanings=true' : ''}`)
      if (answer.ok) this.now = indexOf((await answer.json()) as Term[])
    } catch {
      setTimeout(() => void this.learn(conference, meanings), AGAIN)
    }
  }
}

export const plainWords = new PlainWords()
