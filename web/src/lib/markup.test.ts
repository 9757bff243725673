import { flushSync, mount, unmount } from 'svelte'
import { expect, it } from 'vitest'
import HandedBack from '../board/HandedBack.svelte'
import type { Live } from './live.svelte'
import { speak } from './tongue'

const live = { returned: [{ id: '1', words: 'Put this away', why: '' }], putAway() {} } as unknown as Live

function shown(): { label: string | null; button: string; words: string } {
  const what = mount(HandedBack, { target: document.body, props: { live } })
  flushSync()
  const label = document.querySelector('section')!.getAttribute('aria-label')
  const button = document.querySelector('button')!.textContent
  const words = document.querySelector('p')!.textContent
  void unmount(what)
  return { label, button, words }
}

it('what stands in markup is in the language of the moment, each time that it is shown; what a person wrote is not', () => {
  expect(shown()).toMatchObject({ label: 'Handed back to you', button: 'Put this away' })
  speak('pl', { 'Put this away': 'Odłóż & zamknij <to>', 'Handed back to you': 'Oddane "tobie"' })
  expect(shown()).toMatchObject({ label: 'Oddane "tobie"', button: 'Odłóż & zamknij <to>' })
  expect(shown().words).toContain('“Put this away”')
  speak('cy', { 'Put this away': 'Cadw hwn' })
  expect(shown()).toMatchObject({ label: 'Handed back to you', button: 'Cadw hwn' })
  speak('en-GB', {})
  expect(shown().button).toBe('Put this away')
})
