// A screen that wants to be the room’s: it shows its words and waits. After ten minutes they are others.
import './join.css'
import './languages'
import { send } from './knocking'
import { learn, t } from './lib/tongue'

const LOOK_EVERY_MS = 1500
const ANEW_AFTER_MS = 9 * 60_000

export async function show(): Promise<void> {
  const words = document.getElementById('words')!
  const { status, body } = await send('/api/screen', {})
  if (status !== 200) {
    words.textContent = t('One moment. There is no connection yet.')
    setTimeout(() => void show(), 5000)
    return
  }
  words.textContent = String(body['words'])
  document.getElementById('code')!.textContent = String(body['code'])
  document.getElementById('picture')!.innerHTML = String(body['qr']) // drawn by our own server
  const until = Date.now() + ANEW_AFTER_MS
  const look = async () => {
    const told = await send('/api/screen/in', {})
    if (told.body['conference']) return location.replace(`/c/${encodeURIComponent(String(told.body['conference']))}`)
    if (Date.now() > until) return show()
    setTimeout(() => void look(), LOOK_EVERY_MS)
  }
  setTimeout(() => void look(), LOOK_EVERY_MS)
}

if (document.body.classList.contains('pairing')) void learn().then(show)
