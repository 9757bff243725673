// What the one polite live region says without being asked: calls for help, and what others put on the board.
// Bursts are said as one sentence.

import { untrack } from 'svelte'
import type { ItemSeen } from '../lib/protocol'
import { saidBy } from '../lib/source'
import { EVERYWHERE, HELP } from '../lib/words'
import type { Desk } from './desk.svelte'
import { calls } from './people'

const TOGETHER = 800

export function hear(desk: Desk): void {
  const { board } = desk
  let known: string[] | null = null
  let fresh: string[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  $effect(() => {
    const now: string[] = []
    const said: string[] = []
    for (const person of board.people)
      for (const [what] of calls(board, person.id)) {
        const key = `help/${person.id}/${what}`
        now.push(key)
        if (known && !known.includes(key)) said.push(`${board.short(person.id)}: ${HELP[what]}`)
      }
    for (const [id, item] of board.under<ItemSeen>('item/')) {
      const key = `item/${id}`
      now.push(key)
      if (known && !known.includes(key) && !untrack(() => board.touched.has(id)))
        said.push(`${saidBy(board, item)}, added to ${EVERYWHERE.group[item.sub_category!]}: ${item.text}`)
    }
    for (const [id] of board.under('offered/')) {
      const key = `offered/${id}`
      now.push(key)
      if (known && !known.includes(key)) said.push('A point is offered')
    }
    if (board.loaded) known = now
    if (said.length === 0) return
    fresh.push(...said)
    clearTimeout(timer)
    timer = setTimeout(() => {
      desk.announce(fresh.length > 3 ? `${fresh.length} new things on the board` : fresh.join('. '))
      fresh = []
    }, TOGETHER)
  })
}
