// A build of its own, in a folder of its own: nothing of the gallery is in what is served or packed.

import { svelte } from '@sveltejs/vite-plugin-svelte'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { messages, worded } from '../../wording.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: at('.'),
  base: '/',
  publicDir: false,
  plugins: [svelte({ configFile: at('../../svelte.config.js') }), worded(), messages()],
  server: { fs: { allow: [at('../../..')] } },
  build: {
    outDir: at('../../../build/gallery'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0, // the product's policy allows no data: addresses
    modulePreload: { polyfill: false },
  },
})
