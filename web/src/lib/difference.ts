// What changed between two wordings, word by word, so that everybody can see it.

export interface Piece {
  text: string
  is: 'same' | 'new' | 'gone'
}

export function difference(before: string, after: string): Piece[] {
  const a = words(before)
  const b = words(after)
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  const gone = a.slice(start, a.length - end)
  const fresh = b.slice(start, b.length - end)
  return (
    [
      { text: b.slice(0, start).join(''), is: 'same' },
      { text: gone.join(''), is: 'gone' },
      { text: fresh.join(''), is: 'new' },
      { text: end ? b.slice(-end).join('') : '', is: 'same' },
    ] as Piece[]
  ).filter((piece) => piece.text !== '')
}

function words(text: string): string[] {
  return text.match(/\s*\S+|\s+$/g) ?? []
}
