// What is the same on every board, as the server stores it. What an area chooses is in `area.ts`.

import type { Column, Role, StatementKind } from './protocol'

export const COLUMNS: readonly Column[] = ['worry', 'strength', 'next_step']

export const KINDS: readonly StatementKind[] = ['fact', 'observation', 'allegation', 'opinion']

export const FAMILY_ROLES: readonly Role[] = ['parent', 'child', 'family_network']
export const SERVICE_ROLES: readonly Role[] = ['social_worker', 'professional']
export const TEXT_LIMIT = { item: 280, statement: 1500, question: 200, reply: 500, why: 500, reasons: 1500 } as const
