// Whoever was in something that is gone, because it is done or the meeting has moved on, goes on in what is left around it.

const PLACES = 'li, section, fieldset, form, [role=region], [role=tabpanel], [role=group]'
const TOPS = 'h2, h3, [role=region]'
const AFTER_MS = 100 // whatever goes somewhere by itself has done so

let way: HTMLElement[] = [] // from where the keys were last, outwards
let waiting = false

export function keepTheKeys(): void {
  addEventListener('focusin', ({ target }) => {
    way = []
    for (let one = target as HTMLElement | null; one; one = one.parentElement) way.push(one)
  })
  new MutationObserver(() => {
    if (waiting || !isLost()) return
    waiting = true
    setTimeout(goOn, AFTER_MS)
  }).observe(document.body, { childList: true, subtree: true })
}

const isLost = () => document.activeElement === document.body && way[0]?.isConnected === false

function goOn() {
  waiting = false
  if (!isLost()) return
  let place: HTMLElement | null = null
  for (const one of way) if (one.isConnected) place ??= one.matches(PLACES) ? one : one.querySelector<HTMLElement>(TOPS)
  way = []
  if (!place) return
  if (place.tabIndex < 0) place.tabIndex = -1
  place.focus()
}
