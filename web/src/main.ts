// Mounts a surface on the page. Each surface has a script of its own, so that each person loads only theirs.

import { mount, unmount, type Component } from 'svelte'
import { showAnewWith } from './lib/changing'
import { firstFrames } from './lib/first'
import { Live } from './lib/live.svelte'
import { keepTheKeys } from './lib/not_lost'
import { hearOf } from './lib/seen.svelte'
import { learn } from './lib/tongue'
import type { Vault } from './lib/vault'
import './style/base.css'

type Opening = (conference: string, key: string) => Promise<Vault | null>

/** Only a laptop is given a place to keep things; on the tablet and the room's screen nothing is ever stored. */
export function open(Surface: Component<{ live: Live }>, onDevice?: Opening): void {
  const { surface, conference, person = '', build = '', key } = document.body.dataset
  delete document.body.dataset.key
  const place = document.getElementById('board')!
  const show = (live: Live) => {
    place.textContent = ''
    let shown = mount(Surface, { target: place, props: { live } })
    showAnewWith(() => {
      void unmount(shown)
      live.board.received = { ...live.board.received } // the area's words are read anew
      shown = mount(Surface, { target: place, props: { live } })
    })
  }
  keepTheKeys()
  if (!surface || !conference) return void learn().then(() => hearOf(show)) // a page in the chair's page, which shows what another screen shows

  const live = new Live({ surface, conference, person, build })
  live.begin(firstFrames())
  void (async () => {
    const words = learn()
    await live.restore(key && onDevice ? await onDevice(conference, key) : null)
    await words
    live.start()
    show(live)
  })()
}
