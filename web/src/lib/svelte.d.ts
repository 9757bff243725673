declare module 'svelte/internal/client' {
  export function from_html(content: string, flags?: number): () => Node
  export function text(content: string): Text
}
