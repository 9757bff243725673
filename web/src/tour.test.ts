import { beforeEach, expect, it, vi } from 'vitest'
import { start } from './tour'

const STEPS = Array.from({ length: 5 }, () => '<p data-step hidden><strong hidden></strong></p>').join('')
const PAGE = `<aside id="t" data-conference="c" hidden>${STEPS}<p data-first hidden></p><p data-lost hidden></p>
  <button data-answer></button><button data-go="-1"></button><button data-go="1"></button>
  <button data-leave></button><button data-back></button></aside><main id="b"></main>`

let tour: HTMLElement
const press = (name: string) => tour.querySelector<HTMLElement>(`[${name}]`)!.click()
const shown = (name: string) => !tour.querySelector<HTMLElement>(`[${name}]`)!.hidden
const at = () => [...tour.querySelectorAll<HTMLElement>('[data-step]')].findIndex((step) => !step.hidden)

function open(answers: () => Promise<Response> = () => Promise.reject(new Error('away'))) {
  document.body.innerHTML = PAGE
  tour = document.getElementById('t')!
  start(tour, document.getElementById('b')!, answers as typeof fetch)
}

beforeEach(() => localStorage.clear())

it('goes from step to step, is left, and is taken up again where it was, also by another page', () => {
  open()
  expect([at(), shown('data-go="-1"'), shown('data-answer')]).toEqual([0, false, false])
  press('data-go="1"')
  press('data-go="1"')
  expect([at(), shown('data-answer')]).toEqual([2, true])
  press('data-leave')
  expect([at(), shown('data-go="1"'), shown('data-back')]).toEqual([-1, false, true])
  open()
  expect([at(), shown('data-back')]).toEqual([-1, true])
  press('data-back')
  expect(at()).toBe(2)
})

it('says why nobody answers: no question is asked yet, or there is no line', async () => {
  localStorage.setItem('kinboard-tour', '2')
  for (const [answers, said] of [
    [() => Promise.reject(new Error('away')), ['data-lost', 'data-first']],
    [() => Promise.resolve(Response.json({ more: false })), ['data-first', 'data-lost']],
  ] as const) {
    open(answers)
    press('data-answer')
    await vi.waitFor(() => expect(said.map(shown)).toEqual([true, false]))
  }
})

it('speaks the language that the board was changed to, and stays where it was', async () => {
  document.body.innerHTML = PAGE.replace('<strong hidden>', 'Write. <strong hidden>Done.')
  tour = document.getElementById('t')!
  const polish = document.body.innerHTML.replace('Write.', 'Napisz.').replace('Done.', 'Gotowe.')
  const asked: string[] = []
  start(tour, document.getElementById('b')!, (async (address: string) => {
    asked.push(address)
    return address === '/language' ? new Response(null, { status: 204 }) : new Response(polish)
  }) as typeof fetch)
  document.documentElement.lang = 'pl'
  await vi.waitFor(() => expect([at(), tour.querySelector('[data-step]')!.textContent]).toEqual([0, 'Napisz. Gotowe.']))
  expect(asked).toEqual(['/language', location.href])
})
