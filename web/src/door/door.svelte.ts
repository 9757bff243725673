// How it stands at the door, asked for again and again; and what the chair does there.

import { tick } from 'svelte'
import { newId } from '../lib/ids'
import { send, type Told } from '../knocking'
import { t } from '../lib/tongue'

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
  /** On what they came in, and still are. */
  device: 'own' | 'tablet' | 'screen' | null
  link: 'unused' | 'used' | 'expired' | 'revoked' | null
  until: string | null
}

/** A seat for somebody who is on no list, as the chair types it. Its ids are made once, so that sending it again is safe. */
export interface NewSeat {
  id: string
  name: string
  role: string
  /** The id of a service, or `new` for one that is not there yet. */
  agency: string
  relationship: string
  children: string[]
  sitsWith: string
  agencyId: string
  agencyName: string
  agencyKind: string
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
  agencies: { id: string; name: string; kind: string }[]
  children: { id: string; name: string }[]
  /** What somebody can be at the meeting, and what a service can be, in words. */
  roles: Record<string, string>
  kinds: Record<string, string>
}

export interface Invitation {
  person_id: string
  name: string
  link: string
  qr: string
}

export const NEW = 'new'
export const SERVICES: readonly string[] = ['social_worker', 'professional']
export const SITS_WITH: readonly string[] = ['advocate', 'supporter', 'interpreter']
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
    if (this.busy) return null // the button that was pressed keeps the focus meanwhile
    this.busy = true
    this.refused = this.said = ''
    const place = document.activeElement?.closest('section')
    const { status, body } = await send(this.#address(what), fields)
    this.busy = false
    if (status === 200) this.said = done
    else this.refused = whyNot(status, body['code'], body['sentence'])
    await this.look()
    await keepsFocus(place)
    return status === 200 ? body : null
  }

  async letIn(waiting: Waiting, person_id: string): Promise<boolean> {
    return (
      (await this.do(
        'door/let-in',
        { knock: waiting.id, person_id },
        t('{name} is let in.', { name: waiting.name }),
      )) !== null
    )
  }

  /** A seat of their own for whoever waits, and in they come. */
  async seat(waiting: Waiting, seat: NewSeat): Promise<boolean> {
    const there = (list?: readonly { id: string }[], id?: string) => list?.some((one) => one.id === id) ?? false
    if (there(this.stands?.people, seat.id)) return this.letIn(waiting, seat.id) // it was made, and they had not come in
    const another = seat.agency === NEW
    const agency = { id: seat.agencyId, name: seat.agencyName, kind: seat.agencyKind }
    const fields = {
      knock: waiting.id,
      agency: another && !there(this.stands?.agencies, agency.id) ? agency : null,
      seat: {
        id: seat.id,
        name: seat.name,
        role: seat.role,
        agency_id: another ? seat.agencyId : seat.agency || null,
        relationship: seat.relationship,
        children: seat.children,
        sits_with: (SITS_WITH.includes(seat.role) && seat.sitsWith) || null,
      },
    }
    return (await this.do('door/seat', fields, t('{name} has a seat, and is let in.', { name: seat.name }))) !== null
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

/** A seat as it most likely is, from what whoever waits has said. */
export function seatFor(one: Waiting, stands: Stands): NewSeat {
  const [family] = stands.agencies.filter((agency) => agency.kind === 'family')
  return {
    id: newId(),
    name: one.name,
    role: one.why === 'family' ? 'family_network' : 'professional',
    agency: (one.why === 'family' && family?.id) || '',
    relationship: '',
    children: [],
    sitsWith: '',
    agencyId: newId(),
    agencyName: '',
    agencyKind: 'health',
  }
}

/** Where what was pressed is gone now, the focus stays in the same part of the page, at its heading. */
export async function keepsFocus(place: Element | null | undefined): Promise<void> {
  await tick()
  if (document.activeElement && document.activeElement !== document.body) return
  const heading = place?.querySelector<HTMLElement>('h1, h2')
  if (!heading) return
  heading.tabIndex = -1
  heading.focus()
}

export function whyNot(status: number, code?: unknown, sentence?: unknown): string {
  if (code === 'refused' && sentence) return t(String(sentence))
  if (code === 'not_together') return t('They can’t share a tablet: each may see something that another may not.')
  if (status === 409) return t('That is not waiting any more. Look at the list again.')
  if (status === 422) return t('That can’t be kept as it is written.')
  if (status === 503) return t('It was not done, because nothing can be saved just now. Try again in a moment.')
  return status
    ? t('This can’t be done.')
    : t('We can’t reach the meeting. Check that you are online, then press again.')
}

/** Who somebody at the door most likely is: the one whose invitation was used again, or whose name it is. Somebody who
 * shares no more than a surname with a person on the list is not that person. */
export function likely(one: Waiting, people: readonly Invited[]): string {
  const name = one.name.trim().toLowerCase()
  const said = wordsOf(name)
  const named = people.filter((person) => person.name.toLowerCase() === name)
  const called = people.filter((person) => said.length && said.every((word) => wordsOf(person.name).includes(word)))
  const found = people.find((person) => person.id === one.again_of) ?? (named.length ? named : called)[0]
  return found?.id ?? ''
}

function wordsOf(name: string): string[] {
  return name
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length > 2)
}
