// A formal disagreement after the meeting. The link keeps its secret after "#"; what is typed stays until it is saved.
import './join.css'
import './languages'
import { send } from './knocking'
import { learn, t, word } from './lib/tongue'

const NOT_USABLE = word('This link can’t be used. It may have been used already, or the time for it is over.')
const OFFLINE = word(
  'We can’t reach the server. What you wrote is still here: check that you are online, then press again.',
)
const NOT_SAVED = word('It was not saved. What you wrote is still here: wait a moment, then press again.')
const DONE = word('It is in the record of the meeting. You can close this page.')

export async function start(): Promise<void> {
  const secret = location.hash.slice(1)
  history.replaceState(null, '', location.pathname)
  await learn()
  const form = document.querySelector('form')!
  const whose = document.getElementById('whose')!
  const said = document.getElementById('said')!
  const looked = await send('/api/late/look', { secret })
  if (looked.status !== 200) {
    said.textContent = looked.status ? t(NOT_USABLE) : t(OFFLINE)
    return
  }
  whose.querySelector('b')!.textContent = String(looked.body['name'])
  const children = looked.body['children'] as { id: string; name: string }[]
  for (const child of children) {
    const label = document.createElement('label')
    label.className = 'choice'
    const input = document.createElement('input')
    Object.assign(input, { type: 'radio', name: 'child', value: child.id, required: true, autocomplete: 'off' })
    label.append(input, t('The decision about {name}', { name: child.name }))
    document.getElementById('children')!.append(label)
  }
  whose.hidden = form.hidden = false
  document.getElementById('practice')!.hidden = looked.body['practice'] !== true

  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const fields = new FormData(form)
    const { status } = await send('/api/late', { secret, child_id: fields.get('child'), why: fields.get('why') })
    said.textContent = status === 200 ? t(DONE) : status === 404 ? t(NOT_USABLE) : status ? t(NOT_SAVED) : t(OFFLINE)
    if (status === 200) form.remove()
    said.focus()
  })
}

if (document.body.classList.contains('late')) void start()
