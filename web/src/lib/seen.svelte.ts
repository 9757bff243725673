// Another seat's board without a line of its own: the surface draws it, and nothing done there goes anywhere. It stands in a
// page of its own inside the chair's page, which tells it what to show.

import { Live } from './live.svelte'
import type { Answer } from './outbox'
import type { Help, CallSeen, PersonSeen, ViewFrame } from './protocol'
import { surfaceOf } from './surfaces'

const CALLS_FOR_HELP = ['raise_hand', 'ask_meaning', 'ask_for_break']
const WITHOUT_A_VOICE = ['room_screen', 'observer', 'interpreter']

export interface Seen {
  person: string
  view: ViewFrame
  /** What the chair was told of this person's calls for help. */
  raised: Partial<Record<Help, CallSeen | null>>
}

/** Shows whatever the page around this one tells. */
export function hearOf(show: (live: Live) => void): void {
  let live: SeenLive | null = null
  addEventListener('message', ({ source, origin, data }) => {
    if (source !== parent || origin !== location.origin) return
    const seen = JSON.parse(data as string) as Seen
    const first = !live
    live ??= new SeenLive(seen.person)
    live.show(seen.view, seen.raised)
    if (first) show(live)
  })
}

/** Tells the page inside this one what to show. */
export function tellOf(seen: Seen, page: Window): void {
  page.postMessage(JSON.stringify(seen), location.origin)
}

export class SeenLive extends Live {
  #at = ''

  constructor(private readonly person: string) {
    super({ surface: '', conference: '', person, build: '' }, () => {
      throw new Error('This board has no line.')
    })
    this.link = 'live'
  }

  /** What is only this person's stays theirs, but for what the chair was told. */
  show(view: ViewFrame, raised: Seen['raised'] = {}): void {
    this.heardAt = Date.now()
    const at = `${view.epoch} ${view.version} ${JSON.stringify(raised)}`
    if (at === this.#at) return
    this.#at = at
    this.board.receive({ ...view, full: true })
    const who = view.put[`person/${this.person}`] as PersonSeen | undefined
    if (!who) return
    const me = {
      person_id: this.person,
      name: who.name,
      role: who.role,
      audience: surfaceOf(who.role),
      children: [],
      sits_with: null,
      has_floor: this.board.floor === this.person,
      may: WITHOUT_A_VOICE.includes(who.role) ? [] : CALLS_FOR_HELP,
    }
    this.board.receive({ type: 'view', own: true, full: true, put: { me, 'mine/help': raised }, drop: [] })
  }

  override start(): void {}

  override send(): { id: string; answer: Promise<Answer> } {
    return { id: '', answer: new Promise(() => undefined) }
  }
}
