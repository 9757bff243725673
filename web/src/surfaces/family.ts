// The page of the family’s tablet.

import '../lib/older'
import { open } from '../main'
import Family from './Family.svelte'

open(Family)
