// The live board as this person may see it: one flat map that frames replace entry by entry, and what is read from it.

import { categoriesOf, NO_AREA, outcomeIn, plainVoiceOf, stageAt, voiceOf } from './area'
import { isOwnKey, orderKey, touchedBy, under } from './ids'
import { listed, shortNames } from './names'
import { paint } from './paint'
import type {
  AnswerSeen,
  AreaSeen,
  BlankSeen,
  BreakSeen,
  ChildSeen,
  Column,
  Command,
  ConferenceSeen,
  DangerSeen,
  DecisionSeen,
  FloorSeen,
  GoalSeen,
  ItemSeen,
  MeSeen,
  NamedSeen,
  OutcomeSeen,
  OwnFrame,
  PersonSeen,
  Phase,
  PhaseSeen,
  Role,
  ScaleSeen,
  SpotlightSeen,
  StageSeen,
  SubCategory,
  TitleSeen,
  View,
  ViewFrame,
  WithoutFamilySeen,
} from './protocol'
import { inTongue, t } from './tongue'

export type WithId<T> = T & { id: string }

export class LiveBoard {
  /** What the server sent: entries are replaced, never edited. */
  received = $state.raw<View>({})
  /** Own acts that are not answered yet. */
  waiting = $state.raw<readonly Command[]>([])
  /** What is on this screen: what the server sent, with one's own acts painted in. */
  view = $derived<View>(paint(this.received, this.waiting))

  loaded = $derived('conference' in this.received)
  me = $derived(this.view['me'] as MeSeen | undefined)
  conference = $derived(this.view['conference'] as ConferenceSeen | undefined)
  /** What this meeting's area chose: its stages, columns, outcomes and categories with their words. */
  /** Why the family is out, and since when. */
  out = $derived(this.view['without_family'] as WithoutFamilySeen | undefined)
  /** The map is then that of this part alone. Those who are out have no phase to see. */
  inside = $derived(this.out !== undefined && 'phase' in this.view)
  area = $derived<AreaSeen>(inTongue((this.view['area'] as AreaSeen | undefined) ?? NO_AREA))
  /** Said on every screen, also on one that is blanked. */
  practice = $derived(this.area.practice || (this.view['conference'] as TitleSeen | undefined)?.practice === true)
  stages = $derived<readonly StageSeen[]>(this.area.stages)
  voice = $derived(voiceOf(this.area))
  phase = $derived<Phase>((this.view['phase'] as PhaseSeen | undefined)?.phase ?? 'prepare')
  floor = $derived((this.view['floor'] as FloorSeen | undefined)?.person_id ?? null)
  spotlight = $derived((this.view['spotlight'] as SpotlightSeen | undefined)?.key ?? null)
  blank = $derived((this.view['blank'] as BlankSeen | undefined)?.screens ?? 'none')
  pause = $derived((this.view['break'] as BreakSeen | undefined) ?? null)

