// The chair's page of records: each button asks for one file, says how that goes beside it, and hands the file over.
import './record.css'
import { askFor, handOver } from './lib/files'
import { learn, t, word } from './lib/tongue'

const MAKING = word('Making it…')
const MADE = word('Made. It is with your downloads.')
const NOT_YOURS = word('This can’t be made any more. Reload the page to see what can.')
const NOT_SAVED = word('It was not made, because nothing can be saved just now. Try again in a moment.')
const OFFLINE = word('We can’t reach the meeting. Check that you are online, then press again.')
const TROUBLE = word('Something went wrong on our side, and nothing was made. Try again in a moment.')
const NOT_YOU = word('It was not made, because you did not show that it is you. Press again when you can.')

export interface Wanted {
  person_id: string
  document: string
  format: string
  child_id: string | null
}

export async function make(
  conference: string,
  wanted: Wanted,
  request: typeof fetch = fetch,
): Promise<{ file: Blob; name: string } | { sorry: string }> {
  const address = `/api/conferences/${encodeURIComponent(conference)}/records`
  const got = await askFor(address, wanted, conference, request)
  if (!got) return { sorry: t(OFFLINE) }
  if ('file' in got) return got
  if (got.no === 'confirm_first') return { sorry: t(NOT_YOU) }
  if (got.no === 503) return { sorry: t(NOT_SAVED) }
  return { sorry: got.no < 500 ? t(NOT_YOURS) : t(TROUBLE) }
}

/** How many of each person's papers are made, and for how many of those who are to get a copy there is any. */
export function tally(page: HTMLElement): void {
  const sofar = page.querySelector('.sofar')
  const listed = [...(sofar?.parentElement?.querySelectorAll('[data-person]') ?? [])]
  for (const person of page.querySelectorAll('[data-person]')) {
    const all = person.querySelectorAll('.paper').length
    const made = person.querySelectorAll('.paper[data-made]').length
    person.querySelector('.made')!.textContent =
      made === 0
        ? listed.includes(person)
          ? t('Nothing made yet')
          : ''
        : made === all
          ? t('All made')
          : t('{made} of {all} made', { made, all })
  }
  if (!sofar) return
  const served = listed.filter((one) => one.querySelector('.paper[data-made]')).length
  sofar.textContent = t('Papers are made for {served} of {all} people.', { served, all: listed.length })
}

export function start(page: HTMLElement, request: typeof fetch = fetch, give: typeof handOver = handOver): void {
  const conference = page.dataset['conference'] ?? ''
  tally(page)
  page.addEventListener('click', async (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>('button[data-format]')
    const paper = button?.closest<HTMLElement>('[data-document]')
    const person = button?.closest<HTMLElement>('[data-person]')
    const said = paper?.querySelector('[role=status]')
    // A button that works keeps the focus: it is only marked, and pressing it again does nothing.
    if (!button || !paper || !person || !said || paper.ariaBusy === 'true') return
    const buttons = [...paper.querySelectorAll('button')]
    const busy = (on: boolean) => {
      paper.ariaBusy = String(on)
      buttons.forEach((one) => one.setAttribute('aria-disabled', String(on)))
    }
    busy(true)
    said.textContent = t(MAKING)
    const made = await make(
      conference,
      {
        person_id: person.dataset['person'] ?? '',
        document: paper.dataset['document'] ?? '',
        format: button.dataset['format'] ?? '',
        child_id: paper.dataset['child'] ?? null,
      },
      request,
    )
    busy(false)
    if ('file' in made) {
      give(made.file, made.name)
      paper.dataset['made'] = ''
      tally(page)
    }
    said.textContent = 'file' in made ? t(MADE) : made.sorry
    said.classList.toggle('refused', 'sorry' in made)
  })
}

if (document.body.classList.contains('records')) void learn().then(() => tally(document.body))
if (document.body.classList.contains('records')) start(document.body)
