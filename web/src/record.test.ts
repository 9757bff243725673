import { afterEach, expect, test, vi } from 'vitest'
import { start } from './record'

const PAPER = `
  <p class="sofar"></p>
  <details data-person="dana">
    <summary class="made"></summary>
    <ul><li class="paper" data-document="child_letter" data-child="robin">
      <button data-format="pdf">PDF</button><button data-format="docx">Word</button>
      <p role="status"></p>
    </li></ul>
  </details>`

function page(request: typeof fetch) {
  const body = document.createElement('main')
  body.dataset['conference'] = 'c1'
  body.innerHTML = PAPER
  document.body.append(body)
  const give = vi.fn()
  start(body, request, give)
  const button = body.querySelector('button')!
  const said = body.querySelector('[role=status]')!
  return { body, button, said, give }
}

const answering = (status: number, headers: Record<string, string> = {}) =>
  vi.fn<typeof fetch>(async () => new Response('bytes', { status, headers }))

afterEach(() => void (document.body.innerHTML = ''))

test('a file is asked for by person, document, child and format, and handed over under its neutral name', async () => {
  const request = answering(200, { 'Content-Disposition': 'attachment; filename="record-2025-06-24-ab12.pdf"' })
  const { button, said, give } = page(request)
  button.click()
  expect(said.textContent).toBe('Making it…')
  await vi.waitFor(() => expect(give).toHaveBeenCalledWith(expect.any(Blob), 'record-2025-06-24-ab12.pdf'))
  expect(said.textContent).toContain('Made')
  expect(request.mock.calls[0]![0]).toBe('/api/conferences/c1/records')
  expect(JSON.parse(String(request.mock.calls[0]![1]!.body))).toEqual({
    person_id: 'dana',
    document: 'child_letter',
    format: 'pdf',
    child_id: 'robin',
  })
})

test('the chair reads how much is made, and for how many', async () => {
  const { body, button } = page(answering(200))
  expect(body.querySelector('.sofar')!.textContent).toBe('Papers are made for 0 of 1 people.')
  expect(body.querySelector('.made')!.textContent).toBe('Nothing made yet')
  button.click()
  await vi.waitFor(() => expect(body.querySelector('.made')!.textContent).toBe('All made'))
  expect(body.querySelector('.sofar')!.textContent).toBe('Papers are made for 1 of 1 people.')
})

test('while it is made the button keeps the focus, and pressing again asks for nothing', async () => {
  let finish = (_: Response) => {}
  const request = vi.fn<typeof fetch>(() => new Promise((resolve) => (finish = resolve)))
  const { body, button, give } = page(request)
  button.focus()
  button.click()
  body.querySelectorAll('button').forEach((one) => one.click())
  expect(request).toHaveBeenCalledTimes(1)
  expect(document.activeElement).toBe(button)
  expect(button.getAttribute('aria-disabled')).toBe('true')
  finish(new Response('bytes'))
  await vi.waitFor(() => expect(give).toHaveBeenCalledTimes(1))
  expect(button.getAttribute('aria-disabled')).toBe('false')
  button.click()
  expect(request).toHaveBeenCalledTimes(2)
})

test.each([
  [404, 'can’t be made any more'],
  [403, 'can’t be made any more'],
  [503, 'nothing can be saved'],
  [500, 'went wrong on our side'],
])('an answer %i is a sentence beside the button, and the next press tries again', async (status, sentence) => {
  const { button, said, give } = page(answering(status))
  button.click()
  await vi.waitFor(() => expect(said.textContent).toContain(sentence))
  expect(give).not.toHaveBeenCalled()
  expect(button.getAttribute('aria-disabled')).toBe('false')
})

test('without a line it says so', async () => {
  const { button, said } = page(vi.fn<typeof fetch>(() => Promise.reject(new TypeError('no line'))))
  button.click()
  await vi.waitFor(() => expect(said.textContent).toContain('can’t reach the meeting'))
})
