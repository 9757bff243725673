import { describe, expect, it } from 'vitest'
import { INSTEAD } from '../gallery/words'
import { hintOn } from './hints'

const on = (text: string, caret = Infinity) => hintOn(text, caret, INSTEAD)

describe('one suggestion at a time', () => {
  it('is about the word nearest before the caret', () => {
    const text = 'The threshold was met by neglect of his siblings.'
    expect(on(text)).toMatchObject({ word: 'siblings', plain: 'brothers and sisters', fits: true })
    expect(on(text, text.indexOf(' of'))?.word).toBe('neglect')
    expect(on(text, 0)?.word).toBe('threshold')
  })

  it('is about a sentence of more than 20 words where there is no such word', () => {
    const words = (count: number) => `${'out '.repeat(count)}again. He came back.`
    expect(on(words(20))).toMatchObject({ plain: '21 words in one sentence. Two short ones are easier to read.' })
    expect(on(words(19))).toBeNull()
  })

  it('is about words that are hard to read where there is neither', () => {
    const hard = 'Considerable parental unavailability unfortunately necessitates comprehensive deliberation. '
    expect(on(hard.repeat(3))?.plain).toBe('For readers of about 18 or more. Shorter words are easier.')
    const less = 'Several people talked about the family together, and everybody listened to what they had to say. '
    expect(on(less)?.plain).toMatch(/^For readers of about 1[4-7]\. /)
    expect(on(hard), 'too short to tell').toBeNull()
  })

  it.each([
    'Callum threw a plate, and it cut Tansy’s hand. The police came, and Robin hid under the bed until Nana Mo fetched him.',
    'Nana Mo sleeps at the flat every Friday. She takes both children to school, and rings Dana when they are there.',
    '',
  ])('is none where the words are plain: %s', (text) => expect(on(text)).toBeNull())
})
