// The page of the family’s tablet.

import '../lib/older'
import { open } from '../main'
import Lent from '../people/Lent.svelte'

open(Lent)
