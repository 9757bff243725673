// The chair’s and the note-taker’s page.

import { open } from '../main'
import Chair from './Chair.svelte'

open(Chair)
