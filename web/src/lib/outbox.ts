// What a person did and the server has not yet answered. Each act keeps one id until it is saved or refused: the same id
// is sent again after a lost connection and after `not_saved`, and the server knows a repeat when it sees one.

import type { Command, ErrorFrame, RefusedFrame, SavedFrame } from './protocol'
import { t } from './tongue'

export interface Answer {
  id: string
  saved: boolean
  reason?: string
  message?: string
  field?: string | null
}

export interface Ports {
  /** False when there is no connection: the act stays here. */
  send: (text: string) => boolean
  changed: (waiting: readonly Command[]) => void
  /** Called for acts that came back with "no" and that nobody is waiting for (the page was loaded again meanwhile). */
  orphaned: (command: Command, answer: Answer) => void
  /** Has the person show that it is them; false where they do not. */
  confirm: () => Promise<boolean>
  later: (run: () => void, milliseconds: number) => unknown
  newId: () => string
}

const RESEND_AFTER = 1000
const RESEND_AT_MOST = 15_000
const SLOW_DOWN = 1500

export class Outbox {
  #waiting: Command[] = []
  #answers = new Map<string, (answer: Answer) => void>()
  #held = new Set<Command>()
  #tries = 0
  #pausing = false

  constructor(private readonly ports: Ports) {}

  get waiting(): readonly Command[] {
    return this.#waiting
  }

  /** `fields.id` may be given by who needs to know beforehand what the act will make. */
  put(type: string, fields: Record<string, unknown>): { id: string; answer: Promise<Answer> } {
    const command = { id: this.ports.newId(), type, ...fields } as Command
    const answer = new Promise<Answer>((resolve) => this.#answers.set(command.id, resolve))
    this.#change([...this.#waiting, command])
    this.#send(command)
    return { id: command.id, answer }
  }

  /** A new connection: everything unanswered goes again, in the order in which it was done. */
  connected(): void {
    for (const command of this.#waiting) this.#send(command)
  }

  receive(frame: SavedFrame | RefusedFrame | ErrorFrame): void {
    const command = this.#waiting.find((one) => one.id === frame.id)
    if (!command) return
    if (frame.type === 'saved') return this.#settle(command, { id: command.id, saved: true })
    if (frame.type === 'refused' && frame.reason === 'confirm_first') return void this.#hold(command, frame)
    if (frame.type === 'refused')
      return this.#settle(command, { id: command.id, saved: false, reason: frame.reason, message: t(frame.message) })
    if (frame.code === 'not_saved' || frame.code === 'too_fast') return this.#pause(frame.code)
    this.#settle(command, {
      id: command.id,
      saved: false,
      reason: frame.code,
      field: frame.field,
      message: t('Something here is not as it should be, so it was not sent. Please check it and try again.'),
    })
  }

  /** Acts of the page before this one that nobody had answered. */
  restore(kept: readonly Command[]): void {
    const known = new Set(this.#waiting.map((one) => one.id))
    const commands = kept.filter((one) => !known.has(one.id))
    this.#change([...commands, ...this.#waiting])
    for (const command of commands) this.#send(command)
  }

  /** The very same goes again once they have shown that it is them. */
  async #hold(command: Command, frame: RefusedFrame): Promise<void> {
    if (this.#held.has(command)) return
    this.#held.add(command)
    const confirmed = await this.ports.confirm()
    this.#held.delete(command)
    if (!this.#waiting.includes(command)) return
    if (confirmed) this.#send(command)
    else this.#settle(command, { id: command.id, saved: false, reason: frame.reason, message: t(frame.message) })
  }

  #send(command: Command): void {
    if (!this.#pausing) this.ports.send(JSON.stringify(command))
  }

  /** What comes later may build on what was not taken, so all of it waits, and goes again in order. */
  #pause(code: string): void {
    if (this.#pausing) return
    this.#pausing = true
    const wait = code === 'too_fast' ? SLOW_DOWN : Math.min(RESEND_AFTER * 2 ** this.#tries++, RESEND_AT_MOST)
    this.ports.later(() => {
      this.#pausing = false
      this.connected()
    }, wait)
  }

  #settle(command: Command, answer: Answer): void {
    if (answer.saved) this.#tries = 0
    this.#change(this.#waiting.filter((one) => one !== command))
    const waitingFor = this.#answers.get(command.id)
    this.#answers.delete(command.id)
    if (waitingFor) waitingFor(answer)
    else if (!answer.saved) this.ports.orphaned(command, answer)
  }

  #change(waiting: Command[]): void {
    this.#waiting = waiting
    this.ports.changed(waiting)
  }
}
