import { afterEach, describe, expect, it } from 'vitest'
import { learn, inTongue, locale, many, mirrored, speak, t, words } from './tongue'

const POLISH = {
  '': ['one', 'few', 'many', 'other'],
  'Come in': 'Wejdź',
  'Ask {name} first': 'Najpierw zapytaj: {name}',
  'Back\u0004Back': 'Plecy',
  'one point': ['{n} punkt', '{n} punkty', '{n} punktów', '{n} punktu'],
}

afterEach(() => speak('en-GB', {}))

describe('what is said on a screen', () => {
  it('is in English by itself, and in English where a catalogue lacks it', () => {
    expect(t('Ask {name} first', { name: 'Dana' })).toBe('Ask Dana first')
    speak('pl', POLISH)
    expect(t('Not said yet')).toBe('Not said yet')
    expect(t('constructor')).toBe('constructor')
  })

  it('is a whole sentence in the other language, with what people are called left as it is', () => {
    speak('pl', POLISH)
    expect(t('Come in')).toBe('Wejdź')
    expect(t('Ask {name} first', { name: '{n} Dana $&' })).toBe('Najpierw zapytaj: {n} Dana $&')
    expect(t('Back', {}, 'Back')).toBe('Plecy')
  })

  it('counts as the language counts', () => {
    expect([1, 2].map((n) => many('one point', '{n} points', n))).toEqual(['one point', '2 points'])
    speak('pl', POLISH)
    const counted = [1, 2, 5, 22].map((n) => many('one point', '{n} points', n))
    expect(counted).toEqual(['1 punkt', '2 punkty', '5 punktów', '22 punkty'])
  })

  it('is read from a table in the language of the moment, and codes stay codes', () => {
    const table = words({ in: 'Come in', parts: [{ does: 'Come in' }] })
    expect(table.in).toBe('Come in')
    speak('pl', POLISH)
    expect([table.in, ...table.parts.map((one) => one.does)]).toEqual(['Wejdź', 'Wejdź'])
    const area = { code: 'Come in', words: 'Come in', stages: [{ phases: ['Come in'], plain: 'Drzwi' }] }
    expect(inTongue(area)).toEqual({ ...area, words: 'Wejdź' })
    expect(inTongue(area)).toBe(inTongue(area))
  })

  it('runs from right to left where that language does', () => {
    speak('ar', {})
    expect([mirrored(), locale()]).toEqual([true, 'ar-u-nu-latn'])
    speak('cy', {})
    expect(mirrored()).toBe(false)
  })

  it('stays in English where its words do not come', async () => {
    document.documentElement.dataset.words = '{"pl": "/static/words/family.pl.json"}'
    globalThis.fetch = () => Promise.reject(new TypeError())
    expect(await learn('pl')).toBe(false)
    expect([document.documentElement.lang, t('Come in')]).toEqual(['en-GB', 'Come in'])
    globalThis.fetch = () => Promise.resolve(new Response(JSON.stringify(POLISH)))
    expect(await learn('pl')).toBe(true)
    expect([document.documentElement.lang, t('Come in')]).toEqual(['pl', 'Wejdź'])
  })
})
