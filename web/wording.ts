// How components come by their words, and which messages each page needs.

import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Plugin, Rolldown } from 'vite'
import { all, isSource, messagesOf } from './words.js'

const SOURCES = fileURLToPath(new URL('src/', import.meta.url))
const MARKUP = `${SOURCES}lib/markup.ts`

/** Text in markup is translated by the template, and `word()` marks without a trace. */
export function worded(): Plugin {
  return {
    name: 'worded',
    transform: {
      filter: { id: /\.(svelte|ts)$/ },
      handler(code, id) {
        if (id.endsWith('.ts'))
          return id.startsWith(SOURCES) ? code.replace(/\bword\(('(?:[^'\\]|\\.)*')\)/g, '$1') : null
        const calls = /\$\.(from_html|text)\(/
        if (!calls.test(code)) return null
        const named = code.replaceAll('$.from_html(', '$words.template(').replaceAll('$.text(', '$words.text(')
        return `import * as $words from ${JSON.stringify(MARKUP)}\n${named}`
      },
    },
  }
}

/** What a page may say: the messages of the modules that are in it. */
export async function messagesIn(output: readonly (Rolldown.OutputChunk | Rolldown.OutputAsset)[]): Promise<string[]> {
  const modules = output.flatMap((one) => (one.type === 'chunk' ? one.moduleIds : []))
  const found = new Set<string>()
  for (const file of modules.map((id) => relative(SOURCES, id)).filter(isSource))
    for (const key of messagesOf(await readFile(SOURCES + file, 'utf8'), file).messages.keys()) found.add(key)
  return [...found].sort()
}

/** All of them, for the gallery. */
export function messages(): Plugin {
  const NAME = 'virtual:messages'
  return {
    name: 'messages',
    resolveId: (id) => (id === NAME ? id : null),
    load(id) {
      if (id !== NAME) return null
      const said = all().flatMap((one) => [...one.messages.values()])
      return `export default ${JSON.stringify(said.map(({ file: _, ...message }) => message))}`
    },
  }
}
