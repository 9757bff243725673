// The page of the room’s screen.

import { open } from '../main'
import RoomScreen from './RoomScreen.svelte'

open(RoomScreen)