  // Keys come in no order that could tell anything, so people and children are put in one that everybody shares.
  #everybody = $derived(inSeats(withIds(under<PersonSeen>(this.view, 'person/'))))
  people = $derived(this.#everybody.filter((person) => person.admitted !== false))
  /** The people without the room screen, which is nobody. */
  persons = $derived(this.people.filter((person) => person.role !== 'room_screen'))
  /** Asked to come but not let in, or taken out: the chair alone is told of them. */
  outside = $derived(this.#everybody.filter((person) => person.admitted === false))
  children = $derived<WithId<ChildSeen>[]>(inPlace(withIds(under<ChildSeen>(this.view, 'child/'))))
  dangers = $derived<DangerSeen[]>(oldestFirst(values(under<DangerSeen>(this.view, 'danger/'))))
  goals = $derived<GoalSeen[]>(oldestFirst(values(under<GoalSeen>(this.view, 'goal/'))))
  scales = $derived<ScaleSeen[]>(
    values(under<ScaleSeen>(this.view, 'scale/')).sort((a, b) => a.opened_at.localeCompare(b.opened_at)),
  )
  decisions = $derived<DecisionSeen[]>(
    this.children.flatMap((child) => (this.view[`decision/${child.id}`] as DecisionSeen | undefined) ?? []),
  )
  names = $derived(
    shortNames([
      ...this.#everybody.filter((one) => one.role !== 'room_screen').map((one) => [one.id, one.name] as const),
      ...this.children.map((one) => [one.id, one.name] as const),
    ]),
  )
  childNames = $derived(listed(this.children.map((child) => child.name)))
  plainVoice = $derived(plainVoiceOf(this.area, this.childNames))
  zone = $derived(this.conference?.time_zone)
  /** Ids of what an unanswered act of one's own made or changed. */
  touched = $derived(touchedBy(this.waiting))

  receive(frame: ViewFrame | OwnFrame): void {
    const own = 'own' in frame
    const kept: View = {}
    for (const key in this.received) {
      const replaced = frame.full && isOwnKey(key) === own
      if (!replaced && !frame.drop.includes(key)) kept[key] = this.received[key]
    }
    this.received = { ...kept, ...frame.put }
  }

  get<T>(key: string): T | undefined {
    return this.view[key] as T | undefined
  }

  under<T>(prefix: string): [string, T][] {
    return under<T>(this.view, prefix)
  }

  person(id: string | null | undefined): PersonSeen | undefined {
    return id ? (this.view[`person/${id}`] as PersonSeen | undefined) : undefined
  }

  item(id: string): ItemSeen | undefined {
    return (this.view[`item/${id}`] ?? this.view[`private/${id}`]) as ItemSeen | undefined
  }

  /** The groups of a column in their order. */
  groups(column: Column): SubCategory[] {
    return this.area.columns[column].groups.map((group) => group.code)
  }

  groupWords(code: SubCategory): string {
    return this.voice.group[code] ?? code
  }

  /** An outcome or a view of it, in the area's words. */
  outcome(code: string): OutcomeSeen {
    return outcomeIn(this.area, code)
  }

  categories(decision: DecisionSeen): NamedSeen[] {
    return categoriesOf(this.area, decision)
  }

  /** "Map"; nothing before the meeting begins. */
  stageName(phase: Phase = this.phase): string {
    return this.stages[stageAt(this.stages, phase)]?.words ?? ''
  }

  /** The stage that follows the one this phase is in. */
  stageAfter(phase: Phase): StageSeen | undefined {
    return this.stages[stageAt(this.stages, phase) + 1]
  }

  /** The items of one group in their order. */
  group(column: Column, group: SubCategory): ItemSeen[] {
    const key = (this.inside ? 'private_' : '') + orderKey(column, group)
    const order = (this.view[key] as string[] | undefined) ?? []
    return order.flatMap((id) => this.item(id) ?? [])
  }

  /** "Dana", or "Tansy" for a child; the name that came with the words where the person is not in this view. */
  short(id: string | null | undefined, otherwise = ''): string {
    return (id && this.names.get(id)) || otherwise
  }

  /** "Isla", "both", or nothing where all children are meant. */
  about(ids: readonly string[]): string {
    if (this.children.length === 2 && ids.length === 2) return t('both')
    if (this.children.length > 2 && ids.length === this.children.length) return t('all')
    return listed(this.inPlace(ids).map((id) => this.short(id)))
  }

  /** Children in the order in which they are spoken of. */
  inPlace(ids: readonly string[]): string[] {
    return this.children.map((child) => child.id).filter((id) => ids.includes(id))
  }

  answers(scale: string): WithId<AnswerSeen>[] {
    return withIds(this.under<AnswerSeen>(`answer/${scale}/`))
  }

  /** The question on the screens: the one that is open, else the last one. */
  scale = $derived.by(() => {
    const open = this.scales.filter((one) => !one.closed)
    return open.at(-1) ?? this.scales.at(-1)
  })

  may(command: string): boolean {
    return this.me?.may.includes(command) ?? false
  }
}

function withIds<T>(entries: [string, T][]): WithId<T>[] {
  return entries.map(([id, value]) => ({ ...value, id }))
}

function values<T>(entries: [string, T][]): T[] {
  return entries.map(([, value]) => value)
}

const SEATS: readonly Role[] = [
  'parent',
  'child',
  'family_network',
  'advocate',
  'supporter',
  'social_worker',
  'professional',
]

/** The family first, then those who came for work; by name within. */
function inSeats(people: WithId<PersonSeen>[]): WithId<PersonSeen>[] {
  const rank = (role: Role) => (SEATS.includes(role) ? SEATS.indexOf(role) : SEATS.length)
  return people.sort((a, b) => rank(a.role) - rank(b.role) || a.name.localeCompare(b.name))
}

/** In the order in which the children are spoken of. */
function inPlace(children: WithId<ChildSeen>[]): WithId<ChildSeen>[] {
  return children.sort((a, b) => a.place - b.place)
}

/** In the order in which they were first written, by which they are also numbered. */
function oldestFirst<T extends { id: string; first_at: string }>(statements: T[]): T[] {
  return statements.sort((a, b) => a.first_at.localeCompare(b.first_at) || a.id.localeCompare(b.id))
}
