// The chair’s and the note-taker’s page.

import { Vault } from '../lib/vault'
import { open } from '../main'
import Chair from './Chair.svelte'

open(Chair, Vault.open)
