// How it stands at the door, asked for again and again; and what the chair does there.

import { send, type Told } from '../knocking'

export interface Waiting {
  id: string
  name: string
  why: 'family' | 'work'
  said: string
  again_of: string | null
  asked_at: string
}

export interface Invited {
  id: string
  name: string
  role: string
  part: string
  family: boolean
  admitted: boolean
  present: boolean
  link: 'unused' | 'used' | 'expired' | 'revoked' | null
  until: string | null
}

export interface Device {
  id: string
  name: string
  device: 'tablet' | 'screen' | null
  sharing: string[]
  since: string
  connected: boolean
  mine: boolean
}

export interface Stands {
  code: string
  address: string
  qr: string
  open: boolean
  opens_at: string | null
  phone: string
  closed: boolean
  waiting: Waiting[]
  people: Invited[]
  devices: Device[]
  screens: { id: string; words: string }[]
}

export interface Invitation {
  person_id: string
  name: string
  link: string
  qr: string
}

const LOOK_EVERY_MS = 2000

export class AtTheDoor {
  readonly conference: string
  stands = $state.raw<Stands | null>(null)
  /** The server could not be asked just now: what is shown is how it stood. */
  lost = $state(false)
  /** What went wrong with the last thing the chair did. */
  refused = $state('')
  said = $state('')
  busy = $state(false)
  screenCode = $state('')

  constructor(conference: string) {
    this.conference = conference
  }

  start(): void {
    this.screenCode = decodeURIComponent(location.hash.slice(1)) // of a screen that was scanned
    const again = async () => {
      await this.look()
      setTimeout(() => void again(), LOOK_EVERY_MS)
    }
    void again()
  }

  async look(): Promise<void> {
    const code = this.screenCode ? `?code=${encodeURIComponent(this.screenCode)}` : ''
    const { status, body } = await send(this.#address(`door${code}`), undefined)
    this.lost = status !== 200
    if (status === 200) this.stands = body as unknown as Stands
  }

  /** One act; its answer, or null where it was not done. */
  async do(what: string, fields: object, done: string): Promise<Told['body'] | null> {
    if (this.busy) return null
    this.busy = true
    this.refused = this.said = ''
    const { status, body } = await send(this.#address(what), fields)
    this.busy = false
    if (status === 200) this.said = done
    else this.refused = whyNot(status, body['code'])
    await this.look()
    return status === 200 ? body : null
  }

  /** A link by which somebody can still disagree formally, once the meeting is closed. */
  async late(person_id: string): Promise<Invitation[]> {
    const made = await this.do('late-links', { person_id }, '')
    return made ? [made as unknown as Invitation] : []
  }

  async invite(people: string[]): Promise<Invitation[]> {
    const made = await this.do('invitations', { people }, '')
    return (made?.['invitations'] as Invitation[] | undefined) ?? []
  }

  #address(what: string): string {
    return `/api/conferences/${encodeURIComponent(this.conference)}/${what}`
  }
}

export function whyNot(status: number, code?: unknown): string {
  if (code === 'not_together') return 'They can’t share a tablet: each may see something that another may not.'
  if (status === 409) return 'That is not waiting any more. Look at the list again.'
  if (status === 422) return 'That can’t be kept as it is written.'
  if (status === 503) return 'It was not done, because nothing can be saved just now. Try again in a moment.'
  return status ? 'This can’t be done.' : 'We can’t reach the meeting. Check that you are online, then press again.'
}

/** Who somebody at the door most likely is: the one whose invitation was used again, or whose name it is. */
export function likely(one: Waiting, people: readonly Invited[]): string {
  const name = one.name.trim().toLowerCase()
  const named = people.filter((person) => person.name.toLowerCase() === name)
  const called = people.filter((person) => wordsOf(person.name).some((word) => wordsOf(name).includes(word)))
  const found = people.find((person) => person.id === one.again_of) ?? (named.length ? named : called)[0]
  return found?.id ?? ''
}

function wordsOf(name: string): string[] {
  return name
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length > 2)
}
