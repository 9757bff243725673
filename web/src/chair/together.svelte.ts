// A form that is saved as one whole, over the version that was read. What is typed stays in this browser until it is saved,
// and what somebody else saved meanwhile is taken in part by part.

import { copied } from '../lib/copied'
import { dropDraft, keepDraft, readDraft } from '../lib/drafts'
import type { Answer } from '../lib/outbox'
import { alike, merged, type Parts } from '../lib/together'
import { t } from '../lib/tongue'

const PAUSE = 3000

interface Ports<T> {
  /** What is kept now, and its version. */
  read: () => { version: string | null; parts: T }
  send: (parts: T, base: string | null) => Promise<Answer>
  /** Why this cannot be saved yet; the field itself says so. */
  wrong?: (parts: T) => boolean
}

interface Draft<T> {
  base: string | null
  was: T
  mine: T
}

export class Together<T extends Parts> {
  mine = $state() as T
  busy = $state(false)
  refused = $state<string | null>(null)
  #was = $state.raw() as T
  #base = $state<string | null>(null)
  #over = $state<string | null>(null) // what one's own was written over may be here a moment longer than the answer
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly draft: string,
    private readonly ports: Ports<T>,
  ) {
    const { version, parts } = ports.read()
    const kept = readDraft<Draft<T> | null>(draft, null)
    this.#base = kept ? kept.base : version
    this.#was = kept ? kept.was : parts
    this.mine = kept ? kept.mine : structuredClone(parts)
  }

  theirs = $derived.by<T>(() => this.ports.read().parts)
  dirty = $derived.by(() => !alike(this.mine, this.#was))
  /** The names of the parts that somebody else has changed meanwhile in another way. */
  both = $derived.by<string[]>(() => {
    if (this.busy || !this.#isNews(this.ports.read().version)) return []
    return merged(this.#was, this.mine, this.theirs).both
  })

  /** To be called whenever what is kept may have changed. */
  follow(): void {
    const { version, parts } = this.ports.read()
    if (this.busy || !this.#isNews(version) || this.both.length) return
    this.mine = structuredClone(merged(this.#was, copied(this.mine), parts).parts)
    this.#was = parts
    this.#base = version
    this.typed()
  }

  #isNews(version: string | null): boolean {
    return version !== this.#base && (version ?? 'nothing') !== this.#over
  }

  /** Something was typed or chosen: kept in this browser, and saved when the writer pauses. */
  typed(): void {
    clearTimeout(this.#timer)
    this.refused = null
    if (!this.dirty) return dropDraft(this.draft)
    keepDraft(this.draft, { base: this.#base, was: this.#was, mine: this.mine })
    this.#timer = setTimeout(() => void this.keep(), PAUSE)
  }

  async keep(): Promise<void> {
    clearTimeout(this.#timer)
    const sent = copied(this.mine)
    if (this.busy || this.both.length || !this.dirty || this.ports.wrong?.(sent)) return
    this.busy = true
    this.refused = null
    const answer = await this.ports.send(sent, this.#base)
    this.busy = false
    if (answer.saved) {
      this.#over = this.#base ?? 'nothing'
      this.#base = answer.id
      this.#was = sent
      this.typed()
    } else if (answer.reason !== 'changed_meanwhile') {
      this.refused = answer.message ?? t('This was not saved.')
    }
    this.follow()
  }

  takeTheirs(name: string): void {
    this.mine = { ...copied(this.mine), [name]: structuredClone(this.theirs[name]) }
    this.#settled()
  }

  keepMine(name: string, mine: unknown = copied(this.mine[name])): void {
    this.#was = { ...this.#was, [name]: this.theirs[name] }
    this.mine = { ...copied(this.mine), [name]: mine }
    this.#settled()
  }

  #settled(): void {
    this.follow()
    this.typed()
    void this.keep()
  }
}
