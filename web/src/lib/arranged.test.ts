import { describe, expect, it } from 'vitest'
import { arranged } from './arranged'
import { LiveBoard } from './board.svelte'

function boardWith(closing: object | null): LiveBoard {
  const board = new LiveBoard()
  const person = (name: string, role: string) => ({ name, role, admitted: true })
  board.receive({
    type: 'view',
    epoch: 'e',
    version: 1,
    full: true,
    drop: [],
    put: {
      conference: { title: 'A meeting' },
      'child/c1': { place: 1, name: 'Tansy', age: 9 },
      'child/c2': { place: 2, name: 'Robin', age: 3 },
      'person/n': person('Naomi Trask', 'social_worker'),
      'person/d': person('Dana Wrenfield', 'parent'),
      ...(closing ? { closing } : {}),
    },
  })
  return board
}

const NOTHING = {
  version: 'v',
  lead_social_worker: null,
  core_group: [],
  core_group_on: null,
  review_on: null,
  tells: [],
  told_how_to: [],
}

describe('what was arranged', () => {
  it('says nothing of what nobody has arranged', () => {
    expect(arranged(boardWith(null))).toEqual([])
    expect(arranged(boardWith(NOTHING))).toEqual([])
  })

  it('says it in the words of the trade, and in a sentence for the tablet', () => {
    const lines = arranged(
      boardWith({
        ...NOTHING,
        lead_social_worker: 'n',
        core_group: ['n', 'd'],
        core_group_on: '2025-07-03',
        tells: [{ child_id: 'c2', person_id: 'd' }],
      }),
    )
    expect(lines.map(({ label, words }) => `${label}: ${words}`)).toEqual([
      'Lead social worker: Naomi',
      'Core group: Naomi and Dana',
      'The core group meets: Thursday 3 July',
      'Who tells Robin: Dana',
    ])
    expect(lines.map(({ plain }) => plain)).toEqual([
      'Naomi is your main social worker.',
      'A small group works on the plan: Naomi and Dana.',
      'The small group meets on Thursday 3 July.',
      'Dana tells Robin what was decided.',
    ])
  })
})
