// Each page is a build of its own: it holds only what its own surface needs, in as few files as can be, and the family's
// tablet alone pays for what old browsers do not know. Files are packed here, once, as small as can be.

import { svelte } from '@sveltejs/vite-plugin-svelte'
import { svelteTesting } from '@testing-library/svelte/vite'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { minify } from 'terser'
import type { EnvironmentOptions, Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { messages, messagesIn, worded } from './wording.ts'

const OUT = 'dist'
const LONG = 150_000 // letters of script
const MESSAGES = 'messages.json' // what each page says, for whoever writes the catalogues
const OLD = ['es2020', 'safari15'] // a tablet that a family brings or is lent
const LAPTOP = 'baseline-widely-available'
const PAGES: Record<string, EnvironmentOptions> = {
  join: page('src/join.ts', OLD),
  connection: page('src/connection.ts', OLD),
  help: page('src/help.ts', OLD),
  lobby: page('src/lobby.ts', OLD),
  screen: page('src/screen.ts', LAPTOP),
  late: page('src/late.ts', LAPTOP),
  door: page('src/door.ts', LAPTOP),
  houses: page('src/surfaces/houses.ts', OLD),
  family: page('src/surfaces/family.ts', OLD),
  professional: page('src/surfaces/professional.ts', LAPTOP),
  tour: page('src/tour.ts', LAPTOP),
  chair: page('src/surfaces/chair.ts', LAPTOP),
  room: page('src/surfaces/room.ts', LAPTOP),
  back: page('src/back.ts', LAPTOP),
  record: page('src/record.ts', LAPTOP),
  sign_in: page('src/sign_in.ts', LAPTOP),
  confirm: page('src/confirm.ts', LAPTOP),
  office: page('src/office.ts', LAPTOP),
}

/** Those that an old tablet has to know how to read (`src/older.test.ts`). */
export const OLD_PAGES = Object.keys(PAGES).filter((name) => PAGES[name]!.build!.target === OLD)

function page(script: string, target: string | string[]): EnvironmentOptions {
  const manifest = script.replace(/.*\/(\w+)\.ts/, '.vite/$1.json')
  const rolldownOptions = { input: [script], optimization: { inlineConst: { mode: 'all' as const, pass: 3 } } }
  return { consumer: 'client', build: { target, manifest, rolldownOptions } }
}

const NEVER = /^export let (hydrating|\w+_mode_flag) = false;$/gm
const SETTING_IT = /^\t(hydrating|\w+_mode_flag) = .*;$/gm

/** What Svelte asks at run time and is always no here, where nothing is drawn by a server: half the questions fall away. */
function settled(): Plugin {
  return {
    name: 'settled',
    apply: 'build',
    transform: {
      filter: { id: /\/svelte\/src\/internal\/(flags|client\/dom\/hydration)\b/ },
      handler(code, id) {
        if (code.search(NEVER) < 0) this.error(`${id} would change what is settled here.`)
        return code.replace(NEVER, 'export const $1 = false;').replace(SETTING_IT, '')
      },
    },
  }
}

/** A second look at what the first has made small: two parts in a hundred less. It takes seconds, so short pages go without. */
function squeezed(): Plugin {
  const compress = { passes: 3, keep_fargs: false, hoist_funs: true, booleans: false, lhs_constants: false } // measured packed
  return {
    name: 'squeezed',
    apply: 'build',
    generateBundle: {
      order: 'post',
      async handler(_, bundle) {
        if (this.meta.watchMode) return
        const ecma = String(this.environment.config.build.target) === String(OLD) ? 2020 : 2022
        for (const one of Object.values(bundle)) {
          if (one.type !== 'chunk' || one.code.length < LONG) continue
          one.code = (await minify(one.code, { module: true, ecma, compress })).code!
        }
      },
    },
  }
}

/** Beside each file the same in fewer bytes, for browsers that take it so. */
function packed(): Plugin {
  const small = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }
  return {
    name: 'packed',
    apply: 'build',
    async writeBundle(_, bundle) {
      if (this.meta.watchMode) return
      for (const name of Object.keys(bundle).filter((one) => /\.(js|css)$/.test(one))) {
        const whole = await readFile(`${OUT}/${name}`)
        await writeFile(`${OUT}/${name}.br`, await promisify(brotliCompress)(whole, small))
        await writeFile(`${OUT}/${name}.gz`, await promisify(gzip)(whole, { level: constants.Z_BEST_COMPRESSION }))
      }
    },
  }
}

/** What another build has left behind goes last, so that a server that runs meanwhile finds its files. Words are not ours. */
async function sweep(built: ReadonlySet<string>): Promise<void> {
  for (const one of await readdir(OUT, { recursive: true, withFileTypes: true })) {
    const path = join(one.parentPath, one.name)
    if (path.startsWith(`${OUT}/words/`)) continue
    if (one.isFile() && !built.has(relative(OUT, path).replace(/\.(br|gz)$/, ''))) await rm(path)
  }
}

export default defineConfig({
  plugins: [svelte(), worded(), messages(), settled(), svelteTesting(), squeezed(), packed()],
  base: '/static/',
  publicDir: false,
  build: {
    outDir: OUT,
    emptyOutDir: false, // all pages are built into one folder, which is swept at the end
    assetsInlineLimit: 0, // the page's policy allows no data: addresses
    modulePreload: { polyfill: false },
  },
  environments: PAGES,
  builder: {
    async buildApp(builder) {
      const built = new Set<string>()
      const said: Record<string, string[]> = {}
      for (const name of Object.keys(PAGES)) {
        const made = await builder.build(builder.environments[name]!)
        if (!('output' in made)) continue
        for (const one of made.output) built.add(one.fileName)
        said[name] = await messagesIn(made.output)
      }
      await writeFile(`${OUT}/${MESSAGES}`, JSON.stringify(said, null, 1))
      if (!builder.config.build.watch) await sweep(built.add(MESSAGES))
    },
  },
  test: {
    environment: 'happy-dom',
    pool: 'vmThreads', // the browser's likeness is made once, and each file still begins anew
    include: ['src/**/*.test.ts'],
  },
})
