// The pages of staff: people and conferences. Each form is sent as it stands, and its answer is said beside it.
import './staff.css'
import './office.css'
import './practising.css'
import './languages'
import { askFor, handOver } from './lib/files'
import { sureItIsYou } from './lib/confirming'
import { makePasskey } from './lib/passkey'
import { type Answer, busy, copies, OFFLINE, sayWrong, send, TROUBLE, valuesOf } from './lib/forms'
import { learn, t } from './lib/tongue'

export function start(page: HTMLElement, leave = goTo, request: typeof fetch = fetch): void {
  page.addEventListener('submit', async (event) => {
    const form = event.target as HTMLFormElement
    if (form.dataset['file']) {
      event.preventDefault()
      return giveFile(form, event.submitter as HTMLButtonElement, request)
    }
    if (form.dataset['passkey']) {
      event.preventDefault()
      return addPasskey(form, leave, request)
    }
    const address = form.dataset['send']
    if (!address) return
    event.preventDefault()
    await busy(form, t('Saving…'), async () => {
      const answer = await sendSure(address, valuesOf(form), request)
      if ('sorry' in answer) sayWrong(form, answer.sorry, answer.field)
      else if (typeof answer.told['link'] === 'string') {
        showLink(form, answer.told['link'])
        await showAnew(page, form, request)
      } else leave(String(answer.told['to']))
    })
  })
  page.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>('button[data-add], button[data-remove]')
    if (button?.dataset['add']) addRow(button)
    else if (button) removeRow(button)
  })
  for (const row of page.querySelectorAll<HTMLInputElement>('[data-row] input[name=id]')) row.value ||= newId()
}

/** Once more where they had to show first that it is them. */
async function sendSure(address: string, body: unknown, request: typeof fetch): Promise<Answer> {
  const answer = await send(address, body, request)
  const again = 'sorry' in answer && answer.code === 'confirm_first' && (await sureItIsYou(null))
  return again ? send(address, body, request) : answer
}

async function addPasskey(form: HTMLFormElement, leave: (to: string) => void, request: typeof fetch): Promise<void> {
  const address = form.dataset['passkey']!
  await busy(form, t('Waiting for your device…'), async () => {
    const asked = await sendSure(`${address}/ask`, {}, request)
    if ('sorry' in asked) return sayWrong(form, asked.sorry, null)
    const credential = await makePasskey(asked.told)
    if (!credential) return sayWrong(form, t('No passkey was made. This device may have one of yours already.'), null)
    const answer = await send(address, { credential }, request)
    if ('sorry' in answer) sayWrong(form, answer.sorry, null)
    else leave(String(answer.told['to']))
  })
}

async function giveFile(form: HTMLFormElement, button: HTMLButtonElement, request: typeof fetch): Promise<void> {
  await busy(form, t('One moment…'), async () => {
    const wanted = { ...valuesOf(form), [button.name]: button.value }
    const got = await askFor(form.dataset['file']!, wanted, null, request)
    if (got && 'file' in got) {
      handOver(got.file, got.name)
      form.querySelector('[role=status]')!.textContent = t('It is with your downloads.')
    } else if (got?.no === 'confirm_first')
      sayWrong(form, t('Nothing was exported, because you did not show that it is you.'), null)
    else sayWrong(form, t(got ? TROUBLE : OFFLINE), null)
  })
}

/** The same page again, at another place of it, is loaded anew too. */
function goTo(to: string): void {
  const here = new URL(to, location.href).pathname === location.pathname
  location.assign(to)
  if (here) location.reload()
}

function showLink(form: HTMLFormElement, link: string): void {
  const place = form.querySelector<HTMLElement>('.link')!
  const field = place.querySelector('input')!
  field.value = link
  field.addEventListener('focus', () => field.select())
  copies(place.querySelector<HTMLButtonElement>('button')!, () => link)
  place.hidden = false
  form.querySelector('[role=status]')!.textContent = t('The link is ready. It is shown once.')
  field.focus()
}

/** The list that somebody new stands in now, or who they are; what is being read or typed elsewhere stays as it is. */
async function showAnew(page: HTMLElement, form: HTMLFormElement, request: typeof fetch): Promise<void> {
  const list = page.querySelector('#there')
  if (!list || list.contains(form)) return
  const answer = await request(location.pathname, { cache: 'no-store' }).catch(() => null)
  if (!answer?.ok) return
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('#there')
  if (fresh) list.replaceWith(fresh)
}

function addRow(button: HTMLButtonElement): void {
  const list = document.getElementById(button.dataset['add']!)!
  const one = list.querySelector('template')!.content.cloneNode(true) as DocumentFragment
  one.querySelectorAll<HTMLInputElement>('input[name=id]').forEach((field) => (field.value = newId()))
  list.append(one)
  list.querySelector<HTMLElement>('[data-row]:last-child input:not([type=hidden])')?.focus()
}

function removeRow(button: HTMLButtonElement): void {
  const list = button.closest('[data-rows]')
  if (!list || list.querySelectorAll('[data-row]').length < 2) return
  button.closest('[data-row]')!.remove()
  list.querySelector<HTMLElement>('[data-row]:last-child input:not([type=hidden])')?.focus()
}

/** Also where the page came over http, as on a test bench, where browsers make no random ids by themselves. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const text = [...bytes].map((one) => one.toString(16).padStart(2, '0')).join('')
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-')
}

if (document.body.classList.contains('office')) {
  void learn()
  start(document.body)
}
