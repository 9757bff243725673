import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ENGLAND } from '../gallery/england'
import { plainVoiceOf, voiceOf } from './area'
import { LiveBoard } from './board.svelte'
import type { ItemSeen, View } from './protocol'
import {
  callSentence,
  COUNT_EVERY,
  litSentence,
  movedSentence,
  newCard,
  pictureOf,
  shownSentence,
  Speaker,
  STALE_AFTER,
  TOGETHER,
  type Picture,
} from './speech'

const EVERYWHERE = voiceOf(ENGLAND)

const ITEM = {
  id: 'a',
  column: 'worry',
  sub_category: 'past_harm',
  kind: 'allegation',
  text: 'Robin was outside',
  source: { person_id: 'police', name: 'Lorna Keane' },
  new_today: true,
} as ItemSeen

const SCALE = {
  id: 's',
  question: 'How safe?',
  opened_at: '1',
  answered: 8,
  expected: 10,
  revealed: false,
  closed: false,
  on_screens: false,
}

function board(more: View = {}): LiveBoard {
  const board = new LiveBoard()
  board.received = {
    conference: { title: 'T' },
    'person/police': { name: 'Lorna Keane', role: 'professional', relationship: 'Police' },
    'person/mum': { name: 'Dana Whitlow', role: 'parent', relationship: 'Mum' },
    'person/dad': { name: 'Callum Reeve', role: 'parent', relationship: 'Dad' },
    ...more,
  }
  return board
}

describe('the words', () => {
  it('say who added what and where, in the voice of the screen', () => {
    expect(newCard(board(), ITEM, EVERYWHERE)).toBe(
      'Lorna, police, added to Past harm: Robin was outside. Not proved. New to the family.',
    )
    const plain = newCard(
      board(),
      { ...ITEM, kind: 'fact', text: '“Why?”', new_today: false },
      plainVoiceOf(ENGLAND, 'Robin'),
    )
    expect(plain).toBe('Lorna, police, added to What has happened: “Why?” Known for sure.')
  })

  it('say where the lamp is, where a card went, and who calls', () => {
    const lit = board({ 'item/a': ITEM, spotlight: { key: 'item/a' } })
    expect(litSentence(lit)).toBe('We are talking about: Robin was outside.')
    expect(litSentence(board())).toBe('')
    expect(movedSentence('What’s working well?', 'Existing safety', 2, 4)).toBe(
      'Moved to What’s working well, Existing safety, 2 of 4.',
    )
    expect(callSentence('Dana', 'speak')).toBe('Dana wants to speak.')
  })

  it('say the ends of the spread with names, and the middle without', () => {
    const answer = (person_id: string, score: number) => ({ person_id, score, passed: false, for_child: null, why: '' })
    const said = (...numbers: [number, number, number]) =>
      shownSentence(
        board({
          'scale/s': { ...SCALE, revealed: true, on_screens: true },
          'answer/s/1': answer('police', numbers[0]),
          'answer/s/2': answer('mum', numbers[1]),
          'answer/s/3': answer('dad', numbers[2]),
        }),
      )
    expect(said(3, 5, 7)).toBe('Numbers shown. Lowest 3, Lorna. Middle 5. Highest 7, Callum.')
    expect(said(3, 7, 7)).toBe('Numbers shown. Lowest 3, Lorna. Highest 7, Dana and Callum.')
    expect(said(5, 5, 5)).toBe('Numbers shown. All at 5.')
    expect(shownSentence(board({ 'scale/s': SCALE }))).toBe('')
  })

  it('are read from the board as it is', () => {
    const picture = pictureOf(
      board({
        'item/a': ITEM,
        'scale/s': SCALE,
        'help/mum': { speak: { at: '1' }, break: null },
        'offered/x': { id: 'x' },
        'held/y': { id: 'y' },
        'house_to_look_at/h': { id: 'h' },
      }),
      EVERYWHERE,
    )
    expect(picture?.count).toBe('8 of 10 numbers are in.')
    expect([...picture!.calls.values()]).toEqual([
      'Dana wants to speak.',
      'A point is offered.',
      'A point is new to the family.',
      'A child’s house waits for your look.',
    ])
    expect(pictureOf(new LiveBoard(), EVERYWHERE)).toBeNull()
  })
})

