import { describe, expect, it } from 'vitest'
import { fieldsOf, formOf, previewOf, tooLong } from './letter'

const FORM = {
  worried: 'It is loud at night. ',
  going_well: 'You read well.',
  will_happen: 'Callum sleeps at his brother’s.\n\n  Grace comes to see you. ',
  if_worried: 'Tell Nana Mo.',
}

describe('a letter to a child', () => {
  it('has a sentence in each line of what will happen', () => {
    const fields = fieldsOf(FORM, 'tansy', null)
    expect(fields.will_happen).toEqual(['Callum sleeps at his brother’s.', 'Grace comes to see you.'])
    expect(fields.child_id).toBe('tansy')
  })

  it('comes back as it was written', () => {
    const written = { ...fieldsOf(FORM, 'tansy', null), version: 'v', written_by: 'hester', written_at: '' }
    expect(formOf(written).will_happen).toBe('Callum sleeps at his brother’s.\nGrace comes to see you.')
    expect(formOf(undefined).worried).toBe('')
  })

  it('says beside every worry that it is not the child’s fault', () => {
    const preview = previewOf(FORM, 'Tuesday', ['Robin'])
    expect(preview.opening).toBe('On Tuesday lots of grown-ups met to talk about you and Robin.')
    expect(preview.worried).toBe('It is loud at night. That is not your fault, and it is not your job to fix it.')
    expect(previewOf(formOf(undefined), 'Tuesday', []).worried).toBe('')
  })

  it('knows a line that is too long for a letter', () => {
    expect(tooLong('a'.repeat(280))).toBe(0)
    expect(tooLong(`short\n${'a'.repeat(290)}`)).toBe(10)
  })
})
