// Mounts the surface that the page names. Each person loads only theirs.

import './lib/older'
import { mount } from 'svelte'
import { firstFrames } from './lib/first'
import { Live } from './lib/live.svelte'
import { SURFACES } from './lib/surfaces'
import './style/base.css'

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
