// A small page inside the one where somebody works: they show that it is them, and the page around it is told.
import './staff.css'
import { busy, sayWrong, send, valuesOf, type Answer } from './lib/forms'
import { canPasskey, usePasskey } from './lib/passkey'
import { learn, t, word } from './lib/tongue'

const NO_PASSKEY = word('No passkey was used. Press again, or choose another way.')
const LOOK_EVERY_MS = 1500

export type Word = 'confirmed' | 'closed'
const tellPage = (word: Word | number) => parent.postMessage(word, location.origin)

export function start(page: HTMLElement, tell = tellPage, request: typeof fetch = fetch): void {
  const conference = page.dataset['conference'] || null
  const done = (form: HTMLElement, answer: Answer) => {
    if ('sorry' in answer) sayWrong(form, answer.sorry, answer.field)
    else tell('confirmed')
  }
  const withKey = page.querySelector<HTMLFormElement>('form#with-passkey')
  if (withKey && !canPasskey()) withKey.hidden = true
  withKey?.addEventListener('submit', async (event) => {
    event.preventDefault()
    await busy(withKey, t('Waiting for your passkey…'), async () => {
      const asked = await send('/api/confirm/passkey/ask', { conference }, request)
      if ('sorry' in asked) return sayWrong(withKey, asked.sorry, null)
      const credential = await usePasskey(asked.told)
      if (!credential) return sayWrong(withKey, t(NO_PASSKEY), null)
      done(withKey, await send('/api/confirm/passkey', { conference, credential }, request))
    })
  })
  const withPassword = page.querySelector<HTMLFormElement>('form#with-password')
  withPassword?.addEventListener('submit', async (event) => {
    event.preventDefault()
    await busy(withPassword, t('One moment…'), async () => {
      done(withPassword, await send('/api/confirm/password', { conference, ...valuesOf(withPassword) }, request))
    })
  })
  // Not from its click on: a link can be pressed before there is anybody here to hear it.
  if (page.querySelector('#with-provider')) void whenConfirmed(page, conference, tell, request)
  page.querySelector('#not-now')?.addEventListener('click', () => tell('closed'))
  page.addEventListener('keydown', (event) => event.key === 'Escape' && tell('closed'))
}

/** In the other window they sign in; this page asks the server how that went, against what held when it was made. */
async function whenConfirmed(
  page: HTMLElement,
  conference: string | null,
  tell: (word: Word) => void,
  request: typeof fetch,
) {
  const before = Number(page.dataset['seconds'])
  for (;;) {
    await new Promise((go) => setTimeout(go, LOOK_EVERY_MS))
    const now = await secondsLeft(conference, request)
    if (now !== null && now > before) return tell('confirmed')
  }
}

async function secondsLeft(conference: string | null, request: typeof fetch): Promise<number | null> {
  const answer = await request(`/api/confirm${conference ? `?conference=${conference}` : ''}`).catch(() => null)
  return answer?.ok ? ((await answer.json()) as { seconds: number | null }).seconds : null
}

if (document.body.classList.contains('confirm')) {
  void learn()
  start(document.body)
  document.querySelector<HTMLElement>('[autofocus]')?.focus() // which a page inside another does not do by itself
  new ResizeObserver(() => tellPage(document.documentElement.scrollHeight)).observe(document.body)
}
