// The chair's desk: what is open on her own screen, and what she did last. Nothing here reaches anybody else's screen
// except through a command.

import type { CommandType, Fields } from '../lib/commands'
import { thisMoment } from '../lib/dates'
import { dropDraft, keepDraft, readDraft } from '../lib/drafts'
import { wordsIn, type Live } from '../lib/live.svelte'
import type { Answer } from '../lib/outbox'
import type { Column, Phase, PromptSeen, SubCategory } from '../lib/protocol'
import { movedSentence } from '../lib/speech'
import type { Place, Shelf } from './moves'
import { promptsFor } from './prompts'
import { inTongue, t } from '../lib/tongue'

export type Pane = 'map' | 'danger' | 'scale' | 'views' | 'decision' | 'close'
export type Panel =
  | 'waiting'
  | 'removed'
  | 'restricted'
  | 'private'
  | 'apart'
  | 'people'
  | 'door'
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
  | 'aside'
  | 'letter'

interface Act {
  id: string
  label: string
}

/** What a chair who is alone goes on with: kept here and shown, and sent when the server is back. */
const ALONE = new Set<CommandType>([
  'edit_item',
  'move_item',
  'remove_item',
  'restore_item',
  'respond_to_item',
  'write_danger_statement',
  'write_safety_goal',
  'answer_scale',
])
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
  /** At a review: whether the plan from the last time stands beside the board. */
  planOpen = $state(true)
  done = $state.raw<readonly Act[]>([])
  undone = $state.raw<readonly Act[]>([])
  /** How many are at the door. */
  atDoor = $state(0)
  now = $state.raw(thisMoment())
  pane = $derived.by<Pane>(() => this.looking ?? PANE_OF[this.live.board.phase])

  /** What she may ask here, one after the other. Only the chair is sent any. */
  prompts = $derived.by(() => {
    const { board } = this
    const lit = board.spotlight
    const where = {
      pane: this.pane,
      phase: board.phase,
      lit,
      litCard: lit?.startsWith('item/') ? board.item(lit.slice('item/'.length)) : undefined,
      column: this.writing ?? board.item(this.card ?? '')?.column ?? 'worry',
      scale: board.scale,
    }
    return promptsFor(inTongue(board.get<PromptSeen[]>('prompts') ?? []), where)
  })
  #turned = $state.raw({ from: '', by: 0 })
  prompt = $derived.by<PromptSeen | undefined>(() => this.prompts[this.#turn % this.prompts.length])

  constructor(readonly live: Live) {
    this.letters = readDraft('letters', true)
    this.planOpen = readDraft('plan', true)
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

  get #turn(): number {
    return this.#turned.from === this.prompts[0]?.ask ? this.#turned.by : 0 // elsewhere it begins anew
  }

  nextPrompt(): void {
    const first = this.prompts[0]
    if (!first) return
    this.#turned = { from: first.ask, by: this.#turn + 1 }
    this.live.speak(this.prompt?.ask ?? '')
  }

  openPlan(on: boolean): void {
    this.planOpen = on
    keepDraft('plan', on)
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
    const act = { id, label }
    if (UNDOABLE.has(type)) {
      this.done = [...this.done.slice(1 - ACTS_KEPT), act]
      this.undone = []
    }
    if (this.live.link === 'lost' && ALONE.has(type)) {
      void coming.then((answer) => this.#handBack(act, fields, answer))
      this.live.say(
        t('Kept here, not sent yet: {label}', { label }),
        'done',
        this.done.includes(act) ? this.#offer('done') : undefined,
      )
      return { id, saved: true }
    }
    const answer = await coming
    if (!answer.saved) {
      this.done = this.done.filter((one) => one !== act)
      if (show === 'line') this.live.say(answer.message ?? t('This could not be done.'), 'refused')
      return answer
    }
    this.live.say(label, 'done', this.done.includes(act) ? this.#offer('done') : undefined, aloud)
    return answer
  }

  /** It was taken as done long before the server said no. */
  #handBack(act: Act, fields: object, { saved, message }: Answer): void {
    if (saved) return
    this.done = this.done.filter((one) => one !== act)
    this.live.handBack(wordsIn(fields), message)
  }

  undo(): Promise<void> {
    return this.#takeBack('done')
  }

  redo(): Promise<void> {
    return this.#takeBack('undone')
  }

  /** From the moment it is asked for, also without a connection, an act has changed places with what takes it back. */
  async #takeBack(from: 'done' | 'undone'): Promise<void> {
    const to = from === 'done' ? 'undone' : 'done'
    const last = this[from].at(-1)
    if (!last)
      return this.live.say(to === 'done' ? t('There is nothing to redo.') : t('There is nothing of yours to undo.'))
    const { id, answer: coming } = this.live.send('undo', { of: last.id })
    const act = { id, label: last.label }
    this[from] = this[from].filter((one) => one !== last)
    this[to] = [...this[to], act]
    if (this.live.link !== 'live')
      this.live.say(
        to === 'done'
          ? t('Redo waits for the connection: {label}', { label: last.label })
          : t('Undo waits for the connection: {label}', { label: last.label }),
      )
    const answer = await coming
    if (answer.saved)
      return this.live.say(
        to === 'done' ? last.label : t('Undone: {label}', { label: last.label }),
        'done',
        this.#offer(to),
      )
    this[to] = this[to].filter((one) => one !== act)
    this.live.say(answer.message ?? t('This cannot be undone.'), 'refused')
  }

  #offer(acts: 'done' | 'undone') {
    if (acts === 'done') return { label: t('Undo'), key: 'Z', run: () => void this.undo() }
    return { label: t('Redo'), key: 'Shift Z', run: () => void this.redo() }
  }

  move(id: string, place: Place): void {
    const others = this.shelf(place.column, place.sub_category).filter((other) => other !== id)
    const row = place.after === null ? 1 : others.indexOf(place.after) + 2
    const group = this.board.groupWords(place.sub_category)
    const { question, short: column } = this.board.area.columns[place.column]
    const of = others.length + 1
    const where = group === column ? column : `${column}, ${group}`
    const label = t('Moved to {where}, {row} of {of}', { where, row, of })
    const aloud = movedSentence(question, group, row, of)
    void this.do('move_item', { item_id: id, ...place }, label, 'line', aloud)
  }

  /** How another screen looks is for the chair alone to see. */
  maySeeScreens = $derived.by(() => this.board.me?.role === 'chair')
  roomScreen = $derived.by(() => this.board.people.find((one) => one.role === 'room_screen')?.id ?? null)

  lamp(key: string): void {
    const on = this.board.spotlight !== key
    const label = on ? t('Lit on every screen') : t('Lamp off')
    void this.do('spotlight', { key: on ? key : null }, label, 'line', on ? '' : label) // lit words are heard themselves
  }

  floor(person: string): void {
    const on = this.board.floor !== person
    const name = this.board.short(person)
    void this.do(
      'give_floor',
      { person_id: on ? person : null },
      on ? t('{name} has the floor', { name }) : t('Nobody has the floor'),
    )
  }

  rest(screens: 'room' | 'all'): void {
    const next = this.board.blank === screens ? 'none' : screens
    const words = {
      none: t('The screens are back'),
      room: t('The room screen rests'),
      all: t('Every screen but yours rests'),
    }
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
  go(phase: Phase, name = this.board.stageName(phase) || t('Prepare')): void {
    this.looking = null
    void this.do('set_phase', { phase }, t('The room is at: {name}', { name }))
  }

  shelves = (column: Column): Shelf[] => this.board.groups(column).map((group) => [group, this.shelf(column, group)])

  shelf = (column: Column, group: SubCategory): string[] => this.board.group(column, group).map((item) => item.id)
}
