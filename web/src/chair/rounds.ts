// What each question that was asked is called: a question that is asked again is another round of the same.

import type { LiveBoard } from '../lib/board.svelte'
import type { ScaleSeen } from '../lib/protocol'
import { t } from '../lib/tongue'

type Asked = Pick<ScaleSeen, 'id' | 'again_of' | 'round'>

/** "Round 2"; where more than one question was asked, "Question 2, round 1". */
export function roundName(all: readonly Asked[], one: Asked): string {
  const first = all.filter((other) => !before(all, other))
  if (first.length < 2) return t('Round {round}', { round: one.round })
  let begun = one
  for (let last = before(all, begun); last; last = before(all, begun)) begun = last
  return t('Question {n}, round {round}', { n: first.indexOf(begun) + 1, round: one.round })
}

function before(all: readonly Asked[], one: Asked): Asked | undefined {
  return all.find((other) => other.id === one.again_of)
}

interface Next {
  children: string[]
  danger_id: string
  /** For its draft. */
  name: string
  hint: string
}

/** What the next question is about, as this area asks: about everything, or each child or danger in turn. */
export function nextQuestion(board: LiveBoard): Next {
  const all = board.children.map((child) => child.id)
  const asked = board.scales.filter((one) => !one.voided)
  if (board.area.scope === 'per_child') {
    const child = all.find((id) => !asked.some((one) => one.children.join() === id)) ?? all[0] ?? ''
    const hint = t('Here each child has a question of their own. This one is about the child ticked below.')
    return { children: all.filter((id) => id === child), danger_id: '', name: `:${child}`, hint }
  }
  const danger = board.dangers.find(({ id }) => !asked.some((one) => one.danger_id === id)) ?? board.dangers[0]
  if (board.area.scope === 'per_danger_statement' && danger) {
    const hint = t('Here each danger statement has a question of its own.')
    return { children: danger.children, danger_id: danger.id, name: `:${danger.id}`, hint }
  }
  return { children: all, danger_id: '', name: '', hint: '' }
}
