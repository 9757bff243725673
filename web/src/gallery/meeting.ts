// The worked conference as frames of the live board, for whoever sits in front of it and at whatever moment a state needs.

import { ENGLAND } from './england'
import example from '../../../demo/example-conference.json'
import type {
  AnswerSeen,
  Column,
  ConferenceSeen,
  DecisionSeen,
  ItemSeen,
  MeSeen,
  PersonSeen,
  Phase,
  Role,
  ScaleSeen,
  StatementKind,
  SubCategory,
  View,
  ViewOfAgency,
} from '../lib/protocol'

export const HESTER = 'p01'
export const NAOMI = 'p03'
export const ROWAN = 'p04'
export const LEILA = 'p05'
export const GRACE = 'p06'
export const BEA = 'p08'
export const DANA = 'p09'
export const CALLUM = 'p10'
export const MAUREEN = 'p11'
export const SCREEN = 'screen'
export const TANSY = 'c1'
export const ROBIN = 'c2'
export const BOTH = [TANSY, ROBIN]

/** What each may do, as far as a state shows it. The server's own table decides; this is only what a screen offers. */
const MAY: Partial<Record<Role, string[]>> = {
  chair: [
    'add_item edit_item place_item return_item release_item move_item remove_item restore_item respond_to_item',
    'write_danger_statement write_safety_goal set_phase give_floor spotlight blank take_break end_break',
    'explain_threshold open_scale answer_scale reveal_scale hide_scale close_scale void_scale give_view',
    'give_family_view go_on_without_quorum',
    'show_views record_decision mark_attendance admit remove_person hand_over close_conference add_correction undo',
    'add_restricted write_closing write_letter mark_progress',
  ],
  professional: [
    'add_item edit_item remove_item restore_item answer_scale give_view record_dissent mark_progress',
    'raise_hand ask_meaning ask_for_break undo',
  ],
  parent: [
    'add_item edit_item remove_item respond_to_item answer_scale give_family_view',
    'raise_hand ask_meaning ask_for_break undo',
  ],
  room_screen: [],
}

export interface Told {
  phase?: Phase
  /** The points on the board: the worked conference's own, unless a state needs others. */
  items?: ItemSeen[]
  people?: Record<string, PersonSeen>
  lit?: string
  floor?: string
  conference?: Partial<ConferenceSeen>
  /** Whatever else the server says. */
  more?: View
  /** Nothing but this. */
  only?: View
  /** Besides what their role may do anyway. */
  may?: readonly string[]
  /** What only this person is told. */
  own?: View
}

/** The two parts of a first frame: what others may see too, and what is only theirs. */
export function told(person: string, what: Told = {}): { shared: View; own: View } {
  const people = what.people ?? everybody()
  const items = what.items ?? points()
  const shared: View = {
    conference: { ...CONFERENCE, ...what.conference },
    area: ENGLAND,
    phase: { phase: what.phase ?? 'mapping' },
    floor: { person_id: what.floor ?? null },
    spotlight: { key: what.lit ?? null },
    blank: { screens: 'none' },
    'child/c1': { place: 1, name: 'Tansy', age: 9 },
    'child/c2': { place: 2, name: 'Robin', age: 3 },
    ...under('person/', people),
    ...onBoard(items),
    ...what.more,
  }
  const { name, role } = people[person]!
  const me: MeSeen = {
    person_id: person,
    name,
    role,
    audience: person,
    children: [],
    sits_with: null,
    has_floor: what.floor === person,
    reign: '',
    may: [...(MAY[role] ?? []).flatMap((names) => names.split(' ')), ...(what.may ?? [])],
  }
  return { shared: what.only ?? shared, own: { me, ...what.own } }
}

const CONFERENCE: ConferenceSeen = {
  title: example.conference.title,
  type: 'initial',
  held_on: example.conference.held_on,
  starts_at: '2025-06-24T09:00:00Z',
  started_at: '2025-06-24T09:00:00Z',
  closed_at: null,
  place: example.conference.place,
  why_we_are_meeting: example.conference.why_we_are_meeting,
  locked: false,
  time_zone: 'Europe/London',
  outcomes: ENGLAND.outcomes.map((one) => one.code),
  categories: ENGLAND.categories.names.map((one) => one.code),
  scale: {
    question: 'How safe are Tansy and Robin today?',
    direction: 'higher_is_safer',
    low_end: 'So unsafe that they couldn’t live at home.',
    high_end: 'Safe enough for all of us to step away.',
    show: 'chair',
  },
  entry: 'offer',
}

// ---- people

export function everybody(): Record<string, PersonSeen> {
  const people: Record<string, PersonSeen> = { [SCREEN]: somebody('Room screen', 'room_screen') }
  for (const one of example.people) {
    people[one.id] = {
      ...somebody(one.name, one.role as Role),
      relationship: one.job_or_relationship,
      agency_id: one.agency_id,
      agency: example.agencies.find((agency) => agency.id === one.agency_id)?.name ?? '',
      attendance: one.attendance as PersonSeen['attendance'],
      here: !one.attendance.startsWith('absent'),
      present: !one.attendance.startsWith('absent'),
    }
  }
  return people
}

