// What a screen reader says while the board changes: the words, and when. Bursts are told as one sentence, and the count of
// numbers at most every ten seconds. Only a lost connection interrupts.

import type { LiveBoard } from './board.svelte'
import { clock } from './dates'
import { ends, marks } from './marks'
import { listed } from './names'
import type { Help, ItemSeen, SafetyPromptSeen, ScaleSeen } from './protocol'
import { lineReached, setAside } from './question'
import { saidBy } from './source'
import { t, word } from './tongue'
import type { Voice } from './words'

export const TOGETHER = 1000
export const COUNT_EVERY = 10_000
export const STALE_AFTER = 8000
export const OFFLINE = word('Offline. Your words are kept here.')
const NAMED_AT_MOST = 3

/** What can be told of a board at one moment, as sentences by what they are about. */
export interface Picture {
  cards: ReadonlyMap<string, string>
  /** Calls for help, and points that wait: the chair alone is sent them. */
  calls: ReadonlyMap<string, string>
  lit: string
  count: string
  shown: string
  pause: string
}

export interface SpeakerPorts {
  say: (words: string) => void
  after: (run: () => void, milliseconds: number) => unknown
  now: () => number
}

export class Speaker {
  #last: Picture | null = null
  #fresh: string[] = []
  #gathering = false
  #countedAt = -COUNT_EVERY
  #count = ''
  #counting = false
  #waiting: string[] = []
  #said = ''

  constructor(private readonly ports: SpeakerPorts) {}

  /** `own`: what this person did themselves is told by what they did, not as news. */
  look(picture: Picture | null, own: ReadonlySet<string> = new Set()): void {
    const last = this.#last
    this.#last = picture
    if (!picture || !last) return
    if (last.cards.size && !picture.cards.size) this.#forget()
    for (const [id, words] of picture.cards) if (!last.cards.has(id) && !own.has(id)) this.#gather(words)
    for (const [key, words] of picture.calls) if (!last.calls.has(key)) this.speak(words)
    for (const what of ['shown', 'lit', 'pause'] as const)
      if (picture[what] !== last[what] && picture[what]) this.speak(picture[what])
    if (last.pause && !picture.pause) this.speak(t('We go on.'))
    if (picture.count !== last.count) this.#tellCount(picture.count)
  }

