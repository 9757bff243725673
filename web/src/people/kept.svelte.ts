// What somebody is writing, kept while they look elsewhere on the screen. On the family's tablet it is kept in memory only:
// nothing is ever stored on that device.

import { dropDraft, keepDraft, readDraft } from '../lib/drafts'

export class Kept {
  #words = $state<Record<string, string>>({})
  #dropped = $state(0) // what was read from the device has no place in `words` that could tell of its going
  #onDevice: boolean

  constructor(onDevice: boolean) {
    this.#onDevice = onDevice
  }

  get(name: string, otherwise = ''): string {
    void this.#dropped
    return this.#words[name] ?? (this.#onDevice ? readDraft(name, otherwise) : otherwise)
  }

  set(name: string, words: string): void {
    this.#words[name] = words
    if (this.#onDevice) keepDraft(name, words)
  }

  drop(...names: string[]): void {
    for (const name of names) {
      delete this.#words[name]
      if (this.#onDevice) dropDraft(name)
    }
    this.#dropped += 1
  }
}
