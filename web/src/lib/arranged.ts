// What happens after the meeting, as everybody may read it: who leads, who meets when, who tells each child.

import type { LiveBoard } from './board.svelte'
import { longDay } from './dates'
import { listed, ROLE_WORDS } from './names'
import type { ClosingSeen } from './protocol'
import { t } from './tongue'

/** One line: what it is called, and what was arranged. On the tablet it is one sentence, without a name of its own. */
export interface Arranged {
  key: string
  label: string
  words: string
  plain: string
}

export function closingOf(board: LiveBoard): ClosingSeen | undefined {
  return board.get<ClosingSeen>('closing')
}

export function arranged(board: LiveBoard): Arranged[] {
  const closing = closingOf(board)
  if (!closing) return []
  const name = (id: string) => board.short(id, t('Somebody'))
  const lines: Arranged[] = []
  const line = (key: string, label: string, words: string, plain: string) => lines.push({ key, label, words, plain })
  const { lead_social_worker: lead, core_group, core_group_on, review_on } = closing
  if (lead) {
    const role = board.person(lead)?.role
    const as = role && role !== 'social_worker' ? `, ${ROLE_WORDS[role]?.toLowerCase()}` : ''
    line(
      'lead',
      t('Lead social worker'),
      name(lead) + as,
      t('{name} is your main social worker.', { name: name(lead) }),
    )
  }
  if (core_group.length) {
    const names = listed(core_group.map(name))
    line('core_group', t('Core group'), names, t('A small group works on the plan: {names}.', { names }))
  }
  if (core_group_on)
    line(
      'core_group_on',
      t('The core group meets'),
      longDay(core_group_on),
      t('The small group meets on {day}.', { day: longDay(core_group_on) }),
    )
  if (review_on)
    line(
      'review_on',
      t('The next review'),
      longDay(review_on),
      t('We all meet again on {day}.', { day: longDay(review_on) }),
    )
  for (const child of board.children) {
    const people = closing.tells.filter((one) => one.child_id === child.id).map((one) => name(one.person_id))
    if (!people.length) continue
    const who = { names: listed(people), child: child.name }
    line(
      `tells/${child.id}`,
      t('Who tells {name}', { name: child.name }),
      listed(people),
      people.length === 1
        ? t('{names} tells {child} what was decided.', who)
        : t('{names} tell {child} what was decided.', who),
    )
  }
  return lines
}
