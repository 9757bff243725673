// What somebody began to write stays in this browser until it is sent: over Esc, a change of stage, and a reload.
// On the family's tablet nothing is stored: others use that device after them.

let prefix = ''
let store: Storage | null = null

export function keepDraftsFor(conference: string, person: string, onDevice = true): void {
  prefix = `kinboard:${conference}:${person}:`
  try {
    store = onDevice ? sessionStorage : null
  } catch {
    store = null // storage is forbidden here
  }
}

export function readDraft<T>(name: string, empty: T): T {
  try {
    const kept = store?.getItem(prefix + name) ?? null
    return kept === null ? empty : (JSON.parse(kept) as T)
  } catch {
    return empty
  }
}

export function keepDraft(name: string, value: unknown): void {
  try {
    store?.setItem(prefix + name, JSON.stringify(value))
  } catch {
    // Storage is full or forbidden: the words are still in the field.
  }
}

export function dropDraft(name: string): void {
  try {
    store?.removeItem(prefix + name)
  } catch {
    // nothing was kept
  }
}

export const outboxDraft = {
  read: (): string | null => {
    try {
      return store?.getItem(`${prefix}outbox`) ?? null
    } catch {
      return null
    }
  },
  keep: (text: string | null): void => {
    try {
      if (text === null) store?.removeItem(`${prefix}outbox`)
      else store?.setItem(`${prefix}outbox`, text)
    } catch {
      // then it is kept in memory only
    }
  },
}
