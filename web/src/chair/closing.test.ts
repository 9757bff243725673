import { describe, expect, it } from 'vitest'
import { byWords, fieldsOf, formOf, isDay, versionsFor } from './closing'

const SEEN = {
  version: 'v1',
  lead_social_worker: 'naomi',
  core_group: ['naomi', 'dana'],
  core_group_on: '2025-07-03',
  review_on: null,
  tells: [
    { child_id: 'tansy', person_id: 'dana' },
    { child_id: 'tansy', person_id: 'bea' },
  ],
  told_how_to: ['complain about how the meeting was run'],
}
const COPY = { person_id: 'dana', version: 'family' as const, children: [], how: 'By hand' }

describe('what is arranged at the end', () => {
  it('goes back as it came', () => {
    const { version, ...parts } = SEEN
    expect(fieldsOf(formOf(SEEN, [COPY]), version)).toEqual({ ...parts, base_version: 'v1', recipients: [COPY] })
  })

  it('begins with nothing, and says so with nothing made up', () => {
    expect(fieldsOf(formOf(undefined, []), null)).toEqual({
      base_version: null,
      lead_social_worker: null,
      core_group: [],
      core_group_on: null,
      review_on: null,
      tells: [],
      recipients: [],
      told_how_to: [],
    })
  })

  it('leaves out a copy that was taken back', () => {
    const form = { ...formOf(SEEN, [COPY]), 'gets/dana': undefined }
    expect(fieldsOf(form, 'v1').recipients).toEqual([])
  })

  it('says the last day and why it is that one', () => {
    expect(byWords('2025-07-08', 10, 'day', '2025-06-24')).toBe('by Tue 8 July, 10 working days')
    expect(byWords('2025-06-25', 1, 'day', '2025-06-24')).toBe('by Wed 25 June, 1 working day')
    expect(byWords('2026-01-24', 3, 'month', '2025-10-24')).toBe('by Sat 24 January 2026, 3 months')
    expect(byWords(null, 10, 'day', '2025-06-24')).toBe('')
  })

  it('takes no half-typed year and no day before the meeting', () => {
    expect(isDay('', '2025-06-24')).toBe(true)
    expect(isDay('2025-06-24', '2025-06-24')).toBe(true)
    expect(isDay('0202-07-08', '2025-06-24')).toBe(false)
    expect(isDay('2025-06-23', '2025-06-24')).toBe(false)
  })

  it('offers the family nothing that was made for services', () => {
    expect(versionsFor('parent')).toEqual(['family', 'plan_only'])
    expect(versionsFor('professional')).toEqual(['professional', 'plan_only', 'full'])
  })
})
