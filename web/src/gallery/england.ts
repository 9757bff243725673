// What the server sends of England's area for a first conference. A test holds the file to it.

import type { AreaSeen } from '../lib/protocol'
import england from './england.json'

export const ENGLAND = england as AreaSeen
