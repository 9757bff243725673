// The chair's desk: what is open on her own screen, and what she did last. Nothing here reaches anybody else's screen
// except through a command.

import type { CommandType, Fields } from '../lib/commands'
import { thisMoment } from '../lib/dates'
import { dropDraft, keepDraft, readDraft } from '../lib/drafts'
import type { Live } from '../lib/live.svelte'
import type { Answer } from '../lib/outbox'
import type { Column, Phase, SubCategory } from '../lib/protocol'
import { movedSentence } from '../lib/speech'
import { COLUMN_SHORT, EVERYWHERE } from '../lib/words'
import type { Place } from './moves'

export type Pane = 'map' | 'danger' | 'scale' | 'views' | 'decision' | 'close'
export type Panel =
  | 'waiting'
  | 'removed'
  | 'restricted'
  | 'people'
  | 'break'
  | 'rest'
  | 'respond'
  | 'number'
  | 'family-view'
  | 'agency-view'
  | 'correction'
  | 'keys'
  | 'find'
  | 'takeoff'
  | 'wordings'
  | 'seen'

interface Act {
  id: string
  label: string
}

const UNDOABLE = new Set<CommandType>([
  'add_item',
  'edit_item',
  'place_item',
  'return_item',
  'move_item',
  'remove_item',
  'restore_item',
  'write_danger_statement',
  'write_safety_goal',
  'set_phase',
  'give_floor',
  'spotlight',
  'undo',
])
const ACTS_KEPT = 50

const PANE_OF: Record<Phase, Pane> = {
  prepare: 'map',
  welcome: 'map',
  mapping: 'map',
  danger_statements: 'danger',
  safety_goals: 'danger',
  next_steps: 'map',
  scaling: 'scale',
  agency_views: 'views',
  decision: 'decision',
  close: 'close',
}

export class Desk {
  /** Where her eyes are, if not where the room is (D, G, M). */
  looking = $state<Pane | null>(null)
  writing = $state<Column | null>(null)
  editing = $state<string | null>(null)
  card = $state<string | null>(null)
  panel = $state<Panel | null>(null)
  /** Whom or what the open panel is about. */
  about = $state<string | null>(null)
  letters = $state(true)
  done = $state.raw<readonly Act[]>([])
  undone = $state.raw<readonly Act[]>([])
  now = $state.raw(thisMoment())
  pane = $derived.by<Pane>(() => this.looking ?? PANE_OF[this.live.board.phase])

  constructor(readonly live: Live) {
    this.letters = readDraft('letters', true)
  }

  get board() {
    return this.live.board
  }

  may(command: string): boolean {
    return this.live.may(command)
  }

  open(panel: Panel, about: string | null = null): void {
    this.about = about
    this.panel = panel
  }

  close(): void {
    this.panel = null
    this.about = null
  }

  setLetters(on: boolean): void {
    this.letters = on
    if (on) dropDraft('letters')
    else keepDraft('letters', false)
  }

  /** An act with words for the line at the bottom. The caller shows a "no" itself when it asks for the answer. */
  async do<T extends CommandType>(
    type: T,
    fields: Fields<T> & { id?: string },
    label: string,
    show: 'line' | 'caller' = 'line',
    aloud = label,
  ): Promise<Answer> {
    const { id, answer: coming } = this.live.send(type, { ...fields })
    const answer = await coming
    if (!answer.saved) {
      if (show === 'line') this.live.say(answer.message ?? 'This could not be done.', 'refused')
      return answer
    }
    if (UNDOABLE.has(type)) {
      this.done = [...this.done.slice(1 - ACTS_KEPT), { id, label }]
      this.undone = []
      this.live.say(label, 'done', { label: 'Undo', key: 'Z', run: () => void this.undo() }, aloud)
    } else {
      this.live.say(label, 'done', undefined, aloud)
    }
    return answer
  }

  async undo(): Promise<void> {
    const last = this.done.at(-1)
    if (!last) return this.live.say('There is nothing of yours to undo.')
    this.done = this.done.slice(0, -1)
    const { id, answer: coming } = this.live.send('undo', { of: last.id })
    const answer = await coming
    if (!answer.saved) return this.live.say(answer.message ?? 'This cannot be undone.', 'refused')
    this.undone = [...this.undone, { id, label: last.label }]
    this.live.say(`Undone: ${last.label}`, 'done', { label: 'Redo', key: 'Shift Z', run: () => void this.redo() })
  }

  async redo(): Promise<void> {
    const last = this.undone.at(-1)
    if (!last) return this.live.say('There is nothing to redo.')
    this.undone = this.undone.slice(0, -1)
    const { id, answer: coming } = this.live.send('undo', { of: last.id })
    const answer = await coming
    if (!answer.saved) return this.live.say(answer.message ?? 'This cannot be done again.', 'refused')
    this.done = [...this.done, { id, label: last.label }]
    this.live.say(last.label, 'done', { label: 'Undo', key: 'Z', run: () => void this.undo() })
  }

  move(id: string, place: Place): void {
    const others = this.shelf(place.column, place.sub_category).filter((other) => other !== id)
    const row = place.after === null ? 1 : others.indexOf(place.after) + 2
    const group = EVERYWHERE.group[place.sub_category]
    const column = COLUMN_SHORT[place.column]
    const of = others.length + 1
    const label = `Moved to ${column}${group === column ? '' : `, ${group}`}, ${row} of ${of}`
    const aloud = movedSentence(EVERYWHERE.column[place.column], group, row, of)
    void this.do('move_item', { item_id: id, ...place }, label, 'line', aloud)
  }

  /** How another screen looks is for the chair alone to see. */
  maySeeScreens = $derived.by(() => this.board.me?.role === 'chair')
  roomScreen = $derived.by(() => this.board.people.find((one) => one.role === 'room_screen')?.id ?? null)

  lamp(key: string): void {
    const on = this.board.spotlight !== key
    const label = on ? 'Lit on every screen' : 'Lamp off'
    void this.do('spotlight', { key: on ? key : null }, label, 'line', on ? '' : label) // lit words are heard themselves
  }

  floor(person: string): void {
    const on = this.board.floor !== person
    const name = this.board.short(person)
    void this.do('give_floor', { person_id: on ? person : null }, on ? `${name} has the floor` : 'Nobody has the floor')
  }

  rest(screens: 'room' | 'all'): void {
    const next = this.board.blank === screens ? 'none' : screens
    const words = { none: 'The screens are back', room: 'The room screen rests', all: 'Every screen but yours rests' }
    void this.do('blank', { screens: next }, words[next])
  }

  write(column: Column): void {
    this.looking = PANE_OF[this.board.phase] === 'map' ? null : 'map'
    this.editing = null
    this.writing = column
  }

  look(pane: Pane): void {
    this.looking = PANE_OF[this.board.phase] === pane ? null : pane
  }

  /** Moves the room, and her eyes with it. */
  go(phase: Phase, name: string): void {
    this.looking = null
    void this.do('set_phase', { phase }, `The room is at: ${name}`)
  }

  shelf = (column: Column, group: SubCategory): string[] => this.board.group(column, group).map((item) => item.id)
}