export function somebody(name: string, role: Role, relationship = ''): PersonSeen {
  return {
    name,
    role,
    relationship,
    agency_id: null,
    agency: '',
    agency_kind: role === 'parent' ? 'family' : 'health',
    attendance: 'in_room',
    here: true,
    left: false,
    admitted: true,
    present: true,
  }
}

/** So many people round one table. */
export function crowd(count: number): Record<string, PersonSeen> {
  const people = everybody()
  for (let number = Object.keys(people).length; number <= count; number++) {
    people[`x${number}`] = somebody(`${CROWD[number % CROWD.length]} ${number}`, 'professional', 'Colleague')
  }
  return people
}

const CROWD = ['Ade', 'Bryn', 'Cass', 'Dev', 'Esme', 'Finn', 'Gwen', 'Hari', 'Ines', 'Jude', 'Kofi', 'Lou', 'Mina']

export const LONG_NAMES: Record<string, string> = {
  [DANA]: 'Dana Elisabeth Wrenfield-Featherstonehaugh',
  [CALLUM]: 'Bartholomew-Maximilian Ockley-Cholmondeley',
  [LEILA]: 'Aleksandra-Wilhelmina Hartnoll-Papadopoulou',
}

// ---- points

export function points(count = 99): ItemSeen[] {
  const all = [...example.board_items.map(pointOf), ...example.next_steps.map(stepOf)]
  if (count >= all.length) return all
  const every = all.length / count // some from each column, as on a board that fills up
  return Array.from({ length: count }, (_none, index) => all[Math.floor(index * every)]!)
}

/** More than the worked conference has: its own again, as long as there have to be. */
export function manyPoints(count: number): ItemSeen[] {
  const all = points()
  return Array.from({ length: count }, (_none, index) => {
    const point = all[index % all.length]!
    return { ...point, id: index < all.length ? point.id : `${point.id}-${index}` }
  })
}

function pointOf(one: (typeof example.board_items)[number]): ItemSeen {
  const { person_id, basis } = one.source
  const kind = one.kind as StatementKind
  return {
    ...point(one.id, one.text, { kind, column: one.column as Column, sub_category: one.sub_category as SubCategory }),
    about_children: one.about_children,
    source: { ...sourceOf(person_id), basis: basis as ItemSeen['source']['basis'] },
    child_speaking: basis === 'childs_own_words' ? TANSY : null,
    responses: kind === 'allegation' ? [ANSWER] : [],
  }
}

function stepOf(one: (typeof example.next_steps)[number]): ItemSeen {
  return {
    ...point(one.id, one.what, { column: 'next_step', sub_category: 'next_step', kind: null }),
    source: sourceOf(NAOMI),
    who: one.who,
    by: one.by,
    goal_id: one.goal_id,
    how_we_will_know: one.how_we_will_know,
  }
}

export const ANSWER: ItemSeen['responses'][number] = {
  person_id: CALLUM,
  name: 'Callum Ockley',
  agrees: 'partly',
  text: 'I threw it at the wall. I did not throw it at Tansy.',
}

export function sourceOf(person: string): ItemSeen['source'] {
  const { name } = example.people.find((one) => one.id === person)!
  return { person_id: person, name, agency: '', basis: 'said_in_meeting', report_id: null }
}

export function point(id: string, text: string, more: Partial<ItemSeen> = {}): ItemSeen {
  return {
    id,
    text,
    column: 'worry',
    sub_category: 'past_harm',
    kind: 'fact',
    about_children: BOTH,
    source: sourceOf(LEILA),
    happened_on: null,
    child_speaking: null,
    responses: [],
    new_today: false,
    version: '1',
    earlier: [],
    ...more,
  }
}

function onBoard(items: readonly ItemSeen[]): View {
  const view: View = {}
  for (const item of items) {
    view[`item/${item.id}`] = item
    const key = `order/${item.column}/${item.sub_category}`
    view[key] = [...((view[key] as string[] | undefined) ?? []), item.id]
  }
  return view
}

export function under(prefix: string, entries: Record<string, unknown>): View {
  return Object.fromEntries(Object.entries(entries).map(([id, value]) => [prefix + id, value]))
}

// ---- what the meeting wrote, asked, thought and decided

