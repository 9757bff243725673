// What a page at the door sends, and what it is told: a status of 0 means that nobody could be reached.

const LONGEST_WAIT_MS = 15_000

export interface Told {
  status: number
  body: Record<string, unknown>
}

export async function send(address: string, body: unknown, request: typeof fetch = fetch): Promise<Told> {
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), LONGEST_WAIT_MS)
  try {
    const answer = await request(address, {
      method: body === undefined ? 'GET' : 'POST',
      credentials: 'same-origin',
      cache: 'no-store',
      headers: { 'Content-Type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
      signal: patience.signal,
    })
    return { status: answer.status, body: (await answer.json().catch(() => ({}))) as Told['body'] }
  } catch {
    return { status: 0, body: {} }
  } finally {
    clearTimeout(timer)
  }
}
