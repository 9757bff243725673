// The lobby: ask to come in with the code of the room, wait, and go in as soon as the chair says so. Nothing about the
// meeting is known here before that.
import './join.css'
import './languages'
import { send, type Told } from './knocking'
import { learn, t, word, words } from './lib/tongue'

const WRONG = word(
  'That code does not open a meeting now. It works from 15 minutes before the start until the door is shut. Look at the screen again, or ask for your own link.',
)
const PAUSED = word('Too many codes were tried. Wait a few minutes, or ask for your own link.')
const OFFLINE = word('We can’t reach the meeting. Check that you are online, then ask again.')
const TROUBLE = word('Something went wrong on our side. Wait a moment, then ask again.')
const SOON = word(
  'The person who runs the meeting will let you in soon. Keep this page open. Nobody else can see you yet.',
)
const LOOK_EVERY_MS = 1500

const WORDS: Record<string, string> = words({
  not_today: 'You can’t come in today. That is not a judgement about you.',
  shut: 'The door is shut now. The meeting has people in it and goes on without a break at the door.',
  seated: 'You came in on this device already.',
  ended: 'This place is not free any more. Ask again.',
})

/** What a screen reader and everybody else is told where one cannot go on waiting. */
export function sorryOf(told: Told['body']): string | null {
  const words = WORDS[String(told['state'])]
  if (!words) return null
  const phone = String(told['phone'] || '')
  // Between letters that run to the left the parts of a number would change places.
  return phone ? `${words} ${t('To talk about it, ring {phone}.', { phone: `\u2066${phone}\u2069` })}` : words
}

export function whyNot(status: number): string {
  if (status === 404 || status === 422) return t(WRONG)
  return status === 429 ? t(PAUSED) : status ? t(TROUBLE) : t(OFFLINE)
}

export function start(): void {
  const asking = document.getElementById('asking')!
  const waiting = document.getElementById('waiting')!
  const form = asking.querySelector('form')!
  const code = form.querySelector<HTMLInputElement>('#code')!
  const refused = document.getElementById('code-said')!
  const stands = document.getElementById('stands')!
  const meanwhile = document.getElementById('meanwhile')!
  const leave = document.getElementById('leave')!
  const telling = document.getElementById('telling') as HTMLFormElement
  const tell = document.getElementById('tell')!
  const listen = document.getElementById('listen')!
  let me = ''
  let told = ''

  const scanned = () => {
    if (location.hash.length < 2) return
    code.value = decodeURIComponent(location.hash.slice(1))
    history.replaceState(null, '', location.pathname)
    form.querySelector<HTMLInputElement>('#name')!.focus()
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const fields = new FormData(form)
    refused.textContent = ''
    const { status } = await send('/api/lobby', {
      code: fields.get('code'),
      name: fields.get('name'),
      why: fields.get('why'),
    })
    me = String(fields.get('name')).trim()
    if (status === 200) return wait()
    refused.textContent = whyNot(status)
    code.setAttribute('aria-invalid', String(status === 404))
    code.focus()
    code.select()
  })

  function wait(): void {
    asking.hidden = leave.hidden = true
    waiting.hidden = meanwhile.hidden = false
    stands.classList.remove('box')
    stands.textContent = t(SOON)
    told = ''
    waiting.querySelector('h1')!.focus()
    void look()
  }

  /** Whoever had the code is told whom they wait for. */
  function answeredBy(chair: unknown): void {
    if (!chair || told === chair) return
    told = String(chair)
    waiting.querySelector('h1')!.textContent = me
      ? t('{chair} knows you’re here, {name}', { chair: told, name: me })
      : t('{chair} knows you’re here', { chair: told })
    stands.textContent = t('{chair} will let you in soon. Keep this page open. Nobody else can see you yet.', {
      chair: told,
    })
    tell.textContent = t('Tell {chair} something first', { chair: told })
  }

  async function look(): Promise<void> {
    const { status, body } = await send('/api/lobby', undefined)
    answeredBy(body['chair'])
    if (body['state'] === 'let_in') {
      stands.textContent = t('You are let in.')
      const went = await send('/api/lobby/in', {})
      if (went.status === 200) return location.replace(`/c/${encodeURIComponent(String(went.body['conference']))}`)
    }
    const sorry = status === 200 ? sorryOf(body) : null
    if (sorry) {
      stands.textContent = sorry
      stands.classList.add('box')
      meanwhile.hidden = true
      leave.hidden = false
      return
    }
    setTimeout(() => void look(), LOOK_EVERY_MS)
  }

  leave.addEventListener('click', () => {
    asking.hidden = false
    waiting.hidden = meanwhile.hidden = true
    code.focus()
  })
  tell.addEventListener('click', () => {
    telling.hidden = !telling.hidden
    tell.setAttribute('aria-expanded', String(!telling.hidden))
    if (!telling.hidden) telling.querySelector('textarea')!.focus()
  })
  telling.addEventListener('submit', async (event) => {
    event.preventDefault()
    const words = telling.querySelector('textarea')!
    const { status } = await send('/api/lobby/words', { words: words.value })
    document.getElementById('told')!.textContent =
      status === 200 ? t('They can read it now.') : t('It was not sent. Press again in a moment.')
    if (status !== 200) return
    words.value = ''
    telling.hidden = true
    tell.setAttribute('aria-expanded', 'false')
    tell.focus()
  })
  if ('speechSynthesis' in window) {
    listen.hidden = false
    listen.addEventListener('click', () => {
      speechSynthesis.cancel()
      const words = new SpeechSynthesisUtterance(
        `${stands.textContent} ${document.getElementById('happens')!.textContent}`,
      )
      words.lang = document.documentElement.lang
      speechSynthesis.speak(words)
    })
  }
  addEventListener('hashchange', scanned)
  scanned()
  if ('waits' in document.body.dataset) void look()
}

if (document.body.classList.contains('lobby')) void learn().then(start)
