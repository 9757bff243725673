// What each service and the family thinks, and what the chair decides.

import DecisionForm from '../chair/DecisionForm.svelte'
import Decided from '../chair/Decided.svelte'
import { keepDraft } from '../lib/drafts'
import AgencyViews from '../people/AgencyViews.svelte'
import FamilyViews from '../people/FamilyViews.svelte'
import { Kept } from '../people/kept.svelte'
import Chair from '../surfaces/Chair.svelte'
import {
  agencyViews,
  answers,
  DANA,
  decision,
  HESTER,
  NAOMI,
  question,
  ROBIN,
  SHOWN,
  STATEMENTS,
  TANSY,
  type Told,
} from './meeting'
import { note } from './pseudo'
import { deskOf, lineOf, press, put, until, type Group, type State } from './stand'

const COLLECTING = {
  shown: false,
  given: 8,
  expected: 10,
  waiting: [
    { child_id: TANSY, agency_id: 'a4' },
    { child_id: ROBIN, agency_id: 'a4' },
  ],
}
const HIDDEN: Told = { phase: 'agency_views', more: { views: COLLECTING } }
const OPEN: Told = {
  phase: 'agency_views',
  more: { views: { shown: true, given: 10, expected: 10 }, ...agencyViews() },
}

export const VIEWS: Group = {
  id: 'views',
  title: 'What each of us thinks',
  states: [
    {
      id: 'views-hidden',
      title: 'Hidden, as the chair sees it',
      alone: true,
      show: (place) => put(place, Chair, { live: lineOf(HESTER, HIDDEN) }),
    },
    {
      id: 'views-shown',
      title: 'Shown, as the chair sees it',
      alone: true,
      show: (place) => put(place, Chair, { live: lineOf(HESTER, OPEN) }),
    },
    {
      id: 'views-form',
      title: 'A service’s own',
      width: 900,
      show: (place) => put(place, AgencyViews, { live: lineOf(NAOMI, HIDDEN), kept: new Kept() }),
    },
    {
      id: 'views-all',
      title: 'Shown, for somebody who came for work',
      width: 900,
      show: (place) => put(place, AgencyViews, { live: lineOf(NAOMI, OPEN), kept: new Kept() }),
    },
    {
      id: 'views-family',
      title: 'The family’s own words',
      width: 720,
      show: (place) => put(place, FamilyViews, { live: lineOf(DANA, HIDDEN), kept: new Kept() }),
    },
    {
      id: 'views-family-shown',
      title: 'Shown, on the tablet',
      width: 720,
      show: (place) => put(place, FamilyViews, { live: lineOf(DANA, OPEN), kept: new Kept() }),
    },
  ],
}

const DRAFT = {
  outcome: 'child_protection_plan',
  category: 'emotional_abuse',
  plain: 'Being frightened at night, again and again.',
  reasons: 'The shouting and the broken plate frightened both children, and the plan for the nights is very new.',
}

function form(id: string, title: string, draft: object, steps: string[] = []): State {
  return {
    id: `decision-${id}`,
    title,
    width: 620,
    show(place) {
      const desk = deskOf(HESTER, { phase: 'decision', more: { [`missing/${TANSY}`]: steps } })
      keepDraft(`decision:${TANSY}`, draft)
      note(draft)
      put(place, DecisionForm, { desk, child: desk.board.children[0]! })
    },
  }
}

const DECIDED = { [`decision/${TANSY}`]: decision(TANSY), [`decision/${ROBIN}`]: decision(ROBIN) }

function whole(id: string, title: string, told: Told): State {
  return {
    id: `decision-${id}`,
    title,
    alone: true,
    show(place) {
      const more = { ...STATEMENTS, ...agencyViews(), 'scale/s': question('s', SHOWN), ...answers('s'), ...told.more }
      put(place, Chair, { live: lineOf(HESTER, { phase: 'decision', ...told, more }) })
    },
  }
}

export const DECISION: Group = {
  id: 'decision',
  title: 'The decision',
  states: [
    form('empty', 'Nothing written yet', {}),
    form('draft', 'A draft', DRAFT),
    form('steps', 'Steps are missing', DRAFT, ['family_asked', 'scale_revealed']),
    {
      id: 'decision-recorded',
      title: 'Recorded, with a formal disagreement',
      width: 620,
      show(place) {
        const desk = deskOf(HESTER, { phase: 'decision' })
        const dissent = [
          {
            person_id: NAOMI,
            name: 'Naomi Trask',
            why: 'The category is not the right one.',
            at: '2025-06-24T10:50:00Z',
          },
        ]
        const decided = decision(TANSY, { dissent })
        note(decided)
        put(place, Decided, { desk, decision: decided })
      },
    },
    {
      id: 'decision-read-back',
      title: 'Read back',
      alone: true,
      async show(place) {
        const live = lineOf(HESTER, { phase: 'decision', more: STATEMENTS })
        keepDraft(`decision:${TANSY}`, DRAFT)
        note(DRAFT)
        put(place, Chair, { live })
        await until(place, '.kid')
        press(place, 'Read back, then record')
      },
    },
    whole('half', 'One child is decided', { more: { [`decision/${TANSY}`]: decision(TANSY) } }),
    whole('locked', 'Every child is decided', { conference: { locked: true }, more: DECIDED }),
    whole('map-locked', 'The map after the decision', {
      phase: 'mapping',
      conference: { locked: true },
      more: DECIDED,
    }),
  ],
}
