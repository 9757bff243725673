import { expect, it, vi } from 'vitest'
import { found, placesIn, start } from './help'

const PAGE = `<article data-subject="family"><h2>For families</h2>
  <section id="family-words"><h3>Hard words</h3><p>Press one to see.</p><p>Słuchaj</p></section>
  <section id="family-home"><h3>Home</h3><p>Hard to forget.</p></section></article>`

const places = placesIn(new DOMParser().parseFromString(PAGE, 'text/html'))

it('finds the places in which every word stands, those with it in their title first, and needs no accents', () => {
  const titles = (sought: string) => found(places, sought).map(({ title }) => title)
  expect(titles('hard')).toEqual(['For families: Hard words', 'For families: Home'])
  expect(titles('HARD one')).toEqual(['For families: Hard words'])
  expect(titles('sluchaj'.replace('l', 'ł'))).toEqual(['For families: Hard words'])
  expect(titles('nothing such')).toEqual([])
  expect(titles('  ')).toEqual([])
  expect(found(places, 'forget')[0]!.address).toBe('/help/family#family-home')
})

it('asks the server once for all of the help, and never for what is looked for', async () => {
  document.body.innerHTML = '<form hidden><input><p id="said"></p><ul></ul></form>'
  const form = document.querySelector('form')!
  const asked: string[] = []
  start(form, (async (address: string) => {
    asked.push(address)
    return new Response(PAGE)
  }) as typeof fetch)
  expect(form.hidden).toBe(false)
  const field = form.querySelector('input')!
  const said = form.querySelector('#said')!
  for (const [words, answer] of [
    ['hard', '2 places found'],
    ['home', '1 place found'],
    ['zzz', 'Nothing found. Try another word.'],
  ]) {
    field.value = words!
    field.dispatchEvent(new Event('input'))
    await vi.waitFor(() => expect(said.textContent).toBe(answer))
  }
  expect(asked).toEqual(['/help/everything'])
  expect(form.querySelectorAll('li')).toHaveLength(0)
})