describe('when it is said', () => {
  const QUIET: Picture = { cards: new Map(), calls: new Map(), lit: '', count: '', shown: '', pause: '' }
  const say = vi.fn<(words: string) => void>()
  const heard = () => say.mock.calls.flat().filter(Boolean)
  const cards = (...ids: string[]) => ({ ...QUIET, cards: new Map(ids.map((id) => [id, `Card ${id}.`])) })

  function speaker() {
    const ports = {
      say,
      after: (run: () => void, milliseconds: number) => setTimeout(run, milliseconds),
      now: () => Date.now(),
    }
    return new Speaker(ports)
  }

  beforeEach(() => {
    vi.useFakeTimers()
    say.mockClear()
  })

  it('nothing, of what was there at first', () => {
    const one = speaker()
    one.look({ ...cards('a'), lit: 'We are talking about: a.' })
    vi.runAllTimers()
    expect(say).not.toHaveBeenCalled()
  })

  it('one new card is read, several at once are counted, and one’s own is neither', () => {
    const one = speaker()
    one.look(cards())
    one.look(cards('a'))
    vi.runAllTimers()
    one.look(cards('a', 'b'))
    one.look(cards('a', 'b', 'c', 'd'))
    vi.advanceTimersByTime(TOGETHER / 2)
    one.look(cards('a', 'b', 'c', 'd', 'e', 'mine'), new Set(['mine']))
    vi.runAllTimers()
    expect(heard()).toEqual(['Card a.', '4 new cards.'])
  })

  it('how many numbers are in, at most every ten seconds, and then the last count', () => {
    const one = speaker()
    const count = (words: string) => one.look({ ...QUIET, count: words })
    count('0 of 10 numbers are in.')
    count('1 of 10 numbers are in.')
    vi.advanceTimersByTime(10)
    expect(heard()).toEqual(['1 of 10 numbers are in.'])
    count('2 of 10 numbers are in.')
    count('5 of 10 numbers are in.')
    vi.advanceTimersByTime(COUNT_EVERY - 100)
    expect(heard()).toHaveLength(1)
    vi.advanceTimersByTime(200)
    count('8 of 10 numbers are in.')
    count('') // shown before the next ten seconds were over
    vi.advanceTimersByTime(COUNT_EVERY)
    expect(heard()).toEqual(['1 of 10 numbers are in.', '5 of 10 numbers are in.'])
  })

  it('what comes in the same moment is one sentence after the other', () => {
    const one = speaker()
    one.look(QUIET)
    one.look({ ...QUIET, lit: 'We are talking about: a.', calls: new Map([['help/mum', 'Dana wants to speak.']]) })
    vi.runAllTimers()
    expect(heard()).toEqual(['Dana wants to speak. We are talking about: a.'])
  })

  it('the same words a second time are heard again', () => {
    const one = speaker()
    for (let times = 0; times < 2; times += 1) {
      one.speak('Say who said it.')
      vi.advanceTimersByTime(10)
    }
    expect(new Set(heard()).size).toBe(2)
  })

  it('what was said does not stay behind, least of all on a screen that rests', () => {
    const one = speaker()
    one.look(cards())
    one.look(cards('a'))
    vi.advanceTimersByTime(TOGETHER + 10)
    expect(say).toHaveBeenLastCalledWith('Card a.')
    one.look(cards('a', 'b'))
    one.look(QUIET)
    expect(say).toHaveBeenLastCalledWith('')
    vi.runAllTimers()
    expect(heard()).toEqual(['Card a.'])
    one.speak('Undone.')
    vi.advanceTimersByTime(STALE_AFTER + 10)
    expect(say).toHaveBeenLastCalledWith('')
  })

  it('that a break begins, and that it is over', () => {
    const one = speaker()
    one.look(QUIET)
    one.look({ ...QUIET, pause: 'We’re having a break.' })
    vi.advanceTimersByTime(10)
    one.look(QUIET)
    vi.advanceTimersByTime(10)
    expect(heard()).toEqual(['We’re having a break.', 'We go on.'])
  })
})
