// Lets a small part of a screen be heard through the screen's one polite region.

import { getContext, setContext } from 'svelte'

const KEY = 'aloud'
type Speak = (words: string) => void

/** Called by the surface. */
export function speakThrough(live: { speak: Speak }): void {
  setContext<Speak>(KEY, (words) => live.speak(words))
}

/** These words are heard whenever they become others. */
export function aloud(words: () => string | null | undefined): void {
  const speak = getContext<Speak | undefined>(KEY)
  $effect(() => {
    const now = words()
    if (now) speak?.(now)
  })
}
