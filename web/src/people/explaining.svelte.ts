// The word whose meaning is open on the tablet, and where it stood.

import { getContext, setContext } from 'svelte'

export interface Explained {
  word: string
  meaning: string
  /** What the word stood in: the chair is told. */
  key: string
  from: HTMLElement
}

export class Explaining {
  now = $state.raw<Explained | null>(null)
}

const KEY = 'explaining'

/** Called by the surface that has the sheet. */
export function explains(): Explaining {
  return setContext(KEY, new Explaining())
}

export function explaining(): Explaining | undefined {
  return getContext<Explaining | undefined>(KEY)
}
