// @vitest-environment node
// What is built for a family's own tablet holds nothing that Safari 15.0 (iPad Air 2, 2014) does not know.

import { existsSync, readFileSync } from 'node:fs'
import { parseAst } from 'vite'
import { describe, expect, it } from 'vitest'
import { OLD_PAGES } from '../vite.config'

const DIST = new URL('../dist/', import.meta.url)

interface Chunk {
  file: string
  css?: string[]
}

const built = (page: string) =>
  Object.values(JSON.parse(readFileSync(new URL(`.vite/${page}.json`, DIST), 'utf8')) as Record<string, Chunk>)
const textOf = (file: string) => readFileSync(new URL(file, DIST), 'utf8')
const scriptsOf = (page: string) => built(page).flatMap(({ file }) => (file.endsWith('.js') ? [textOf(file)] : []))
const stylesOf = (page: string) =>
  built(page).flatMap(({ file, css = [] }) => [...css, ...(file.endsWith('.css') ? [file] : [])].map(textOf))

/** Of objects, arrays and the browser itself: what came after it. `at` is in `lib/older.ts`, which is looked for. */
const NEWER_NAMES = new Set([
  ...['findLast', 'findLastIndex', 'toSorted', 'toReversed', 'toSpliced', 'hasOwn', 'groupBy', 'withResolvers'],
  ...['fromAsync', 'structuredClone', 'isWellFormed', 'toWellFormed', 'showModal', 'showPopover', 'checkVisibility'],
  ...['requestIdleCallback', 'BroadcastChannel', 'locks', 'startViewTransition', 'scrollend', 'CompressionStream'],
  ...['intersection', 'difference', 'isSubsetOf', 'randomUUID', 'inert'],
])
/** Each is asked for first, or written where it does no harm. */
const ASKED_FIRST: Record<string, RegExp> = {
  randomUUID: /typeof crypto\.randomUUID/, // else lib/ids.ts makes one
  inert: /formnovalidate\.indeterminate\.inert/, // Svelte's list of the attributes that are true or not there
}
const NEWER_CSS = [
  ...[/:has\(/, /\b\d+(?:d|s|l)v(?:h|w|min|max)\b/, /@container/, /@layer/, /@property/, /@scope/, /@starting-style/],
  ...[/color-mix\(/, /oklch\(/, /light-dark\(/, /subgrid/, /overflow:clip/, /:dir\(/, /[{;]&/, /\(width[<>]/],
  /(?<!:not\():focus-visible/, // a rule with it is no rule there, so a ring of its own would be lost
]

type Node = Record<string, unknown> & { type: string }

function* nodes(node: unknown): Generator<Node> {
  if (Array.isArray(node)) for (const one of node) yield* nodes(one)
  else if (node && typeof node === 'object') {
    if ('type' in node) yield node as Node
    for (const part of Object.values(node)) if (part && typeof part === 'object') yield* nodes(part)
  }
}

/** Newer than ECMAScript 2020, which the build is told to keep to. */
function newerSyntax(node: Node): string | null {
  if (['PropertyDefinition', 'PrivateIdentifier', 'StaticBlock', 'AccessorProperty'].includes(node.type))
    return node.type
  if (node.type === 'AssignmentExpression' && ['||=', '&&=', '??='].includes(String(node['operator'])))
    return String(node['operator'])
  const regex = node['regex'] as { pattern: string; flags: string } | undefined
  if (regex && (/[dv]/.test(regex.flags) || /\(\?<[=!]/.test(regex.pattern))) return `/${regex.pattern}/${regex.flags}`
  return null
}

function newerNames(script: string, ast: unknown): string[] {
  const found = new Set<string>()
  for (const node of nodes(ast)) {
    const property = node['property'] as Node | undefined
    if (node.type === 'MemberExpression' && !node['computed']) found.add(String(property?.['name']))
    if (node.type === 'Identifier') found.add(String(node['name']))
  }
  const newer = [...found].filter((name) => NEWER_NAMES.has(name) && !ASKED_FIRST[name]?.test(script))
  return found.has('at') && !/Array\.prototype\.at/.test(script) ? [...newer, 'at, without lib/older.ts'] : newer
}

export function newerIn(script: string): string[] {
  const ast = parseAst(script) as unknown
  return [...[...nodes(ast)].flatMap((node) => newerSyntax(node) ?? []), ...newerNames(script, ast)]
}

export const newerCss = (style: string) => NEWER_CSS.filter((one) => one.test(style)).map(String)

describe('what a family’s own tablet is given', () => {
  it('is built', () => {
    expect(OLD_PAGES).toContain('family')
    expect(OLD_PAGES.filter((page) => !existsSync(new URL(`.vite/${page}.json`, DIST)))).toEqual([])
  })

  it.each(OLD_PAGES)('%s: every script is of its time', (page) => {
    expect(scriptsOf(page).length).toBeGreaterThan(0)
    expect(scriptsOf(page).flatMap(newerIn)).toEqual([])
  })

  it.each(OLD_PAGES)('%s: every style is of its time', (page) => {
    expect(stylesOf(page).flatMap(newerCss)).toEqual([])
  })

  it('would be found out', () => {
    const newer = ['class A { #a = 1 }', 'a ??= b', '/(?<=a)b/', 'a.findLast(b)', 'structuredClone(a)', 'a.at(-1)']
    expect(newer.filter((script) => newerIn(script).length === 0)).toEqual([])
    const styles = [
      'a:has(b){c:d}',
      'a{height:100dvh}',
      'a:focus-visible{b:c}',
      '@container(width>1px){a{b:c}}',
      'a:dir(rtl){b:c}',
    ]
    expect(styles.filter((style) => newerCss(style).length === 0)).toEqual([])
    expect(newerCss('a:focus:not(:focus-visible){outline:none}')).toEqual([])
  })
})
