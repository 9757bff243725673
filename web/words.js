// What the browser says, as messages to be translated: `words.js` prints those of all of web/src as JSON, `words.mjs left`
// the words that would be shown but are no message. In markup, text and what assistive technology reads out of an
// attribute are messages as they stand; what is computed is marked by t(), many(), word() and words() of lib/tongue.ts.

import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'svelte/compiler'

const SOURCES = fileURLToPath(new URL('src/', import.meta.url))
const OURS = /\.(svelte|ts)$/
const NOT_SHOWN = /\.test\.ts$|^gallery\/|\.inputs\.ts$|^lib\/protocol\.ts$/
const LETTER = /\p{L}/u
const LETTERS = /\p{L}{2}/u
const CODE = /^[a-z]+(_[a-z]+)+$/
const SAID = new Set([
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'aria-valuetext',
  'title',
  'placeholder',
  'alt',
  'label',
])

/** The messages of one file, and the words in its markup that are none though they are shown. */
export function messagesOf(code, file) {
  const messages = new Map()
  const left = []
  const add = (id, more = {}) => {
    const context = more.context ? `${more.context}\u0004` : ''
    messages.set(context + id, { id, ...more, file: `web/src/${file}` })
  }
  const at = (node) => `${file}:${code.slice(0, node.start).split('\n').length}`

  const ofCall = (node) => {
    const [first, second, third] = node.arguments
    switch (node.callee.name) {
      case 't':
        for (const id of textsOf(first)) add(id, contextOf(third))
        return true
      case 'many':
        add(textOf(first), { plural: textOf(second), ...contextOf(node.arguments[4]) })
        return true
      case 'word':
        for (const id of textsOf(first)) add(id)
        return true
      case 'words':
        each(first, (one) => LETTERS.test(textOf(one) ?? '') && !CODE.test(textOf(one)) && add(textOf(one)))
        return true
    }
    return false
  }

  const walk = (node, markup) => {
    if (!node || typeof node.type !== 'string') return
    if (node.type === 'RegularElement' && node.name === 'kbd') return // a key is called what stands on it
    if (node.type === 'Fragment') ofFragment(node.nodes)
    if (node.type === 'RegularElement') ofElement(node)
    if (node.type === 'Component') ofComponent(node)
    const marked = node.type === 'CallExpression' && node.callee.type === 'Identifier' && ofCall(node)
    for (const [key, child] of Object.entries(node)) {
      if (key === 'metadata' || key === 'css' || (marked && key === 'arguments' && !markup)) {
        if (marked && key === 'arguments') for (const one of child) walk(one, false)
        continue
      }
      const inside = markup || node.type === 'Fragment'
      for (const one of Array.isArray(child) ? child : [child]) walk(one, marked ? false : inside)
    }
    const text = markup && !OUTSIDE.has(node.type) ? textOf(node) : null
    if (text && /^\p{Lu}|\p{L} /u.test(text) && !SAYS_NOTHING.test(text))
      left.push(`${at(node)} ${JSON.stringify(text)}`)
  }

  // Text beside something computed is no whole sentence: it has to be marked together with it.
  const ofFragment = (nodes) => {
    let run = []
    for (const node of [...nodes, null]) {
      if (node?.type === 'Comment') continue
      if (node?.type === 'Text' || node?.type === 'ExpressionTag') {
        run.push(node)
        continue
      }
      const texts = run.filter((one) => one.type === 'Text' && LETTER.test(one.data))
      if (run.some((one) => one.type === 'ExpressionTag'))
        for (const one of texts) left.push(`${at(one)} ${JSON.stringify(one.data.trim())} beside something computed`)
      else if (texts.length) add(oneLine(texts.map((one) => one.data).join('')))
      run = []
    }
  }

  const ofElement = (node) => {
    const spread = node.attributes.some((one) => one.type === 'SpreadAttribute')
    for (const { type, name, value } of node.attributes) {
      if (type !== 'Attribute' || !SAID.has(name) || value === true) continue
      const parts = Array.isArray(value) ? value : [value]
      const texts = parts.filter((one) => one.type === 'Text' && LETTER.test(one.data))
      if (!texts.length) continue
      if (parts.length > 1 || spread) left.push(`${at(texts[0])} ${name}: ${JSON.stringify(texts[0].data)}`)
      else add(texts[0].data)
    }
  }

  // A title or legend is translated by the component that shows it.
  const ofComponent = (node) => {
    for (const { type, name, value } of node.attributes) {
      if (type !== 'Attribute' || value === true) continue
      for (const one of Array.isArray(value) ? value : [value])
        if (one.type === 'Text' && /^\p{Lu}|\p{L} /u.test(one.data)) {
          if (name === 'title' || name === 'legend') add(one.data)
          else left.push(`${at(one)} ${name}: ${JSON.stringify(one.data)}`)
        }
    }
  }

  const svelte = file.endsWith('.svelte')
  const tree = parse(svelte ? code : `<script lang="ts">${code}</script>`, { modern: true })
  for (const part of [tree.module, tree.instance]) walk(part?.content, false)
  walk(tree.fragment, false)
  return { messages, left }
}

/** What is in markup without being shown. */
const OUTSIDE = new Set(['Text', 'Attribute', 'Identifier'])

function textOf(node) {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node?.type === 'TemplateLiteral' && !node.expressions.length) return node.quasis[0].value.cooked
  if (node?.type === 'BinaryExpression' && node.operator === '+') {
    const [left, right] = [textOf(node.left), textOf(node.right)]
    return left === null || right === null ? null : left + right
  }
  return null
}

/** Also both arms of a choice. */
function textsOf(node) {
  if (node?.type === 'ConditionalExpression') return [...textsOf(node.consequent), ...textsOf(node.alternate)]
  const text = textOf(node)
  return text === null ? [] : [text]
}

function contextOf(node) {
  const context = textOf(node)
  return context ? { context } : {}
}

/** Every value in a table, however deep. */
function each(node, take) {
  if (node?.type === 'ObjectExpression') for (const one of node.properties) each(one.value, take)
  else if (node?.type === 'ArrayExpression') for (const one of node.elements) each(one, take)
  else if (node?.type === 'TSAsExpression' || node?.type === 'TSSatisfiesExpression') each(node.expression, take)
  else take(node)
}

/** Keys and drawings. */
const SAYS_NOTHING = /^(Enter|Escape|M\d.*)$/

const oneLine = (text) => text.replace(/\s+/g, ' ').trim()

export function isSource(file) {
  return OURS.test(file) && !NOT_SHOWN.test(file)
}

export function all() {
  const files = readdirSync(SOURCES, { recursive: true }).filter(isSource).sort()
  return files.map((file) => messagesOf(readFileSync(SOURCES + file, 'utf8'), file))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = all()
  const left = found.flatMap((one) => one.left)
  if (process.argv[2] === 'left') {
    process.stdout.write(left.map((one) => `${one}\n`).join(''))
    process.exitCode = left.length ? 1 : 0
  } else
    process.stdout.write(
      JSON.stringify(
        found.flatMap((one) => [...one.messages.values()]),
        null,
        1,
      ),
    )
}
