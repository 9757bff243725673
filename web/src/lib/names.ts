// How people are called on a screen: first names, with a letter more where two would be mistaken for each other.

import type { PersonSeen } from './protocol'
import { t, words } from './tongue'

const TITLES = /^(dr|pc|dc|ds|sgt|mr|mrs|ms|miss|mx|prof|rev)\.?$/i

/** "Rowan" from "PC Rowan Achebe"; "Nana Mo" from "Maureen Wrenfield (Nana Mo)": what stands in a bracket is what they are called. */
export function firstName(name: string): string {
  const called = /\((.*?)\)/.exec(name)?.[1]?.trim()
  return called || (wordsOf(name).find((word) => !TITLES.test(word)) ?? name)
}

/** Short names for everybody at once: "Dana", or "Dana W" and "Dana K". */
export function shortNames(people: readonly (readonly [string, string | null])[]): Map<string, string> {
  const first = people.map(([id, name]) => [id, name ? firstName(name) : t('Someone'), name ?? ''] as const)
  const often = new Map<string, number>()
  for (const [, short] of first) often.set(short, (often.get(short) ?? 0) + 1)
  return new Map(
    first.map(([id, short, full]) => {
      if ((often.get(short) ?? 0) < 2) return [id, short]
      const last = wordsOf(full).at(-1) ?? ''
      return [id, last && last !== short ? `${short} ${last[0]}` : short]
    }),
  )
}

function wordsOf(name: string): string[] {
  return name
    .replace(/\(.*?\)/g, '')
    .trim()
    .split(/\s+/)
}

/** "Mum" from "Mum to Tansy and Robin"; "Social worker" from "Social worker for Tansy". */
export function shortRelationship(relationship: string): string {
  const sentence = relationship.split(/[.;,]/)[0] ?? relationship
  return (sentence.split(/ (?:to|for|and) /)[0] ?? sentence).trim()
}

export const ROLE_WORDS: Record<string, string> = words({
  chair: 'Chair',
  scribe: 'Note-taker',
  social_worker: 'Social worker',
  professional: 'Professional',
  parent: 'Parent',
  child: 'Young person',
  family_network: 'Family',
  advocate: 'Advocate',
  supporter: 'Supporter',
  interpreter: 'Interpreter',
  observer: 'Observer',
  room_screen: 'Room screen',
})

export function roleWord(person: PersonSeen): string {
  return (person.relationship && shortRelationship(person.relationship)) || ROLE_WORDS[person.role] || ''
}

/** Has come; or is expected, and a screen of theirs is open. */
export const isHere = (person: PersonSeen): boolean =>
  person.here || (person.present && !person.left && !person.attendance.startsWith('absent'))

/** "Tansy", "Tansy and Robin", "Tansy, Robin and Ash". */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? ''
  return t('{list} and {last}', { list: names.slice(0, -1).join(', '), last: names.at(-1) })
}
