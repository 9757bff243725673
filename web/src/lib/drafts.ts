// What somebody began to write stays here until it is sent: over Esc and a change of stage. On a laptop it is also kept on the
// device, sealed, over a reload and a crash (`vault.ts`); on the family's tablet never, because others use it after them.

let drafts: Record<string, string> = {}
let changed = () => {}

/** What was kept before this page, and whom to tell of every change. */
export function keepDraftsWith(kept: Record<string, string>, tell: () => void): void {
  drafts = { ...kept }
  changed = tell
}

export function allDrafts(): Readonly<Record<string, string>> {
  return drafts
}

export function readDraft<T>(name: string, empty: T): T {
  const kept = drafts[name]
  return kept === undefined ? empty : (JSON.parse(kept) as T)
}

export function keepDraft(name: string, value: unknown): void {
  const words = JSON.stringify(value)
  if (drafts[name] === words) return
  drafts[name] = words
  changed()
}

export function dropDraft(name: string): void {
  if (!(name in drafts)) return
  delete drafts[name]
  changed()
}
