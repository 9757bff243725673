import { describe, expect, it } from 'vitest'
import { merged } from './together'

const was = { lead: 'naomi', day: null as string | null, group: ['naomi'] }

describe('two people writing at once', () => {
  it('keeps what each changed where the other changed nothing', () => {
    const mine = { ...was, day: '2025-07-03' }
    const theirs = { ...was, group: ['naomi', 'dana'] }
    expect(merged(was, mine, theirs)).toEqual({
      parts: { lead: 'naomi', day: '2025-07-03', group: ['naomi', 'dana'] },
      both: [],
    })
  })

  it('chooses for nobody where both changed the same', () => {
    const found = merged(was, { ...was, day: '2025-07-03' }, { ...was, day: '2025-07-04' })
    expect(found.both).toEqual(['day'])
    expect(found.parts.day).toBe('2025-07-03')
  })

  it('has nothing to choose where both wrote the same', () => {
    expect(merged(was, { ...was, lead: 'leila' }, { ...was, lead: 'leila' }).both).toEqual([])
  })

  it('keeps a part that only one of them has', () => {
    const one: Record<string, string> = { 'gets/dana': 'by hand' }
    expect(merged({}, one, { 'gets/callum': 'by post' }).parts).toEqual({
      'gets/dana': 'by hand',
      'gets/callum': 'by post',
    })
  })

  it('takes out what the other took out', () => {
    const had: Record<string, string> = { 'gets/dana': 'by hand' }
    expect(merged(had, had, {})).toEqual({ parts: { 'gets/dana': undefined }, both: [] })
  })
})
