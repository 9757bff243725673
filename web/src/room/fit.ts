// How the room screen finds the largest type at which everything is on the wall, and what folds when even the
// smallest does not do. Sizes are those of a 1920 x 1080 screen; the page scales them with the screen.

export const CARD_STEPS = [34, 30, 27, 25, 24]
export const STATEMENT_STEPS = [52, 46, 40, 36, 32, 28, 25, 24]

/** The three columns as the design draws them. They move only when the words need it. */
export const USUAL_SHARES = [1.18, 1, 0.92]

/** No column is squeezed below this part of the sheet: a narrow column of large type is unreadable. */
const LEAST_SHARE = 0.18

export interface Page {
  /** Sets this type and these column widths; answers how tall each column would like to be, and how tall it may be. */
  lay(step: number, shares: readonly number[]): { need: number[]; room: number }
}

export interface Fit {
  step: number
  shares: readonly number[]
}

/** The largest type at which every column is whole, or null: then the board folds. */
export function largestThatFits(
  page: Page,
  steps: readonly number[],
  usual: readonly number[] = USUAL_SHARES,
): Fit | null {
  for (const step of steps) {
    let shares = usual
    for (let attempt = 0; attempt < 12; attempt += 1) {
      const { need, room } = page.lay(step, shares)
      if (need.every((height) => height <= room)) return { step, shares }
      const areas = need.map((height, i) => height * (shares[i] ?? 1))
      if (total(areas) > total(shares) * room * 1.05) break // more words than paper: no width can help
      shares = attempt < 3 ? sharesFor(areas) : nudged(shares, need)
    }
  }
  return null
}

/** Column widths that follow the words: each column's part of the sheet is its part of the ink. */
export function sharesFor(areas: readonly number[]): number[] {
  const all = total(areas)
  if (!(all > 0)) return areas.map(() => 1)
  const least = Math.min(LEAST_SHARE, 1 / areas.length)
  const wished = areas.map((area) => area / all)
  const floor = wished.filter((share) => share < least).length * least
  const rest = total(wished.filter((share) => share >= least))
  return wished.map((share) => (share < least ? least : (share / rest) * (1 - floor)))
}

/** A little width from the column with most room to spare for the one that lacks most: words wrap in whole lines. */
function nudged(shares: readonly number[], need: readonly number[]): number[] {
  const lacking = need.indexOf(Math.max(...need))
  const sparing = need.indexOf(Math.min(...need))
  const little = total(shares) * 0.01
  if ((shares[sparing] ?? 0) - little < LEAST_SHARE * total(shares)) return [...shares]
  return shares.map((share, i) => share + (i === lacking ? little : i === sparing ? -little : 0))
}

/** Which cards give way first when a column cannot show all: the furthest from the lit one. The lit one never. */
export function givingWay(count: number, lit: number): number[] {
  const centre = lit < 0 ? 0 : lit
  return Array.from({ length: count }, (_, i) => i)
    .filter((i) => i !== lit)
    .sort((a, b) => Math.abs(b - centre) - Math.abs(a - centre) || b - a)
}

export type Place = 'wide' | 'some' | 'headings'

/** Which column takes the room when not everything fits. Worries never stand alone: working well stays readable. */
export function folded(columns: readonly string[], wide: string): Place[] {
  const beside = wide === 'strength' ? 'worry' : 'strength'
  return columns.map((column) => (column === wide ? 'wide' : column === beside ? 'some' : 'headings'))
}

export const FOLDED_SHARE: Record<Place, number> = { wide: 1230, some: 440, headings: 216 }

const total = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + n, 0)
