// The page of a child's own view: of whoever brings it, of the chair who looks at it, and of everybody who may read it.

import '../lib/older'
import LentHouses from '../houses/LentHouses.svelte'
import { open } from '../main'

open(LentHouses)
