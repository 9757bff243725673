// A form goes to the server as JSON. Whatever is wrong is said beside where it was typed, and nothing typed is lost.

import { t, word, words } from './tongue'

const SENTENCES: Record<string, string> = words({
  not_right: 'That did not work. Check what you gave, or try another way.',
  too_many_tries: 'There were too many tries. Wait ten minutes, or try another way. That works at once.',
  too_many_at_once: 'Too many people sign in just now. Wait a moment and press again, or use a passkey.',
  link_not_usable: 'This link can’t be used. It may have been used already. Ask your administrator for a new one.',
  name_taken: 'Somebody else signs in by this name. Choose another.',
  seated_already: 'They are here already, in a seat of their own.',
  last_way_in: 'This is the only way you have to sign in. Add another one first.',
  confirm_first: 'Nothing was changed, because you did not show that it is you. Press again when you can.',
  last_administrator: 'This is the only administrator who can sign in. Make another one first.',
  wrong_code: 'That code is not right any more. Type or paste the one that your app shows now.',
  not_signed_in: 'You are no longer signed in. Sign in again in another tab, then press once more.',
  not_found: 'This is not here any more. Reload the page to see what is.',
  not_saved: 'Nothing was saved, because nothing can be saved just now. Try again in a moment.',
  no_provider: 'Your council’s sign-in cannot be reached. Wait a moment, or choose another way.',
  invalid: 'Please check this.',
})
const FIELD_OF: Record<string, string> = { name_taken: 'sign_in_name', wrong_code: 'code' }
export const OFFLINE = word('We can’t reach the server. Check that you are online, then press again.')
export const TROUBLE = word('Something went wrong on our side. Nothing was saved. Try again in a moment.')
const LONGEST_WAIT_MS = 20_000

export type Told = Record<string, unknown>
export type Answer = { told: Told } | { sorry: string; field: string | null; code: string }

export async function send(address: string, body: unknown, request: typeof fetch = fetch): Promise<Answer> {
  try {
    const answer = await request(address, {
      method: 'POST',
      credentials: 'same-origin',
      cache: 'no-store',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(LONGEST_WAIT_MS),
    })
    const told = (await answer.json().catch(() => ({}))) as Told
    if (answer.ok) return { told }
    const code = String(told['code'] ?? '')
    const sorry = String(told['sentence'] ?? SENTENCES[code] ?? t(TROUBLE))
    return { sorry, field: (told['field'] as string | undefined) ?? FIELD_OF[code] ?? null, code }
  } catch {
    return { sorry: t(OFFLINE), field: null, code: '' }
  }
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

/** What a form, or one row of a list in it, says. `data-as` names what a text stands for. */
export function valuesOf(root: Element): Told {
  const row = root.matches('[data-row]') ? root : null
  const told: Told = {}
  for (const list of root.querySelectorAll<HTMLElement>('[data-rows]'))
    told[list.dataset['rows']!] = [...list.querySelectorAll('[data-row]')].map(valuesOf)
  for (const control of root.querySelectorAll<Control>('input, select, textarea')) {
    if (!control.name || control.disabled || control.closest('[data-row]') !== row) continue
    const as = control.dataset['as']
    const chosen = !(control instanceof HTMLInputElement && /radio|checkbox/.test(control.type)) || control.checked
    if (as === 'list') told[control.name] ??= []
    if (!chosen) continue
    if (as === 'list') (told[control.name] as unknown[]).push(control.value)
    else if (as === 'number') told[control.name] = control.value === '' ? null : Number(control.value)
    else if (as === 'maybe') told[control.name] = control.value || null
    else told[control.name] = control.value
  }
  return told
}

export function sayWrong(form: Element, sorry: string, field: string | null): void {
  forgive(form)
  const said = form.querySelector<HTMLElement>('[role=status]')
  const control = field ? form.querySelector<HTMLElement>(`[name="${CSS.escape(field)}"]`) : null
  if (!control) {
    if (said) said.textContent = sorry
    said?.classList.add('refused')
    return
  }
  if (said) said.textContent = ''
  const wrong = document.createElement('p')
  wrong.className = 'wrong'
  wrong.id = `wrong-${field}`
  wrong.textContent = sorry
  const place = control.closest('fieldset, .field-of') ?? control
  place.append(wrong)
  if (place === control) control.after(wrong)
  control.setAttribute('aria-invalid', 'true')
  control.setAttribute('aria-describedby', [control.dataset['hint'], wrong.id].filter(Boolean).join(' '))
  control.focus()
}

export function forgive(form: Element): void {
  form.querySelectorAll('.wrong').forEach((one) => one.remove())
  form.querySelectorAll('[aria-invalid]').forEach((one) => {
    one.removeAttribute('aria-invalid')
    const hint = (one as HTMLElement).dataset['hint']
    if (hint) one.setAttribute('aria-describedby', hint)
    else one.removeAttribute('aria-describedby')
  })
  form.querySelector('[role=status]')?.classList.remove('refused')
}

/** While it is on its way the button keeps the focus and does nothing more. */
export async function busy<T>(form: HTMLElement, words: string, work: () => Promise<T>): Promise<T | null> {
  if (form.ariaBusy === 'true') return null
  const said = form.querySelector('[role=status]')
  form.ariaBusy = 'true'
  forgive(form)
  if (said) said.textContent = words
  try {
    return await work()
  } finally {
    form.ariaBusy = 'false'
    if (said?.textContent === words) said.textContent = ''
  }
}

export function copies(button: HTMLButtonElement, text: () => string): void {
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text())
      button.textContent = t('Copied')
    } catch {
      button.textContent = t('Select it and copy it')
    }
  })
}
