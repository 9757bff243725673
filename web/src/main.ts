// Mounts the surface that the page names. Each person loads only theirs.

import './lib/older'
import { mount, type Component } from 'svelte'
import { firstFrames } from './lib/first'
import { Live } from './lib/live.svelte'
import './style/base.css'

type Surface = Component<{ live: Live }>

const SURFACES: Record<string, () => Promise<{ default: Surface }>> = {
  chair: () => import('./surfaces/Chair.svelte'),
  professional: () => import('./surfaces/Professional.svelte'),
  family: () => import('./surfaces/Family.svelte'),
  room: () => import('./surfaces/RoomScreen.svelte'),
}

const { surface = '', conference = '', person = '', build = '' } = document.body.dataset
const place = document.getElementById('board')
const loading = SURFACES[surface]?.() // before anything else: it is what the first picture waits for

if (place && loading) {
  const live = new Live({ surface, conference, person, build })
  live.begin(firstFrames())
  live.start()
  loading.then(({ default: Surface }) => {
    place.textContent = ''
    mount(Surface, { target: place, props: { live } })
  }, console.error)
}
