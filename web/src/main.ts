// Mounts a surface on the page. Each surface has a script of its own, so that each person loads only theirs.

import { mount, type Component } from 'svelte'
import { firstFrames } from './lib/first'
import { Live } from './lib/live.svelte'
import { hearOf } from './lib/seen.svelte'
import './style/base.css'

export function open(Surface: Component<{ live: Live }>): void {
  const { surface, conference, person = '', build = '' } = document.body.dataset
  const place = document.getElementById('board')!
  const show = (live: Live) => {
    place.textContent = ''
    mount(Surface, { target: place, props: { live } })
  }
  if (!surface || !conference) return hearOf(show) // a page in the chair's page, which shows what another screen shows

  const live = new Live({ surface, conference, person, build })
  live.begin(firstFrames())
  live.start()
  show(live)
}
