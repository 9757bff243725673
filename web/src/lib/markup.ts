// What stands in markup, in this screen's language. The build puts these two in the place of Svelte's own in every
// component (`worded` in web/wording.ts), so that plain text needs no mark and no code: a template is translated as a whole.

// eslint-disable-next-line svelte/no-svelte-internal -- that is what components are compiled to
import * as svelte from 'svelte/internal/client'
import { learned, t } from './tongue'

const SAID = [
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'aria-valuetext',
  'title',
  'placeholder',
  'alt',
  'label',
]

export function template(content: string, flags?: number): (...all: unknown[]) => Node {
  let made = svelte.from_html(content, flags)
  let of = 0
  return () => {
    if (of !== learned) {
      of = learned
      made = svelte.from_html(inTongue(content), flags)
    }
    return made() as Node
  }
}

export const text = (content = ''): Text => svelte.text(said(content))

function inTongue(content: string): string {
  const whole = document.createElement('template')
  whole.innerHTML = content
  const walker = document.createTreeWalker(whole.content, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Text) node.data = said(node.data)
    else for (const name of SAID) translate(node as Element, name)
  }
  return whole.innerHTML.replaceAll('<!---->', '<!>') // by which Svelte knows its places
}

function translate(element: Element, name: string): void {
  const english = element.getAttribute(name)
  if (english) element.setAttribute(name, t(english))
}

/** White space around it belongs to the markup. */
function said(english: string): string {
  const core = english.trim()
  return core ? english.replace(core, () => t(core.replace(/\s+/g, ' '))) : english
}
