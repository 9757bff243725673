// The page of somebody who came for work.

import { open } from '../main'
import Professional from './Professional.svelte'

open(Professional)
