// The small page on which somebody of staff shows that it is them, laid over the page where they work.

import './confirming.css'
import { t } from './tongue'

let open: Promise<boolean> | null = null

/** Where the keys were last: a button that is disabled while it waits has lost them already. */
let last: HTMLElement | null = null
addEventListener('focusin', ({ target }) => (last = target as HTMLElement))

/** True once they have; false where they would rather not now. */
export function sureItIsYou(conference: string | null): Promise<boolean> {
  return (open ??= ask(query(conference)).finally(() => (open = null)))
}

/** Beforehand, so that nobody is asked in the middle of what they read out: only where it would not last so long. */
export async function sureFor(seconds: number, conference: string): Promise<void> {
  const stop = AbortSignal.timeout(2000)
  const left = await fetch(`/api/confirm${query(conference)}`, { signal: stop })
    .then((answer) => answer.json())
    .then((told) => (told as { seconds?: number | null }).seconds ?? null)
    .catch(() => null)
  if (left !== null && left < seconds) await sureItIsYou(conference)
}

const query = (conference: string | null) => (conference ? `?conference=${conference}` : '')

function ask(query: string): Promise<boolean> {
  const before = last
  const dialog = document.createElement('dialog')
  const frame = document.createElement('iframe')
  dialog.className = 'sure'
  dialog.tabIndex = -1
  dialog.ariaLabel = frame.title = t('Show that it is you')
  frame.src = `/confirm${query}`
  dialog.append(frame)
  document.body.append(dialog)
  dialog.showModal()
  return new Promise((tell) => {
    const end = (confirmed: boolean) => {
      removeEventListener('message', hear)
      dialog.focus() // out of the page inside while it is there, or no key would reach this one
      dialog.remove()
      tell(confirmed)
      setTimeout(() => before && goBack(before))
    }
    const hear = ({ source, origin, data }: MessageEvent) => {
      if (source !== frame.contentWindow || origin !== location.origin) return
      if (typeof data === 'number') frame.style.height = `${data}px`
      else end(data === 'confirmed')
    }
    addEventListener('message', hear)
    dialog.oncancel = (event) => {
      event.preventDefault()
      end(false)
    }
  })
}

/** As soon as it can be: a button that waited for this takes the keys only once the answer is there. */
function goBack(place: HTMLElement, frames = 60): void {
  place.focus()
  if (document.activeElement === document.body && place.isConnected && frames)
    requestAnimationFrame(() => goBack(place, frames - 1))
}
