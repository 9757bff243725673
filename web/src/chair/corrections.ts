// What a correction can be about: anything recorded, called by its words.

import type { LiveBoard } from '../lib/board.svelte'
import type { ItemSeen } from '../lib/protocol'
import { t } from '../lib/tongue'

export function correctable(board: LiveBoard): [string, string][] {
  return [
    ...board.decisions.map((one) => [`decision/${one.child_id}`, aboutWords(board, `decision/${one.child_id}`)]),
    ...board.dangers.map((one) => [`danger/${one.id}`, aboutWords(board, `danger/${one.id}`)]),
    ...board.goals.map((one) => [`goal/${one.id}`, aboutWords(board, `goal/${one.id}`)]),
    ...board.scales.map((one) => [`scale/${one.id}`, aboutWords(board, `scale/${one.id}`)]),
    ...board.under<ItemSeen>('item/').map(([id]) => [`item/${id}`, aboutWords(board, `item/${id}`)]),
  ] as [string, string][]
}

export function aboutWords(board: LiveBoard, key: string): string {
  const [kind, id = ''] = key.split('/')
  if (kind === 'decision') return t('the decision for {name}', { name: board.short(id, t('a child')) })
  const thing = board.get<{ text?: string; question?: string }>(key)
  const text = thing?.text ?? thing?.question
  if (!text) return t('the record')
  const words = text.length > 60 ? `${text.slice(0, 60)}…` : text
  if (kind === 'danger') return t('danger statement “{words}”', { words })
  return kind === 'goal' ? t('goal “{words}”', { words }) : `“${words}”`
}
