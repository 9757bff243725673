// What somebody is writing, kept while they look elsewhere on the screen. On the family's tablet it is kept in memory only:
// nothing is ever stored on that device.

import { dropDraft, keepDraft, readDraft } from '../lib/drafts'

export class Kept {
  #words = $state<Record<string, string>>({})
  #onDevice: boolean

  constructor(onDevice: boolean) {
    this.#onDevice = onDevice
  }

  get(name: string, otherwise = ''): string {
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
  }
}
