// What is arranged at the end, part by part, so that two people can write different parts of it at once.

import type { Fields } from '../lib/commands'
import { day } from '../lib/dates'
import { listed } from '../lib/names'
import type { LiveBoard } from '../lib/board.svelte'
import type { ClosingSeen, Recipient, RecipientSeen, Role } from '../lib/protocol'
import type { Parts } from '../lib/together'
import { many, t, words } from '../lib/tongue'

export type Version = RecipientSeen['version']

export interface Getting {
  version: Version
  children: string[]
  how: string
}

export interface ClosingForm extends Parts {
  lead: string
  core_group: string[]
  core_group_on: string
  review_on: string
  told_how_to: string[]
}

/** The parts that there are one of for each child or person. */
export const tellsPart = (child: string): string => `tells/${child}`
export const getsPart = (person: string): string => `gets/${person}`

export const VERSION: Record<Version, string> = words({
  family: 'Family’s version',
  plan_only: 'The plan only',
  professional: 'Version for services',
  full: 'Council’s full version',
})
const WITH_THE_FAMILY: readonly Role[] = ['parent', 'child', 'family_network', 'advocate', 'supporter', 'interpreter']

/** What can be made for somebody; the server says no to anything else. */
export function versionsFor(role: Role): Version[] {
  return WITH_THE_FAMILY.includes(role) ? ['family', 'plan_only'] : ['professional', 'plan_only', 'full']
}

export function formOf(closing: ClosingSeen | undefined, recipients: readonly RecipientSeen[]): ClosingForm {
  const form: ClosingForm = {
    lead: closing?.lead_social_worker ?? '',
    core_group: closing?.core_group ?? [],
    core_group_on: closing?.core_group_on ?? '',
    review_on: closing?.review_on ?? '',
    told_how_to: closing?.told_how_to ?? [],
  }
  for (const { child_id, person_id } of closing?.tells ?? []) {
    const name = tellsPart(child_id)
    form[name] = [...((form[name] as string[] | undefined) ?? []), person_id]
  }
  for (const { person_id, ...getting } of recipients) form[getsPart(person_id)] = getting
  return form
}

export function fieldsOf(form: ClosingForm, base: string | null): Fields<'write_closing'> {
  const under = <T>(prefix: string) =>
    Object.entries(form).flatMap(([name, value]): [string, T][] =>
      name.startsWith(prefix) && value ? [[name.slice(prefix.length), value as T]] : [],
    )
  return {
    base_version: base,
    lead_social_worker: form.lead || null,
    core_group: form.core_group,
    core_group_on: form.core_group_on || null,
    review_on: form.review_on || null,
    tells: under<string[]>('tells/').flatMap(([child_id, people]) =>
      people.map((person_id) => ({ child_id, person_id })),
    ),
    recipients: under<Getting>('gets/').map(([person_id, getting]): Recipient => ({ person_id, ...getting })),
    told_how_to: form.told_how_to.map((line) => line.trim()).filter(Boolean),
  }
}

/** A day before the meeting is a slip of the hand: half a year typed is one too. */
export function isDay(words: string, heldOn: string): boolean {
  return words === '' || (/^\d{4}-/.test(words) && words >= heldOn)
}

/** "by Tue 8 July, 10 working days". */
export function byWords(
  by: string | null | undefined,
  count: number | undefined,
  unit: 'day' | 'month',
  heldOn: string,
): string {
  if (!by) return ''
  const when = { day: day(by, new Date(heldOn)) }
  return unit === 'month'
    ? many('by {day}, {n} month', 'by {day}, {n} months', count ?? 0, when)
    : many('by {day}, {n} working day', 'by {day}, {n} working days', count ?? 0, when)
}

/** What the meeting has not come to, in words, before it is closed. */
export function notYet(board: LiveBoard): string[] {
  if (!board.area.decides) return []
  const closing = board.get<ClosingSeen>('closing')
  const told = (child: string) => closing?.tells.some((one) => one.child_id === child)
  const rows: [unknown, string][] = [
    [closing?.lead_social_worker, t('the lead social worker')],
    [closing?.core_group.length, t('the core group')],
    [closing?.review_on, t('the next review')],
    ...board.children.map((child): [unknown, string] => [told(child.id), t('who tells {name}', { name: child.name })]),
    [board.get<RecipientSeen[]>('recipients')?.length, t('who gets which paper')],
    ...board.children.map((child): [unknown, string] => [
      board.get(`letter/${child.id}`),
      t('the letter to {name}', { name: child.name }),
    ]),
  ]
  return rows.filter(([there]) => !there).map(([, words]) => words)
}

export function partWords(board: LiveBoard, name: string, value: unknown): string {
  const people = (ids: unknown) => listed((ids as string[]).map((id) => board.short(id, t('Somebody'))))
  if (!value || (Array.isArray(value) && !value.length))
    return /^(lead|core_group$|tells|gets$)/.test(name) ? t('Nobody yet') : t('Nothing yet')
  if (name === 'lead') return people([value])
  if (['core_group', 'gets'].includes(name) || name.startsWith('tells/')) return people(value)
  if (name === 'told_how_to') return listed((value as string[]).map((line) => t(line)))
  if (!name.startsWith('gets/')) return day(value as string)
  const { version, children, how } = value as Getting
  const only = children.length ? `, ${t('about {names} only', { names: people(children) })}` : ''
  return `${VERSION[version]}${only}${how ? `. ${how}` : ''}`
}
