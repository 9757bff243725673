// The services of this conference, read from the people who belong to them.

import type { LiveBoard } from '../lib/board.svelte'
import { SERVICE_ROLES } from '../lib/terms'
import { isHere } from '../lib/names'

export interface Service {
  id: string
  name: string
  people: string[]
  here: boolean
}

const WITHOUT_VIEW = new Set(['chairing', 'family', 'advocacy'])

export function services(board: LiveBoard): Service[] {
  const found = new Map<string, Service>()
  for (const person of board.people) {
    if (!person.agency_id || WITHOUT_VIEW.has(person.agency_kind) || !SERVICE_ROLES.includes(person.role)) continue
    const service = found.get(person.agency_id) ?? {
      id: person.agency_id,
      name: person.agency,
      people: [],
      here: false,
    }
    service.people.push(person.id)
    service.here ||= isHere(person)
    found.set(person.agency_id, service)
  }
  return [...found.values()]
}

/** "Helen, social worker", or the service's name where several came, or none. */
export function calledBy(board: LiveBoard, service: Service, name: (id: string) => string): string {
  return service.people.length === 1 ? name(service.people[0]!) : service.name || board.short(service.people[0])
}
