import { describe, expect, it } from 'vitest'
import { AT_MOST, piecesIn, voiceFor, wordAt } from './reading'

const said = (text: string) => piecesIn(text).map(({ from, to }) => text.slice(from, to))

describe('what is read is given to the voice in short pieces', () => {
  it('sentence by sentence, with what closes them', () => {
    expect(said('Robin was out. “Was he alone?” Yes! It was 11.40pm.')).toEqual([
      'Robin was out.',
      '“Was he alone?”',
      'Yes!',
      'It was 11.40pm.',
    ])
  })

  it('a dot between, and the end of a line, are a pause and not a word', () => {
    expect(said('Rowan, police officer · Not proved · Tansy')).toEqual(['Rowan, police officer', 'Not proved', 'Tansy'])
    expect(said('We are worried\nthat he climbs out')).toEqual(['We are worried', 'that he climbs out'])
  })

  it('a long sentence is parted at a comma or between words, and no letter is lost', () => {
    const long = `${'Robin climbs out, '.repeat(12)}${'and then he runs '.repeat(12)}${'x'.repeat(400)}`
    expect(said(long).join('')).toBe(long)
    expect(said(long).every((piece) => piece.length <= AT_MOST)).toBe(true)
    expect(said(long)[0]).toMatch(/,$/)
    expect(said(`${'never '.repeat(40)}`)[0]).toMatch(/never $/)
  })

  it('what has no word in it is not said', () => {
    expect(said(' … ! · ')).toEqual([])
    expect(said('')).toEqual([])
  })
})

describe('the word that a voice is at', () => {
  const text = 'Mum’s home, now.'
  const at = (index: number) => {
    const { from, to } = wordAt(text, index)
    return text.slice(from, to)
  }

  it('is the one it tells a letter of, or the one after the gap', () => {
    expect([0, 3, 5, 6, 9, 10, 11].map(at)).toEqual(['Mum’s', 'Mum’s', 'home,', 'home,', 'home,', 'home,', 'now.'])
  })

  it('is the whole where it tells more than there is', () => {
    expect(at(99)).toBe(text)
  })
})

describe('the voice that reads', () => {
  const FAR = { name: 'Far', lang: 'en-GB', localService: false, default: true }
  const US = { name: 'US', lang: 'en_US', localService: true, default: false }
  const GB = { name: 'GB', lang: 'en_GB', localService: true, default: false }
  const PL = { name: 'PL', lang: 'pl-PL', localService: true, default: true }

  it('is never one that sends the words away from the device, even where there is no other', () => {
    expect(voiceFor([FAR], 'en-GB')).toBeUndefined()
    expect(voiceFor([FAR, US], 'en-GB')).toBe(US)
    expect(voiceFor([{ ...FAR, localService: undefined as unknown as boolean }], 'en-GB')).toBeUndefined()
  })

  it('speaks the language of the words, from where they are said if it can', () => {
    expect(voiceFor([PL, US, GB], 'en-GB')).toBe(GB)
    expect(voiceFor([PL, US, GB], 'pl')).toBe(PL)
    expect(voiceFor([US, { ...GB, lang: 'en-AU', default: true }], 'en-GB')?.lang).toBe('en-AU')
    expect(voiceFor([PL], 'en-GB')).toBeUndefined()
    expect(voiceFor([PL, GB], 'ur')).toBeUndefined()
  })
})