  /** What is said in the same moment is said as one, so that nothing cuts off anything. */
  speak(words: string): void {
    if (!words) return
    this.#waiting.push(stopped(words))
    if (this.#waiting.length > 1) return
    this.ports.after(() => {
      if (!this.#waiting.length) return
      const all = [...new Set(this.#waiting)].join(' ')
      this.#waiting = []
      this.#said = all === this.#said ? `${all}\u00a0` : all // said twice, it has to be another text
      this.ports.say(this.#said)
      this.ports.after(() => all === this.#said.trim() && this.ports.say(''), STALE_AFTER)
    }, 0)
  }

  /** The board was taken off this screen: its words do not stay behind. */
  #forget(): void {
    this.#fresh = []
    this.#waiting = []
    this.#count = ''
    this.ports.say('')
  }

  #gather(words: string): void {
    this.#fresh.push(words)
    if (this.#gathering) return
    this.#gathering = true
    this.ports.after(() => {
      const fresh = this.#fresh
      this.#fresh = []
      if (fresh.length) this.speak(fresh.length === 1 ? fresh[0]! : t('{n} new cards.', { n: fresh.length }))
      this.#gathering = false
    }, TOGETHER)
  }

  #tellCount(count: string): void {
    this.#count = count
    if (this.#counting) return
    this.#counting = true
    this.ports.after(
      () => {
        this.#counting = false
        if (!this.#count) return // shown or closed meanwhile
        this.#countedAt = this.ports.now()
        this.speak(this.#count)
      },
      Math.max(0, this.#countedAt + COUNT_EVERY - this.ports.now()),
    )
  }
}

export function pictureOf(board: LiveBoard, voice: Voice): Picture | null {
  if (!board.loaded) return null
  return {
    cards: new Map(
      board
        .under<ItemSeen>('item/')
        .filter(([, item]) => item.sub_category)
        .map(([id, item]) => [id, newCard(board, item, voice)]),
    ),
    calls: new Map([
      ...callsOn(board),
      ...board.under('offered/').map(([id]) => [id, t('A point is offered.')] as const),
      ...board.under('held/').map(([id]) => [id, t('A point is new to the family.')] as const),
      ...board
        .under('house_to_look_at/')
        .map(([id]) => [`house/${id}`, t('A child’s house waits for your look.')] as const),
      ...board
        .under<SafetyPromptSeen>('safety_prompt/')
        .map(([id, prompt]) => [`safety/${id}`, `${lineReached(prompt)} ${t('Is everyone safe tonight?')}`] as const),
    ]),
    lit: litSentence(board),
    count: countSentence(board.scale),
    shown: shownSentence(board),
    pause: pauseSentence(board),
  }
}

/** "Lorna, police, added to Past harm: words. Not proved. New to the family." */
export function newCard(board: LiveBoard, item: ItemSeen, voice: Voice): string {
  const group = item.sub_category ? voice.group[item.sub_category] : voice.column[item.column]
  const said = t('{who}, added to {group}: {words}', { who: saidBy(board, item), group, words: stopped(item.text) })
  const kind = item.kind ? ` ${voice.kind[item.kind]}.` : ''
  return item.new_today ? `${said}${kind} ${t('New to the family.')}` : said + kind
}

/** "We are talking about: words." */
export function litSentence(board: LiveBoard): string {
  const lit = board.spotlight
    ? board.get<Partial<Record<'text' | 'question' | 'words' | 'described', string>>>(board.spotlight)
    : undefined
  const words = lit?.text || lit?.question || lit?.words || lit?.described
  return words ? t('We are talking about: {words}', { words: stopped(words) }) : ''
}

/** "8 of 10 numbers are in." */
export function countSentence(scale: ScaleSeen | undefined): string {
  if (!scale || scale.revealed || scale.closed) return ''
  return t('{answered} of {expected} numbers are in.', { answered: scale.answered, expected: scale.expected })
}

/** "Numbers shown. Lowest 3, Lorna. Middle 5. Highest 7, Callum." */
export function shownSentence(board: LiveBoard): string {
  const scale = board.scale
  if (scale?.voided) return setAside(scale)
  if (!scale?.revealed || !scale.on_screens) return ''
  const all = marks(board, board.answers(scale.id))
  const row = ends(all.map((mark) => mark.score))
  if (!row) return t('Numbers shown.')
  const { lowest, middle, highest } = row
  if (lowest === highest) return t('Numbers shown. All at {number}.', { number: lowest })
  const who = (score: number) => namesOf(all.filter((mark) => mark.score === score).map((mark) => mark.name))
  const places = { lowest, middle, highest, low: who(lowest), high: who(highest) }
  return middle === null
    ? t('Numbers shown. Lowest {lowest}, {low}. Highest {highest}, {high}.', places)
    : t('Numbers shown. Lowest {lowest}, {low}. Middle {middle}. Highest {highest}, {high}.', places)
}

/** "Moved to What's working well, Existing safety, 2 of 4." */
export function movedSentence(column: string, group: string, row: number, of: number): string {
  const name = column.replace(/\?$/, '')
  return t('Moved to {column}, {group}, {row} of {of}.', { column: name, group, row, of })
}

/** Nobody writes on the room's screen. */
export function lostSentence({ link, page }: { link: string; page: { surface: string } }): string {
  if (link !== 'lost') return ''
  return page.surface === 'room' ? t('Offline.') : t(OFFLINE)
}

/** "Dana wants to speak." */
export function callSentence(name: string, what: Help): string {
  if (what === 'speak') return t('{name} wants to speak.', { name })
  return what === 'break' ? t('{name} needs a break.', { name }) : t('{name} didn’t follow.', { name })
}

function callsOn(board: LiveBoard): [string, string][] {
  return board
    .under<Partial<Record<Help, unknown>>>('help/')
    .flatMap(([person, calls]) =>
      (Object.keys(calls) as Help[])
        .filter((what) => calls[what])
        .map((what): [string, string] => [`help/${person}/${what}`, callSentence(board.short(person), what)]),
    )
}

function pauseSentence(board: LiveBoard): string {
  if (board.blank === 'all') return t('The screens are resting.')
  if (!board.pause) return ''
  return breakSentence(board.pause.until, board.zone)
}

/** "We’re having a break. Back at 10:40." */
export function breakSentence(until: string | null | undefined, zone: string | undefined): string {
  if (!until) return t('We’re having a break.')
  return t('We’re having a break. Back at {time}.', { time: clock(until, zone) })
}

function namesOf(names: readonly string[]): string {
  if (names.length <= NAMED_AT_MOST) return listed(names)
  return t('{list} and {n} more', {
    list: names.slice(0, NAMED_AT_MOST - 1).join(', '),
    n: names.length - NAMED_AT_MOST + 1,
  })
}

function stopped(words: string): string {
  const text = words.trim()
  return /[.!?…]["”’']?$/.test(text) ? text : `${text}.`
}
