// Where somebody with a tablet is looking, and whether the lamp stands elsewhere. The meeting moves on, and so does the
// tablet: but never out of the words somebody is writing, nor away from what they have just touched.

import { tick, untrack } from 'svelte'
import type { LiveBoard } from '../lib/board.svelte'
import { still } from '../lib/motion'
import type { Column } from '../lib/protocol'
import { listen } from './listen.svelte'
import { nowOf, tabOf } from './plain'

const UNTOUCHED_MS = 8000

export type Place = 'now' | 'board' | 'plan' | 'houses' | 'write'

export class Looking {
  place = $state<Place>('board')
  tab = $state<Column>('worry')
  scroller = $state<HTMLElement>()
  /** The lamp stands where this person is not looking. */
  elsewhere = $state(false)
  readonly #board: () => LiveBoard
  #touchedAt = -UNTOUCHED_MS

  /** To be made while the surface is. */
  constructor(board: () => LiveBoard) {
    this.#board = board
    let before: string | null | undefined
    $effect(() => {
      const now = this.now
      untrack(() => {
        if (now !== before && this.place !== 'write') this.place = now ? 'now' : 'board'
        before = now
      })
    })
    $effect(() => {
      if (!this.lit || !board().loaded) {
        this.elsewhere = false
        return
      }
      void [this.#tab, this.#isNow]
      untrack(() => {
        if (this.place !== 'write' && !listen.by && Date.now() - this.#touchedAt > UNTOUCHED_MS) void this.follow()
        else void this.look()
      })
    })
  }

  now = $derived.by(() => nowOf(this.#board()))
  lit = $derived.by(() => this.#board().spotlight)
  #tab = $derived.by(() => tabOf(this.lit, (id) => this.#board().item(id)?.column))
  #isPlan = $derived.by(() => this.lit?.startsWith('earlier_') ?? false)
  #isHouse = $derived.by(() => this.lit?.startsWith('house/') ?? false)
  #isNow = $derived.by(
    () =>
      this.lit !== null &&
      !this.#isPlan &&
      !this.#isHouse &&
      (this.#tab === null || (this.now === 'statements' && /^(danger|goal)\//.test(this.lit))),
  )

  /** Where the lamp is. */
  async follow(): Promise<void> {
    if (this.#isPlan) this.place = 'plan'
    else if (this.#isHouse) this.place = 'houses'
    else if (this.#isNow && this.now) this.place = 'now'
    else {
      this.place = 'board'
      if (this.#tab) this.tab = this.#tab
    }
    this.elsewhere = false
    await tick()
    this.#element()?.scrollIntoView({ block: 'center', behavior: still() ? 'auto' : 'smooth' })
  }

  async look(): Promise<void> {
    await tick()
    const element = this.#element()
    if (this.lit?.startsWith('column/')) this.elsewhere = this.place !== 'board' || this.tab !== this.#tab
    else if (!element || !this.scroller)
      this.elsewhere = this.#tab !== null || this.#isPlan || this.#isHouse || (this.#isNow && this.place !== 'now')
    else {
      const card = element.getBoundingClientRect()
      const seen = this.scroller.getBoundingClientRect()
      this.elsewhere = card.top > seen.bottom - 40 || card.bottom < seen.top + 40
    }
  }

  show(where: Place, column: Column = this.tab): void {
    this.place = where
    this.tab = column
    this.touched()
    this.scroller?.scrollTo?.(0, 0)
  }

  touched(): void {
    this.#touchedAt = Date.now()
    void this.look()
  }

  #element(): HTMLElement | null {
    return this.lit ? (this.scroller?.querySelector<HTMLElement>(`[data-key="${CSS.escape(this.lit)}"]`) ?? null) : null
  }
}
