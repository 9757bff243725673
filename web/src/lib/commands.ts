// Commands as they are written here: the id is given by the outbox.

import type { Command } from './protocol'

export type CommandType = Command['type']
export type CommandOf<T extends CommandType> = Extract<Command, { type: T }>
export type Fields<T extends CommandType> = Omit<CommandOf<T>, 'id' | 'type'>
