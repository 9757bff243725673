// Five steps on the chair's board, in a practice only. It looks at what stands on the board and never touches it, says when a step
// was really done, and is left and taken up again as she likes; this browser alone remembers where she was.
import { send } from './knocking'
import './tour.css'

const KEPT = 'kinboard-tour'
const LEFT = 'left'
const [NUMBERS, LAST] = [2, 4]
const PAUSE = 700 // milliseconds from one number to the next, so that they are seen to come in

type Seen = { cards: string[]; moved: boolean; lit: boolean }

const all = (selector: string, within: ParentNode = document) => [...within.querySelectorAll<HTMLElement>(selector)]
const there = (selector: string) => document.querySelector(selector) !== null
const cards = () => all('[data-card]').map((card) => card.dataset['card']!)

/** Whether what a step asks for stands on the board, or stood there since it began. */
const DONE: ((before: Seen) => boolean)[] = [
  (before) => cards().some((card) => !before.cards.includes(card)) && before.cards.length > 0,
  (before) => {
    const now = cards()
    const still = before.cards.filter((card) => now.includes(card))
    before.moved ||= still.length > 1 && now.filter((card) => still.includes(card)).join() !== still.join()
    before.lit ||= there('.card.lit')
    return before.moved && before.lit
  },
  () => false, // said by whoever answers
  () => there('.top .say, [data-blank="room"], [data-blank="all"]'),
  () => there('dialog .read'),
]

function textsOf(tour: Element): Text[] {
  const found: Text[] = []
  const all = document.createNodeIterator(tour, NodeFilter.SHOW_TEXT)
  for (let one = all.nextNode(); one; one = all.nextNode()) found.push(one as Text)
  return found
}

/** The board speaks another language at once; the words here come from the server, which is asked for this page again. */
async function speak(tour: HTMLElement, request: typeof fetch): Promise<void> {
  const { status } = await send('/language', { language: document.documentElement.lang.slice(0, 2) }, request)
  const said = status === 204 ? await request(location.href).catch(() => null) : null
  if (!said?.ok) return
  const theirs = new DOMParser().parseFromString(await said.text(), 'text/html').getElementById(tour.id)
  if (!theirs) return
  const texts = textsOf(theirs)
  textsOf(tour).forEach((one, place) => (one.data = texts[place]?.data ?? ''))
  tour.ariaLabel = theirs.ariaLabel
}

export function start(tour: HTMLElement, board: HTMLElement, request: typeof fetch = fetch): void {
  const steps = all('[data-step]', tour)
  const [answer, leave, back, first, lost] = ['answer', 'leave', 'back', 'first', 'lost'].map(
    (name) => all(`[data-${name}]`, tour)[0]!,
  )
  const ways = all('[data-go]', tour)
  const kept = localStorage.getItem(KEPT) ?? '0'
  let left = kept.startsWith(LEFT)
  let at = Math.min(LAST, Number(kept.replace(LEFT, '')) || 0)
  let before: Seen = { cards: [], moved: false, lit: false }

  function show() {
    localStorage.setItem(KEPT, `${left ? LEFT : ''}${at}`)
    before = { cards: cards(), moved: false, lit: false }
    steps.forEach((step, index) => (step.hidden = left || index !== at))
    first!.hidden = lost!.hidden = true
    answer!.hidden = left || at !== NUMBERS
    leave!.hidden = left
    back!.hidden = !left
    ways.forEach((way) => (way.hidden = left || !steps[at + Number(way.dataset['go'])]))
    tour.hidden = false
  }

  function done() {
    steps[at]!.querySelector('strong')!.hidden = false
  }

  function look() {
    if (left) return
    if (!before.cards.length) before.cards = cards() // the board was not there yet, or showed something else
    if (DONE[at]!(before)) done()
  }

  /** One after another, until all are in or the chair has gone on. */
  async function letThemAnswer(): Promise<void> {
    const address = `/api/conferences/${tour.dataset['conference']}/practice/number`
    for (let some = false, more = true; more && at === NUMBERS && !left; some = true) {
      const said = await request(address, { method: 'POST' }).catch(() => null)
      more = said?.ok ? ((await said.json()) as { more: boolean }).more : false
      lost!.hidden = said?.ok === true
      first!.hidden = some || more || !said?.ok
      if (some || more) done()
      await new Promise((later) => setTimeout(later, PAUSE))
    }
  }

  tour.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLElement>('button')
    if (!button) return
    if (button === answer) return void letThemAnswer()
    if (button.dataset['go']) at += Number(button.dataset['go'])
    else left = button === leave
    show()
    if (button.hidden) (left ? back! : ways.find((way) => !way.hidden)!).focus()
  })
  let drawn = 0
  new MutationObserver(() => {
    cancelAnimationFrame(drawn)
    drawn = requestAnimationFrame(look)
  }).observe(board, { subtree: true, childList: true, attributes: true, attributeFilter: ['class', 'data-blank'] })
  new MutationObserver(() => void speak(tour, request)).observe(document.documentElement, { attributeFilter: ['lang'] })
  new ResizeObserver(() => document.body.style.setProperty('--tour', `${tour.offsetHeight}px`)).observe(tour)
  show()
}

const [tour, board] = ['tour', 'board'].map((id) => document.getElementById(id))
if (tour && board) start(tour, board)
