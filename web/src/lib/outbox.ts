// What a person did and the server has not yet answered. Each act keeps one id until it is saved or refused: the same id
// is sent again after a lost connection and after `not_saved`, and the server knows a repeat when it sees one.

import type { Command, ErrorFrame, RefusedFrame, SavedFrame } from './protocol'

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
  keep: (text: string | null) => void
  later: (run: () => void, milliseconds: number) => unknown
  newId: () => string
}

const RESEND_AFTER = 1000
const RESEND_AT_MOST = 15_000
const SLOW_DOWN = 1500

export class Outbox {
  #waiting: Command[] = []
  #answers = new Map<string, (answer: Answer) => void>()
  #again = new Map<string, number>()

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
    if (frame.type === 'refused')
      return this.#settle(command, { id: command.id, saved: false, reason: frame.reason, message: frame.message })
    if (frame.code === 'not_saved' || frame.code === 'too_fast') return this.#sendLater(command, frame.code)
    this.#settle(command, {
      id: command.id,
      saved: false,
      reason: frame.code,
      field: frame.field,
      message: 'Something here is not as it should be, so it was not sent. Please check it and try again.',
    })
  }

  /** Acts of the page before this one that nobody had answered. */
  restore(kept: string | null): void {
    if (!kept) return
    try {
      const commands = JSON.parse(kept) as Command[]
      this.#change([...commands.filter((one) => one.id && one.type), ...this.#waiting])
    } catch {
      this.ports.keep(null)
    }
  }

  #send(command: Command): void {
    this.ports.send(JSON.stringify(command))
  }

  #sendLater(command: Command, code: string): void {
    const tries = (this.#again.get(command.id) ?? 0) + 1
    this.#again.set(command.id, tries)
    const wait = code === 'too_fast' ? SLOW_DOWN : Math.min(RESEND_AFTER * 2 ** (tries - 1), RESEND_AT_MOST)
    this.ports.later(() => {
      if (this.#waiting.includes(command)) this.#send(command)
    }, wait)
  }

  #settle(command: Command, answer: Answer): void {
    this.#again.delete(command.id)
    this.#change(this.#waiting.filter((one) => one !== command))
    const waitingFor = this.#answers.get(command.id)
    this.#answers.delete(command.id)
    if (waitingFor) waitingFor(answer)
    else if (!answer.saved) this.ports.orphaned(command, answer)
  }

  #change(waiting: Command[]): void {
    this.#waiting = waiting
    this.ports.keep(waiting.length ? JSON.stringify(waiting) : null)
    this.ports.changed(waiting)
  }
}
