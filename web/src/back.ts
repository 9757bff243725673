// The chair's page for looking back at a meeting.
import { mount } from 'svelte'
import Back from './back/Back.svelte'
import { learn } from './lib/tongue'
import './style/base.css'
import './practising.css'

const { conference = '', person = '' } = document.body.dataset
const place = document.getElementById('back')!
void learn().then(() => {
  place.textContent = ''
  mount(Back, { target: place, props: { conference, chair: person } })
})
