// Which words of a statement were changed, so that everybody can see it: the words taken out and the words put in.

export interface Piece {
  kind: 'same' | 'out' | 'in'
  text: string
}

/** Word by word, the longest common run kept. What was written anew is one piece: mixed with the old words nobody can read it. */
export function changedWords(was: string, is: string): Piece[] {
  const before = words(was)
  const after = words(is)
  const lengths = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0))
  for (let i = before.length - 1; i >= 0; i -= 1)
    for (let j = after.length - 1; j >= 0; j -= 1)
      lengths[i]![j] = alike(before[i], after[j])
        ? lengths[i + 1]![j + 1]! + 1
        : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!)

  const kept = lengths[0]![0]!
  const isAnew = kept < before.length && kept < after.length && kept * 2 < Math.max(before.length, after.length)
  if (isAnew) return [{ kind: 'in', text: is }]

  const pieces: Piece[] = []
  const add = (kind: Piece['kind'], text: string) => {
    const last = pieces[pieces.length - 1]
    if (last?.kind === kind) last.text += text
    else pieces.push({ kind, text })
  }
  let i = 0
  let j = 0
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && alike(before[i], after[j])) {
      add('same', after[j]!)
      i += 1
      j += 1
    } else if (i < before.length && (j === after.length || lengths[i + 1]![j]! >= lengths[i]![j + 1]!)) {
      add('out', before[i]!)
      i += 1
    } else {
      add('in', after[j]!)
      j += 1
    }
  }
  return pieces
}

const alike = (a: string | undefined, b: string | undefined) => a?.trim() === b?.trim()
const words = (text: string) => text.match(/\S+\s*/g) ?? []
