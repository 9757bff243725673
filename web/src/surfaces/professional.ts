// The page of somebody who came for work.

import { Vault } from '../lib/vault'
import { open } from '../main'
import Professional from './Professional.svelte'

open(Professional, Vault.open)
