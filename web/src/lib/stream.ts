// The frames without a websocket: they come as the events of one long answer, or of many short ones, and go up with requests.

import type { Wire } from './socket'

const TOGETHER = 7 // frames in one request, which stays within what the server takes even if each is as large as can be

export class Stream implements Wire {
  readyState = 0
  onopen: ((event: Event) => void) | null = null
  onmessage: ((event: MessageEvent) => void) | null = null
  onclose: ((event: CloseEvent) => void) | null = null
  #line = ''
  #up: string[] = []
  #pushing = false
  #stop = new AbortController()

  constructor(
    private readonly address: string,
    query: string,
    private readonly short: boolean,
  ) {
    void this.#read(`?${query}${short ? '&short=true' : ''}`)
  }

  send(text: string): void {
    this.#up.push(text)
    if (!this.#pushing) void this.#push()
  }

  close(code = 1006): void {
    if (this.readyState === 3) return
    this.readyState = 3
    this.#stop.abort()
    this.onclose?.({ code } as CloseEvent)
  }

  async #push(): Promise<void> {
    this.#pushing = true
    while (this.#up.length && this.readyState === 1) {
      const answer = await this.#post(`/${this.#line}`, this.#up.splice(0, TOGETHER).join('\n')).catch(() => null)
      if (!answer?.ok) this.close()
    }
    this.#pushing = false
  }

  async #read(path: string): Promise<void> {
    try {
      do {
        const answer = await this.#post(path)
        if (!answer.ok) break
        const reader = answer.body!.getReader()
        const decoder = new TextDecoder()
        let text = ''
        for (let part = await reader.read(); !part.done; part = await reader.read()) {
          const events = (text + decoder.decode(part.value, { stream: true })).split('\n\n')
          text = events.pop()!
          events.forEach((event) => this.#take(event))
        }
        path = `/${this.#line}/next`
      } while (this.short && this.readyState === 1)
    } catch {
      // the line broke, or was hung up here
    }
    this.close()
  }

  #take(event: string): void {
    const [, kind, data = ''] = /^(?:event: (\w+)\n)?data: (.*)$/.exec(event) ?? []
    if (kind === 'line') {
      this.#line = data
      this.readyState = 1
      this.onopen?.({} as Event)
    } else if (kind) this.close(Number(data))
    else if (data) this.onmessage?.({ data } as MessageEvent)
  }

  #post(path: string, body?: string): Promise<Response> {
    return fetch(this.address + path, {
      method: 'POST',
      body: body ?? null,
      cache: 'no-store',
      signal: this.#stop.signal,
    })
  }
}
