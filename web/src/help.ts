// Finds a place in the help. All of it is fetched once, and what is looked for stays here: it is sent to nobody and stands in
// no address. Without this script there is the list of contents.
import './help.css'
import './languages'
import { learn, many, t } from './lib/tongue'

export interface Place {
  address: string
  title: string
  text: string
}

const SHOWN = 12
const LONG = 160

/** Small letters without their marks, so that nobody has to type those. */
const bare = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')

/** Those in which each of the words stands; in the title first. */
export function found(places: readonly Place[], sought: string): Place[] {
  const words = bare(sought).split(/\s+/).filter(Boolean)
  if (!words.length) return []
  const has = (text: string) => words.every((word) => bare(text).includes(word))
  const all = places.filter(({ title, text }) => has(`${title} ${text}`))
  return [...all.filter(({ title }) => has(title)), ...all.filter(({ title }) => !has(title))]
}

export function placesIn(page: Document): Place[] {
  return Array.from(page.querySelectorAll<HTMLElement>('[data-subject] > section'), (section) => {
    const of = section.parentElement!
    const said = Array.from(section.querySelectorAll('p, dd'), (one) => one.textContent.trim()).join(' ')
    const title = `${of.querySelector('h2')!.textContent}: ${section.querySelector('h3')!.textContent}`
    return { address: `/help/${of.dataset['subject']}#${section.id}`, title, text: said }
  })
}

async function everything(request: typeof fetch): Promise<Place[] | null> {
  try {
    const answer = await request('/help/everything')
    return answer.ok ? placesIn(new DOMParser().parseFromString(await answer.text(), 'text/html')) : null
  } catch {
    return null
  }
}

export function start(form: HTMLFormElement, request: typeof fetch = fetch): void {
  const [field, said, list] = [form.querySelector('input')!, form.querySelector('#said')!, form.querySelector('ul')!]
  let places: Place[] | null = null

  async function look() {
    if (!places) said.textContent = t('One moment…')
    places ??= await everything(request)
    const sought = field.value.trim()
    const there = places ? found(places, sought) : []
    const none = places ? t('Nothing found. Try another word.') : t('There is no connection. Try again.')
    said.textContent = !sought ? '' : there.length ? many('{n} place found', '{n} places found', there.length) : none
    list.replaceChildren(...there.slice(0, SHOWN).map(shown))
  }

  form.addEventListener('submit', (event) => event.preventDefault())
  field.addEventListener('input', () => void look())
  form.hidden = false
}

function shown({ address, title, text }: Place): HTMLElement {
  const [item, link, some] = ['li', 'a', 'span'].map((tag) => document.createElement(tag))
  link!.setAttribute('href', address)
  link!.textContent = title
  some!.textContent = text.length > LONG ? `${text.slice(0, LONG).replace(/\s\S*$/, '')}…` : text
  item!.append(link!, ' ', some!)
  return item!
}

const form = document.querySelector<HTMLFormElement>('#find')
if (form) void learn().then(() => start(form))
