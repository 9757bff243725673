interface Message {
  id: string
  plural?: string
  context?: string
  file: string
}

export function messagesOf(code: string, file: string): { messages: Map<string, Message>; left: string[] }
export function isSource(file: string): boolean
export function all(): { messages: Map<string, Message>; left: string[] }[]
