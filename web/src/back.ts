// The chair's page for looking back at a meeting.
import { mount } from 'svelte'
import Back from './back/Back.svelte'
import './style/base.css'

const { conference = '', person = '' } = document.body.dataset
const place = document.getElementById('back')!
place.textContent = ''
mount(Back, { target: place, props: { conference, chair: person } })
