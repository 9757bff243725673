import { flushSync } from 'svelte'
import { beforeEach, expect, it } from 'vitest'
import { keepDraftsFor } from '../lib/drafts'
import { Kept } from './kept.svelte'

beforeEach(() => {
  sessionStorage.clear()
  keepDraftsFor('c', 'p')
})

it('words from before a reload are there, and their going is seen', () => {
  new Kept(true).set('draft/text', 'Half a thought')
  const kept = new Kept(true)
  const seen: string[] = []
  const stop = $effect.root(() => {
    $effect(() => void seen.push(kept.get('draft/text')))
  })
  flushSync()
  kept.drop('draft/text')
  flushSync()
  expect(seen).toEqual(['Half a thought', ''])
  stop()
})

it('on the family’s tablet nothing is stored', () => {
  const kept = new Kept(false)
  kept.set('draft/text', 'Half a thought')
  expect(kept.get('draft/text')).toBe('Half a thought')
  expect(sessionStorage).toHaveLength(0)
})
