import { flushSync } from 'svelte'
import { beforeEach, expect, it } from 'vitest'
import { keepDraftsWith } from '../lib/drafts'
import { Kept } from './kept.svelte'

let kept: Kept
let told: number

beforeEach(() => {
  told = 0
  keepDraftsWith({ 'draft/text': '"Half a thought"' }, () => told++)
  kept = new Kept()
})

it('words from before a reload are there, and their going is seen', () => {
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

it('every change is told, and what changes nothing is not', () => {
  kept.set('draft/text', 'Half a thought')
  expect(told).toBe(0)
  kept.set('draft/text', 'A thought')
  kept.drop('draft/text', 'another')
  expect(told).toBe(2)
})
