// Another language is the same page anew. A secret behind the "#" is taken out of the address as soon as a page is there,
// so it is put back for the moment in which the page is fetched again. Without this script a form does the rest.
import './languages.css'
import { send } from './knocking'

let behind = location.hash

export async function choose(language: string, request: typeof fetch = fetch): Promise<void> {
  const { status } = await send('/language', { language }, request)
  if (status !== 204) return
  if (behind.length > 1) history.replaceState(null, '', location.pathname + location.search + behind)
  location.reload()
}

export function start(): void {
  addEventListener('hashchange', () => {
    if (location.hash.length > 1) behind = location.hash
  })
  document.querySelector('form.languages')?.addEventListener('click', (event) => {
    const button = (event.target as Element).closest('button')
    if (!button) return
    event.preventDefault()
    void choose(button.value)
  })
}

start()
