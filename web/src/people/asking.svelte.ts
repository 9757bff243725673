// One thing a person is trying to do: on its way, refused with a sentence, or done. What they typed stays until it is saved.

import type { Live } from '../lib/live.svelte'

export class Asking {
  sending = $state(false)
  refused = $state('')

  /** True when the server has it. A "no" is kept here, to be read beside the words it is about. */
  async ask(live: Live, type: string, fields: Record<string, unknown>): Promise<boolean> {
    this.sending = true
    this.refused = ''
    const answer = await live.send(type, fields).answer
    this.sending = false
    if (!answer.saved) this.refused = answer.message ?? 'This could not be done. Please try again.'
    return answer.saved
  }
}
