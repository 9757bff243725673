// One act from a form: whether it is on its way, and what the rules said.

import { tick } from 'svelte'
import type { CommandType, Fields } from '../lib/commands'
import type { Desk } from './desk.svelte'
import { t } from '../lib/tongue'

export class Asked {
  busy = $state(false)
  refused = $state<string | null>(null)
  reason = $state<string | null>(null)

  constructor(private readonly desk: Desk) {}

  /** True once it is saved. */
  async ask<T extends CommandType>(type: T, fields: Fields<T>, label: string, aloud = label): Promise<boolean> {
    const place = document.activeElement as HTMLElement | null
    this.busy = true
    this.refused = this.reason = null
    const answer = await this.desk.do(type, fields, label, 'caller', aloud)
    this.busy = false
    if (answer.saved) return true
    this.refused = answer.message ?? t('This could not be done.')
    this.reason = answer.reason ?? null
    await tick()
    if (document.activeElement === document.body) place?.focus() // what was disabled meanwhile had lost the keys
    return false
  }
}
