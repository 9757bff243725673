// The page of the family’s tablet.

import '../lib/older'
import { open } from '../main'
import LentFamily from '../people/LentFamily.svelte'

open(LentFamily)
