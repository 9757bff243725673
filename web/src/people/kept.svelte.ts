// What somebody is writing, kept while they look elsewhere on the screen.

import { dropDraft, keepDraft, readDraft } from '../lib/drafts'

export class Kept {
  #turn = $state(0) // drafts lie where nothing tells of their changes

  get(name: string, otherwise = ''): string {
    void this.#turn
    return readDraft(name, otherwise)
  }

  set(name: string, words: string): void {
    keepDraft(name, words)
    this.#turn += 1
  }

  drop(...names: string[]): void {
    for (const name of names) dropDraft(name)
    this.#turn += 1
  }
}
