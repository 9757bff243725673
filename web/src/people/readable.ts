// What stands on the screen, as text to read aloud: every block in its own language, and where each letter of it stands.

export interface Block {
  text: string
  /** As the page says it: a second language says its own. */
  lang: string
  range: (from: number, to: number) => Range
}

const NOT_READ = 'form, .btn, .hear, .now, svg'

export function blocksIn(root: Element): Block[] {
  const blocks: Block[] = []
  let nodes: Text[] = []

  function shut(lang: string) {
    const block = blockOf(nodes, lang)
    nodes = []
    if (block.text.trim()) blocks.push(block)
  }

  function walk(element: Element, lang: string) {
    for (const child of element.childNodes) {
      if (child instanceof Text) nodes.push(child)
      if (!(child instanceof HTMLElement) || child.matches(NOT_READ)) continue
      const { display } = getComputedStyle(child)
      if (display === 'none') continue
      const own = child.lang || lang
      const apart = own !== lang || !display.startsWith('inline')
      if (apart) shut(lang)
      walk(child, own)
      if (apart) shut(own)
    }
  }

  const lang = root.closest<HTMLElement>('[lang]')?.lang ?? ''
  walk(root, lang)
  shut(lang)
  return blocks
}

function blockOf(nodes: readonly Text[], lang: string): Block {
  const text = nodes.map((node) => node.data).join('')

  function place(at: number): [Text, number] {
    let left = at
    for (const node of nodes) {
      if (left <= node.length) return [node, left]
      left -= node.length
    }
    throw new RangeError(`There is no letter ${at}.`)
  }

  function range(from: number, to: number) {
    const range = document.createRange()
    const [first, before] = place(from + 1) // the letter itself, not the end of the node before it
    range.setStart(first, before - 1)
    range.setEnd(...place(to))
    return range
  }
  return { text, lang, range }
}
