// The joining link keeps its secret after "#", so that it reaches no log. It is used only when "Join" is pressed:
// programs that look at links before people do must not use one up. Where it is good for nothing any more, one can ask
// to be let in.
import './join.css'
import './languages'
import { send } from './knocking'
import { learn, t, word } from './lib/tongue'

const spoken = learn() // nothing waits for it that takes a secret out of the address
const NO_LINK = word('Open the whole link that you were given. This page alone does not know which meeting is yours.')
const NOT_USABLE = word(
  'This link doesn’t open the meeting now. It may have been used already, or it may be too early or too late.',
)
const OFFLINE = word('We can’t reach the meeting. Check that you are online, then press Join again.')
const TROUBLE = word('Something went wrong on our side. Wait a moment, then press Join again.')

export async function join(
  secret: string,
  request: typeof fetch = fetch,
): Promise<{ to: string } | { sorry: string; again: boolean }> {
  const { status, body } = await send('/api/join', { secret }, request)
  if (status === 200) return { to: `/c/${encodeURIComponent(String(body['conference']))}` }
  if (status === 404 || status === 422) return { sorry: t(NOT_USABLE), again: false }
  return { sorry: status ? t(TROUBLE) : t(OFFLINE), again: true }
}

/** "Thursday 12 March 2026 at 10:00". */
export function whenOf(said: Record<string, unknown>): string {
  const [day, time, from] = ['day', 'time', 'from'].map((part) => String(said[part] || ''))
  const when = time ? t('{day} at {time}.', { day, time }) : `${day}.`
  return from ? `${when} ${t('You can come in from {time}.', { time: from })}` : when
}

export function start(form: HTMLFormElement, said: HTMLElement, ask: HTMLFormElement | null): void {
  let secret = ''
  let telling = new AbortController()
  const button = form.querySelector('button')!
  const invited = document.getElementById('invited')

  const show = () => {
    if (location.hash.length > 1) {
      secret = location.hash.slice(1)
      history.replaceState(null, '', location.pathname) // out of the address bar, the history and any screenshot
    }
    form.hidden = !secret
    button.disabled = false
    said.textContent = ''
    if (!secret) void spoken.then(() => (said.textContent = secret ? '' : t(NO_LINK)))
    if (secret) void tellWhoAndWhen(secret)
  }

  async function tellWhoAndWhen(asked: string) {
    telling.abort()
    telling = new AbortController()
    const { signal } = telling
    const { status, body } = await send('/api/invitation', { secret: asked }, (to, how) =>
      fetch(to, { ...how, signal }),
    )
    await spoken
    if (asked !== secret || status !== 200 || !invited) return
    invited.querySelector('b')!.textContent = String(body['name'])
    invited.querySelector('span')!.textContent = whenOf(body)
    invited.hidden = false
    document.getElementById('practice')!.hidden = body['practice'] !== true
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (button.disabled) return
    button.disabled = true
    telling.abort() // once the link is used, nobody is told any more whom it invites
    said.textContent = t('Joining…')
    const result = await join(secret)
    if ('to' in result) {
      location.replace(result.to)
      return
    }
    said.textContent = result.sorry
    button.disabled = false
    form.hidden = !result.again
    if (ask) ask.hidden = result.again
    if (result.again) button.focus()
    else said.focus()
  })

  ask?.addEventListener('submit', async (event) => {
    event.preventDefault()
    const fields = new FormData(ask)
    const { status } = await send('/api/lobby', { secret, name: fields.get('name'), why: fields.get('why') })
    if (status === 200) location.replace('/in')
    else
      said.textContent = status === 429 ? t('Too many people are asking. Wait a minute, then ask again.') : t(OFFLINE)
  })
  addEventListener('hashchange', show) // a second link opened in the same tab
  show()
  if (!form.hidden) button.focus()
}

const form = document.querySelector<HTMLFormElement>('form#join')
const said = document.getElementById('said')
if (form && said) start(form, said, document.querySelector<HTMLFormElement>('form#ask'))
