// PROVISIONAL, written by hand from live.md until tools/types.py writes it from the server's models.

export type Id = string
export type Phase =
  | 'prepare'
  | 'welcome'
  | 'mapping'
  | 'danger_statements'
  | 'safety_goals'
  | 'next_steps'
  | 'scaling'
  | 'agency_views'
  | 'decision'
  | 'close'
export type Column = 'worry' | 'strength' | 'next_step'
export type SubCategory =
  | 'past_harm'
  | 'future_danger'
  | 'complicating_factor'
  | 'existing_strength'
  | 'existing_safety'
  | 'next_step'
  | 'if_things_go_wrong'
export type StatementKind = 'fact' | 'observation' | 'allegation' | 'opinion'
export type Basis = 'report' | 'letter' | 'said_in_meeting' | 'childs_own_words'
export type Agrees = 'yes' | 'partly' | 'no'
export type Direction = 'higher_is_safer' | 'lower_is_safer'
export type Show = 'chair' | 'everyone' | 'nobody'
export type Attendance = 'in_room' | 'online' | 'absent' | 'absent_sent_words' | 'absent_sent_report'
export type Screens = 'none' | 'room' | 'all'
export type Help = 'speak' | 'meaning' | 'break'
export type Role =
  | 'chair'
  | 'scribe'
  | 'social_worker'
  | 'professional'
  | 'parent'
  | 'child'
  | 'family_network'
  | 'advocate'
  | 'supporter'
  | 'interpreter'
  | 'observer'
  | 'room_screen'

// ---- what each key holds

export interface ConferenceSeen {
  title: string
  type: string
  held_on: string
  started_at: string | null
  closed_at: string | null
  locked: boolean
  time_zone: string
  outcomes: Outcome[]
  categories: Category[]
  scale: { direction: Direction; low_end: string; high_end: string; show: Show; question: string }
  entry: string
}
export interface ChildSeen {
  name: string
  age: number | null
}
export interface PersonSeen {
  name: string
  role: Role
  relationship: string
  agency_id: Id | null
  agency: string
  agency_kind: string
  attendance: Attendance
  left: boolean
  present: boolean
}
export interface CorrectionSeen {
  about: string
  text: string
  why: string
  by: string
  at: string
}
export interface QuorumSeen {
  met: boolean
  agencies: string[]
  known_by: Record<string, string[]>
}
export interface PhaseSeen {
  phase: Phase
}
export interface FloorSeen {
  person_id: string | null
}
export interface SpotlightSeen {
  key: string | null
}
export interface BlankSeen {
  screens: Screens
}
export interface BreakSeen {
  since: string
  until: string | null
}
export interface ThresholdSeen {
  at: string
  outcomes_named: string[]
}
export interface CallSeen {
  at: string
  key: string | null
}
export type Standing = 'offered' | 'held' | 'on_board' | 'returned' | 'removed'
export type Outcome =
  | 'child_protection_plan'
  | 'child_in_need_plan'
  | 'no_plan'
  | 'plan_continues'
  | 'plan_ends_child_in_need_plan'
  | 'plan_ends_no_plan'
export type ViewOfAgency = Outcome | 'not_able_to_say'
export type Category = 'neglect' | 'physical_abuse' | 'sexual_abuse' | 'emotional_abuse'
export type Step =
  | 'attendance'
  | 'mapped_items'
  | 'danger_and_goal'
  | 'next_steps'
  | 'threshold_explained'
  | 'scale_revealed'
  | 'agencies_asked'
  | 'family_asked'

export interface SourceSeen {
  person_id: Id
  name: string
  agency: string
  basis: Basis
  report_id: Id | null
}
export interface ResponseSeen {
  person_id: Id
  name: string
  agrees: Agrees
  text: string
}
export interface EarlierSeen {
  text: string
  kind: StatementKind | null
  at: string
  by: string
  why: string | null
  said_by: string | null
}
export interface ItemSeen {
  id: Id
  text: string
  column: Column
  sub_category: SubCategory | null
  kind: StatementKind | null
  about_children: Id[]
  source: SourceSeen
  happened_on: string | null
  child_speaking: Id | null
  responses: ResponseSeen[]
  new_today: boolean
  version: string
  earlier: EarlierSeen[]
  who?: Id[]
  by?: string | null
  goal_id?: Id | null
  how_we_will_know?: string | null
  repeats?: string | null
  // Only where it is still waiting, or was taken off: the chair, the scribe and the author.
  standing?: Standing
  offered_by?: Id
  family_knows?: boolean | null
  open?: string[]
  returned_why?: string
  removed_why?: string
}
export interface StatementWordingSeen {
  text: string
  at: string
  by: string
  why: string | null
}
export interface DangerSeen {
  id: Id
  text: string
  children: Id[]
  goal_ids: Id[]
  brought_by: Id
  version: string
  earlier: StatementWordingSeen[]
}
export interface GoalSeen {
  id: Id
  text: string
  children: Id[]
  danger_id: Id
  brought_by: Id
  for_how_long: string | null
  version: string
  earlier: StatementWordingSeen[]
}
export interface ScaleSeen {
  id: Id
  question: string
  direction: Direction
  low_end: string
  high_end: string
  children: Id[]
  danger_id: Id | null
  show: Show
  again_of: Id | null
  round: number
  opened_at: string
  answered: number
  expected: number
  revealed: boolean
  revealed_at: string | null
  closed: boolean
  on_screens: boolean
  spread?: number[]
}
export interface AnswerSeen {
  person_id: Id
  for_child: Id | null
  score: number | null
  passed: boolean
  why: string
  entered_by: string | null
}
export interface StillThinkingSeen {
  waiting: Id[]
}
export interface ViewSeen {
  child_id: Id
  agency_id: Id
  view: ViewOfAgency
  why: string
  report_id: Id | null
  given_by: Id
}
export interface FamilyViewSeen {
  person_id: Id
  children: Id[]
  text: string
}
export interface DissentSeen {
  person_id: Id
  name: string
  why: string
  at: string
}
export interface DecisionSeen {
  child_id: Id
  outcome: Outcome
  category: Category | null
  plain_words: string | null
  reasons: string
  views_considered: string | null
  decided_at: string
  decided_by: Id
  override: string | null
  dissent: DissentSeen[]
}
export interface RestrictedSeen {
  id: Id
  text: string
  reason: string
  source: SourceSeen
  visible_to: Id[]
  at: string
}
export interface MeSeen {
  person_id: Id
  name: string
  role: Role
  audience: string
  children: Id[]
  may: string[]
  has_floor: boolean
}
export interface ViewsSeen {
  shown: boolean
  given: number
  expected: number
  waiting?: { child_id: Id; agency_id: Id }[]
}

// ---- frames

export type View = Record<string, unknown>
export interface ViewFrame {
  type: 'view'
  own?: boolean
  full?: boolean
  epoch?: string
  version?: number
  put: View
  drop?: string[]
}
export interface SavedFrame {
  type: 'saved'
  id: Id
}
export interface RefusedFrame {
  type: 'refused'
  id: Id
  reason: string
  message: string
}
export interface ErrorFrame {
  type: 'error'
  id: Id | null
  code: string
  field: string | null
  reference: string | null
}
export interface StillFrame {
  type: 'still'
}
export type Frame = ViewFrame | SavedFrame | RefusedFrame | ErrorFrame | StillFrame

// ---- commands

export interface Command {
  id: Id
  type: string
  [field: string]: unknown
}