export const STATEMENTS: View = {
  ...Object.fromEntries(
    example.danger_statements.map((one) => [
      `danger/${one.id}`,
      {
        id: one.id,
        text: one.agreed_wording,
        children: one.children,
        goal_ids: [one.safety_goal_id],
        brought_by: one.brought_by,
        first_at: `2025-06-24T10:0${one.id.slice(1)}:00Z`,
        version: '1',
        earlier: [],
      },
    ]),
  ),
  ...Object.fromEntries(
    example.safety_goals.map((one) => [
      `goal/${one.id}`,
      {
        id: one.id,
        text: one.text,
        children: BOTH,
        danger_id: one.danger_statement_id,
        brought_by: NAOMI,
        first_at: `2025-06-24T10:1${one.id.slice(1)}:00Z`,
        for_how_long: one.for_how_long,
        version: '1',
        earlier: [],
      },
    ]),
  ),
}

export function question(id: string, more: Partial<ScaleSeen> = {}): ScaleSeen {
  return {
    ...CONFERENCE.scale,
    id,
    children: BOTH,
    danger_id: null,
    again_of: null,
    round: 1,
    opened_at: '2025-06-24T10:20:00Z',
    answered: 0,
    expected: 10,
    revealed: false,
    revealed_at: null,
    closed: false,
    on_screens: false,
    voided: false,
    ...more,
  }
}

export const SHOWN: Partial<ScaleSeen> = {
  answered: 10,
  revealed: true,
  revealed_at: '2025-06-24T10:31:00Z',
  on_screens: true,
}

const NUMBERS: readonly (readonly [string, number | null, string])[] = [
  [NAOMI, 4, 'There is a plan for the nights, but it is new.'],
  [ROWAN, 3, 'Nobody has called us since May, and that is not long.'],
  [LEILA, 5, 'Tansy comes to school every day now.'],
  [GRACE, 4, 'Robin’s teeth still hurt him.'],
  ['p07', 5, 'Callum has come to all three meetings.'],
  [BEA, null, 'I give no number of my own.'],
  [DANA, 6, 'I locked the door and I rang for help. I would do it again.'],
  [CALLUM, 7, 'I am not sleeping there until I have stopped.'],
  [MAUREEN, 5, 'They can always come to me.'],
]

export function answers(scale: string, people = NUMBERS, higher = 0): View {
  return under(
    `answer/${scale}/`,
    Object.fromEntries(people.map(([id, score, why]) => [id, answer(id, score === null ? null : score + higher, why)])),
  )
}

export function answer(person: string, score: number | null, why = ''): AnswerSeen {
  return { person_id: person, for_child: null, score, passed: score === null, why, entered_by: null }
}

/** A round that does not count. */
export const ASIDE: Partial<ScaleSeen> = {
  closed: true,
  voided: true,
  voided_why: 'Two people came in late and had not heard the question.',
}

/** The numbers of today, and those that were given to the same question three months before. */
export function withEarlier(scale: string): View {
  const before = NUMBERS.map(([id, score]) => ({
    held_on: '2025-03-24',
    person_id: id,
    name: example.people.find((one) => one.id === id)!.name,
    for_child: null,
    score: score === null ? null : Math.max(0, score - 2),
  }))
  return { ...answers(scale), [`earlier_answers/${scale}`]: before }
}

export const SPREAD = [0, 0, 0, 1, 2, 3, 1, 1, 0, 0, 0]

/** A number from everybody in a full room. */
export function crowdAnswers(scale: string, people: Record<string, PersonSeen>): View {
  const ids = Object.keys(people).filter((id) => id !== SCREEN && id !== HESTER)
  return answers(
    scale,
    ids.map((id, index) => [id, 2 + ((index * 5) % 7), 'We see it every week.'] as const),
  )
}

export function agencyViews(): View {
  const said: [string, ViewOfAgency, string][] = [
    ['a2', 'child_protection_plan', 'It is new, and it has to hold.'],
    ['a3', 'child_protection_plan', 'Somebody was hurt, and it was night.'],
    ['a4', 'child_in_need_plan', 'The family does what it says.'],
    ['a5', 'child_protection_plan', 'Three missed checks are a lot.'],
    ['a6', 'not_able_to_say', 'We know Callum and not the children.'],
  ]
  const view: View = {}
  for (const child of BOTH)
    for (const [agency, outcome, why] of said)
      view[`view/${child}/${agency}`] = {
        child_id: child,
        agency_id: agency,
        view: outcome,
        why,
        report_id: null,
        given_by: NAOMI,
      }
  view[`family_view/${DANA}`] = { person_id: DANA, children: BOTH, text: 'I want help, and I want it to end one day.' }
  return view
}

export function decision(child: string, more: Partial<DecisionSeen> = {}): DecisionSeen {
  return {
    child_id: child,
    outcome: 'child_protection_plan',
    category: 'emotional_abuse',
    also_categories: [],
    plain_words: 'That means: being frightened at night, again and again.',
    reasons: 'The shouting and the broken plate frightened both children, and the plan for the nights is very new.',
    views_considered: null,
    decided_at: '2025-06-24T10:44:00Z',
    decided_by: HESTER,
    decided_how: 'chair_after_views',
    override: null,
    dissent: [],
    ...more,
  }
}
