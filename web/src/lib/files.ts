// A file that was asked for is handed over, once whoever asks has shown that it is them where the server wants that.

import { sureItIsYou } from './confirming'

const LONGEST_WAIT_MS = 120_000

export type Got = { file: Blob; name: string } | { no: number | 'confirm_first' }

/** Null where the server cannot be reached. */
export async function askFor(
  address: string,
  body: unknown,
  conference: string | null,
  request: typeof fetch = fetch,
  sure: typeof sureItIsYou = sureItIsYou,
): Promise<Got | null> {
  try {
    const answer = await request(address, {
      method: 'POST',
      credentials: 'same-origin',
      cache: 'no-store',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(LONGEST_WAIT_MS),
    })
    if (answer.ok) return { file: await answer.blob(), name: nameIn(answer.headers.get('Content-Disposition') ?? '') }
    const told = (await answer.json().catch(() => ({}))) as { code?: string }
    if (told.code !== 'confirm_first') return { no: answer.status }
    return (await sure(conference)) ? askFor(address, body, conference, request, sure) : { no: 'confirm_first' }
  } catch {
    return null
  }
}

function nameIn(disposition: string): string {
  return /filename="([\w.-]+)"/.exec(disposition)?.[1] ?? 'record'
}

/** As if the file had been linked: the browser asks where to keep it, or keeps it with the downloads. */
export function handOver(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), LONGEST_WAIT_MS)
}
