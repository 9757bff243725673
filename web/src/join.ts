// The joining link keeps its secret after "#", so that it reaches no log. It is sent only when "Join" is pressed:
// programs that look at links before people do must not use one up.
import './join.css'

const NO_LINK = 'Open the whole joining link you were given. This page alone can’t tell which meeting you are joining.'
const NOT_USABLE =
  'This link can’t be used. It may have been used already. Ask the person who invited you for a new one.'
const OFFLINE = 'We can’t reach the meeting. Check that you are online, then press Join again.'
const TROUBLE = 'Something went wrong on our side. Wait a moment, then press Join again.'
const LONGEST_WAIT_MS = 15_000

export async function join(
  secret: string,
  request: typeof fetch = fetch,
): Promise<{ to: string } | { sorry: string; again: boolean }> {
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), LONGEST_WAIT_MS)
  try {
    const answer = await request('/api/join', {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ secret }),
      signal: patience.signal,
    })
    if (answer.ok) {
      const { conference } = (await answer.json()) as { conference: string }
      return { to: `/c/${encodeURIComponent(conference)}` }
    }
    const usedUp = answer.status === 404 || answer.status === 422
    return usedUp ? { sorry: NOT_USABLE, again: false } : { sorry: TROUBLE, again: true }
  } catch {
    return { sorry: OFFLINE, again: true }
  } finally {
    clearTimeout(timer)
  }
}

export function start(form: HTMLFormElement, said: HTMLElement): void {
  let secret = ''
  const button = form.querySelector('button')!

  const show = () => {
    if (location.hash.length > 1) {
      secret = location.hash.slice(1)
      history.replaceState(null, '', location.pathname) // out of the address bar, the history and any screenshot
    }
    form.hidden = !secret
    button.disabled = false
    said.textContent = secret ? '' : NO_LINK
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (button.disabled) return
    button.disabled = true
    said.textContent = 'Joining…'
    const result = await join(secret)
    if ('to' in result) {
      location.replace(result.to)
      return
    }
    said.textContent = result.sorry
    button.disabled = false
    form.hidden = !result.again
    if (result.again) button.focus()
    else said.focus()
  })
  addEventListener('hashchange', show) // a second link opened in the same tab
  show()
  if (!form.hidden) button.focus()
}

const form = document.querySelector<HTMLFormElement>('form#join')
const said = document.getElementById('said')
if (form && said) start(form, said)
