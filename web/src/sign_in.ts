// Staff sign in, or begin by a link whose secret stands behind "#". Paste and password managers work everywhere.
import './staff.css'
import './languages'
import { busy, copies, sayWrong, send, valuesOf, type Told } from './lib/forms'
import { canPasskey, makePasskey, usePasskey } from './lib/passkey'
import { learn, t, word } from './lib/tongue'

const NO_PASSKEY = word('No passkey was used. Press again, or sign in with your password below.')
const NOT_MADE = word('No passkey was made. Press again, or choose a password instead.')
const NO_LINK = word('Open the whole link that you were given. This page alone can’t tell who you are.')

const spoken = learn() // nothing waits for it that takes a secret out of the address
const go = (to: string) => location.replace(to)

export function startSignIn(page: HTMLElement, leave = go, request: typeof fetch = fetch): void {
  const withKey = page.querySelector<HTMLFormElement>('form#with-passkey')
  if (withKey && !canPasskey()) withKey.hidden = true
  withKey?.addEventListener('submit', async (event) => {
    event.preventDefault()
    await busy(withKey, t('Waiting for your passkey…'), async () => {
      const asked = await send('/api/sign-in/passkey/ask', {}, request)
      if ('sorry' in asked) return sayWrong(withKey, asked.sorry, null)
      const credential = await usePasskey(asked.told)
      if (!credential) return sayWrong(withKey, t(NO_PASSKEY), null)
      const answer = await send('/api/sign-in/passkey', { credential }, request)
      if ('sorry' in answer) sayWrong(withKey, answer.sorry, null)
      else leave(String(answer.told['to']))
    })
  })
  const withPassword = page.querySelector<HTMLFormElement>('form#with-password')
  withPassword?.addEventListener('submit', async (event) => {
    event.preventDefault()
    await busy(withPassword, t('Signing in…'), async () => {
      const answer = await send('/api/sign-in/password', valuesOf(withPassword), request)
      if ('sorry' in answer) sayWrong(withPassword, answer.sorry, answer.field)
      else leave(String(answer.told['to']))
    })
  })
}

export function startBegin(page: HTMLElement, leave = go, request: typeof fetch = fetch): void {
  let secret = ''
  const said = page.querySelector<HTMLElement>('#said')!
  const whole = page.querySelector<HTMLElement>('#begin')!
  const who = page.querySelector<HTMLFormElement>('form#who')!
  const passkey = page.querySelector<HTMLFormElement>('form#make-passkey')
  const password = page.querySelector<HTMLFormElement>('form#make-password')
  const app = page.querySelector<HTMLElement>('#app')

  const show = async () => {
    if (location.hash.length > 1) {
      secret = location.hash.slice(1)
      history.replaceState(null, '', location.pathname) // out of the address bar, the history and any screenshot
    }
    whole.hidden = true
    await spoken
    if (!secret) {
      said.textContent = t(NO_LINK)
      return
    }
    const found = await send('/api/begin', { secret }, request)
    said.textContent = 'sorry' in found ? found.sorry : ''
    if ('sorry' in found) return
    whole.hidden = false
    const name = String(found.told['name'])
    page.querySelector('#hello')!.textContent = name
      ? t('Hello, {name}', { name })
      : t('You are the first administrator')
    who.hidden = Boolean(name)
    if (passkey && !canPasskey()) passkey.hidden = true
    for (const field of who.querySelectorAll('input')) field.disabled = Boolean(name)
    const known = password?.querySelector<HTMLInputElement>('[name=username]')
    if (known) known.value = String(found.told['sign_in_name'])
  }

  const named = (): Told | null => {
    if (!who.hidden && !who.reportValidity()) return null
    return { secret, ...valuesOf(who) }
  }

  passkey?.addEventListener('submit', async (event) => {
    event.preventDefault()
    const asking = named()
    if (!asking) return
    await busy(passkey, t('Waiting for your passkey…'), async () => {
      const asked = await send('/api/begin/passkey/ask', asking, request)
      if ('sorry' in asked) return sayWrong(asked.field ? who : passkey, asked.sorry, asked.field)
      const credential = await makePasskey(asked.told)
      if (!credential) return sayWrong(passkey, t(NOT_MADE), null)
      const answer = await send('/api/begin/passkey', { secret, credential }, request)
      if ('sorry' in answer) sayWrong(passkey, answer.sorry, null)
      else leave(String(answer.told['to']))
    })
  })

  const provider = page.querySelector<HTMLFormElement>('form#with-provider')
  provider?.addEventListener('submit', async (event) => {
    event.preventDefault()
    const asking = named()
    if (!asking) return
    await busy(provider, t('One moment…'), async () => {
      const answer = await send('/api/begin/provider', asking, request)
      if ('sorry' in answer) sayWrong(answer.field ? who : provider, answer.sorry, answer.field)
      else leave(String(answer.told['to']))
    })
  })

  password?.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (!app) return
    if (app.hidden) {
      const asking = named()
      if (!asking) return
      await busy(password, t('One moment…'), async () => {
        const asked = await send('/api/begin/password/ask', asking, request)
        if ('sorry' in asked) return sayWrong(asked.field ? who : password, asked.sorry, asked.field)
        showApp(app, asked.told)
      })
      return
    }
    const { password: word, code } = valuesOf(password)
    await busy(password, t('One moment…'), async () => {
      const answer = await send('/api/begin/password', { secret, password: word, code }, request)
      if ('sorry' in answer) return sayWrong(password, answer.sorry, answer.field)
      showCodes(page, whole, answer.told, leave)
    })
  })

  addEventListener('hashchange', () => void show())
  void show()
}

/** The picture is for a phone's camera, the link for an app on this device, the text for a password manager. */
function showApp(app: HTMLElement, told: Told): void {
  const picture = new DOMParser().parseFromString(String(told['picture']), 'image/svg+xml').documentElement
  app.querySelector('.picture')!.replaceChildren(document.importNode(picture, true))
  app.querySelector<HTMLAnchorElement>('a')!.href = String(told['address'])
  copies(app.querySelector<HTMLButtonElement>('button[data-copy]')!, () => String(told['spelled']))
  app.hidden = false
  for (const field of app.querySelectorAll('input')) field.disabled = false
  app.querySelector<HTMLElement>('h3')!.focus()
}

function showCodes(page: HTMLElement, whole: HTMLElement, told: Told, leave: (to: string) => void): void {
  const codes = told['recovery_codes'] as string[]
  const done = page.querySelector<HTMLElement>('#codes')!
  done
    .querySelector('ul')!
    .replaceChildren(...codes.map((code) => Object.assign(document.createElement('li'), { textContent: code })))
  copies(done.querySelector<HTMLButtonElement>('button[data-copy]')!, () => codes.join('\n'))
  done.querySelector('button[data-on]')!.addEventListener('click', () => leave(String(told['to'])))
  whole.hidden = true
  done.hidden = false
  done.querySelector<HTMLElement>('h2')!.focus()
}

if (document.body.classList.contains('sign-in')) startSignIn(document.body)
if (document.body.classList.contains('begin')) startBegin(document.body)
