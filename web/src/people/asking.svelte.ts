// One thing a person is trying to do: on its way, refused with a sentence, or done. What they typed stays until it is saved.

import type { Live } from '../lib/live.svelte'
import { t } from '../lib/tongue'

export class Asking {
  sending = $state(false)
  refused = $state('')
  reason = ''
  /** The id of the last act, by which it can be undone. */
  id = ''

  /** True when the server has it. A "no" is kept here, to be read beside the words it is about. */
  async ask(live: Live, type: string, fields: Record<string, unknown>): Promise<boolean> {
    this.sending = true
    this.refused = ''
    this.reason = ''
    const { id, answer: coming } = live.send(type, fields)
    this.id = id
    const answer = await coming
    this.sending = false
    this.reason = answer.reason ?? ''
    if (!answer.saved) this.refused = answer.message ?? t('This could not be done. Please try again.')
    return answer.saved
  }
}

/** What a button says while its act is under way. */
export function onItsWay(live: Live): string {
  return live.link === 'live' ? t('Sending…') : t('Kept here, not sent yet')
}

/** One line about what was just done, with its undo where the rules allow one. */
export function sayDone(live: Live, words: string, id: string): void {
  const undo = async () => {
    live.note = null
    const answer = await live.act('undo', { of: id })
    if (answer.saved) live.say(t('Undone.'))
  }
  live.say(words, 'done', live.may('undo') ? { label: t('Undo'), run: () => void undo() } : undefined)
}
