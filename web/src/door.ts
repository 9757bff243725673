// The chair’s page of the door.

import { mount } from 'svelte'
import Door from './door/Door.svelte'
import { AtTheDoor } from './door/door.svelte'
import { learn } from './lib/tongue'
import './door/door.css'
import './practising.css'

const place = document.getElementById('door')
if (place) {
  const door = new AtTheDoor(document.body.dataset['conference'] ?? '')
  void learn().then(() => {
    door.start()
    place.textContent = ''
    mount(Door, { target: place, props: { door } })
  })
}
