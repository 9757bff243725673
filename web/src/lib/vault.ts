// What a person typed and did, kept on a laptop over a reload and a crash: sealed with a key that is never stored here. The
// page brings it for as long as its seat is valid, so what is found on the device alone cannot be read. Each tab keeps its
// own; what a tab that is gone has left is taken up by the next one.

import { newId } from './ids'

export interface Left {
  outbox: { id: string }[]
  drafts: Record<string, string>
}

interface Sealed {
  tab: string
  conference: string
  at: number
  iv: Uint8Array<ArrayBuffer>
  sealed: ArrayBuffer
}

const NAME = 'kinboard'
const OLD = 14 * 24 * 3600_000
const MOST_LETTERS = 2_000_000
const LAST = `${NAME}:last`
const PAD = 64 * 1024

export class Vault {
  #tab = newId()
  #make: (() => Left) | null = null
  #latest: (() => Left) | null = null
  #padIv = fresh()
  #pad = new Uint8Array()
  #writing: Promise<void> | null = null
  #closed = false

  private constructor(
    private readonly rows: IDBDatabase,
    private readonly key: CryptoKey,
    private readonly conference: string,
  ) {}

  /** Null where a browser has none of what it takes: then everything stays in memory. */
  static readonly open = async (conference: string, key: string): Promise<Vault | null> => {
    try {
      const opening = indexedDB.open(NAME, 1)
      opening.onupgradeneeded = () => opening.result.createObjectStore(NAME, { keyPath: 'tab' })
      const bytes = Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0))
      const sealing = await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt'])
      const vault = new Vault(await asked(opening), sealing, conference)
      vault.#pad = await vault.#padOf(vault.#padIv)
      addEventListener('pagehide', () => vault.#leave())
      await new Promise<void>((held) => {
        void navigator.locks.request(lockOf(vault.#tab), () => (held(), new Promise(() => {})))
      })
      return vault
    } catch {
      return null
    }
  }

  /** Takes up what tabs that are gone have left, and later what those leave that are still open. */
  async takeUp(take: (left: Left) => void): Promise<void> {
    await this.#takeLast(take)
    for (const row of await asked<Sealed[]>(this.#store('readonly').getAll())) {
      if (row.tab === this.#tab) continue
      if (row.conference !== this.conference) {
        if (Date.now() - row.at > OLD) this.#store().delete(row.tab)
        continue
      }
      const here = async (lock: Lock | null) => {
        if (lock && !this.#closed) await this.#takeOver(row.tab, take)
        return lock !== null
      }
      if (!(await navigator.locks.request(lockOf(row.tab), { ifAvailable: true }, here)))
        void navigator.locks.request(lockOf(row.tab), here)
    }
  }

  async #takeOver(tab: string, take: (left: Left) => void): Promise<void> {
    const row = await asked<Sealed | undefined>(this.#store('readonly').get(tab))
    if (!row) return
    try {
      const open = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: row.iv }, this.key, row.sealed)
      take(JSON.parse(new TextDecoder().decode(open)) as Left)
      await this.flushed()
    } catch {
      // another key sealed it, which will never come back
    }
    await asked(this.#store().delete(tab))
  }

  /** Made when it is written, so that a burst of changes is written once. */
  keep(make: () => Left): void {
    this.#make = this.#latest = make
    this.#writing ??= this.#write()
  }

  async flushed(): Promise<void> {
    await this.#writing
  }

  /** Nobody sits here any more. */
  async wipe(): Promise<void> {
    this.#closed = true
    await this.flushed()
    for (const row of await asked<Sealed[]>(this.#store('readonly').getAll()))
      if (row.conference === this.conference) this.#store().delete(row.tab)
  }

  async #write(): Promise<void> {
    while (this.#make && !this.#closed) {
      const left = this.#make()
      this.#make = null
      try {
        await this.#put(left)
      } catch {
        // the device is full or forbids it: the words are still in the page
      }
    }
    this.#writing = null
  }

  async #put(left: Left): Promise<void> {
    if (!left.outbox.length && !Object.keys(left.drafts).length) return asked(this.#store().delete(this.#tab))
    const text = JSON.stringify(left)
    if (text.length > MOST_LETTERS) return
    const iv = fresh()
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, this.key, new TextEncoder().encode(text))
    await asked(this.#store().put({ tab: this.#tab, conference: this.conference, at: Date.now(), iv, sealed }))
  }

  /** The letters that the cipher lays over words, drawn beforehand: a page that is left has no time to wait for it. */
  async #padOf(iv: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, this.key, new Uint8Array(PAD)))
  }

  /** What was typed in the last moment, before it could be written. */
  #leave(): void {
    const pad = this.#pad
    if (!this.#writing || !this.#latest || this.#closed) return
    const words = new TextEncoder().encode(JSON.stringify(this.#latest()))
    if (words.length > PAD) return
    this.#pad = new Uint8Array() // never laid over other words
    const sealed = words.map((byte, at) => byte ^ pad[at]!)
    try {
      if (pad.length) sessionStorage.setItem(LAST, JSON.stringify([this.conference, [...this.#padIv], [...sealed]]))
    } catch {
      // storage is forbidden here
    }
  }

  async #takeLast(take: (left: Left) => void): Promise<void> {
    try {
      const [conference, iv, sealed] = JSON.parse(sessionStorage.getItem(LAST) ?? '') as [string, number[], number[]]
      sessionStorage.removeItem(LAST)
      const pad = await this.#padOf(new Uint8Array(iv))
      const words = new Uint8Array(sealed.map((byte, at) => byte ^ pad[at]!))
      if (conference === this.conference) take(JSON.parse(new TextDecoder().decode(words)) as Left)
    } catch {
      // nothing was left, or another key sealed it
    }
  }

  #store(mode: IDBTransactionMode = 'readwrite'): IDBObjectStore {
    return this.rows.transaction(NAME, mode).objectStore(NAME)
  }
}

function fresh(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(12))
}

function lockOf(tab: string): string {
  return `${NAME}:${tab}`
}

function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error!)
  })
}
