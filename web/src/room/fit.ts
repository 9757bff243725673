// How the room screen finds the largest type at which everything is on the wall, and what folds when even the
// smallest does not do. Sizes are those of a 1920 x 1080 screen; the page scales them with the screen.

export const CARD_STEPS = [34, 30, 27, 25, 24]
export const STATEMENT_STEPS = [52, 46, 40, 36, 32, 28, 25, 24]

/** The three columns as the design draws them. They move only when the words need it. */
export const USUAL_SHARES = [1.18, 1, 0.92]

/** No column is squeezed below this part of the sheet: a narrow column of large type is unreadable. */
const LEAST_SHARE = 0.18
const SHARE_STEP = 0.01

export interface Page {
  /** Sets this type and these column widths; answers how tall each column would like to be, and how tall it may be. */
  lay(step: number, shares: readonly number[]): { need: number[]; room: number }
  /** How tall each column would like to be if it alone had this part of the sheet. */
  tall(step: number, share: number): number[]
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
    const first = page.lay(step, usual)
    if (isWhole(first)) return { step, shares: usual }
    const inked = first.need.reduce((sum, height, i) => sum + height * (usual[i] ?? 1), 0)
    if (inked > total(usual) * first.room * 1.3) continue // far more words than paper: no widths can help
    const shares = leastShares(page, step, first.room, usual.length)
    if (shares && isWhole(page.lay(step, shares))) return { step, shares }
  }
  return null
}

/**
 * Column widths that follow the words: each column the narrowest at which it is whole, and what is left over shared out.
 * Words wrap in whole lines, so this is looked for, not computed. Null: together they need more than the sheet.
 */
function leastShares(page: Page, step: number, room: number, columns: number): number[] | null {
  const least = new Array<number>(columns).fill(0)
  for (let share = LEAST_SHARE; share <= 1; share += SHARE_STEP) {
    const need = page.tall(step, share)
    for (let i = 0; i < columns; i += 1) if (!least[i] && (need[i] ?? 0) <= room) least[i] = share
    const waiting = least.filter((one) => !one).length
    if (total(least) + waiting * (share + SHARE_STEP) > 1 + 1e-9)
      return waiting || total(least) > 1 + 1e-9 ? null : spread(least)
    if (!waiting) return spread(least)
  }
  return null
}

export interface RunsPage {
  room: number
  tall(step: number, share: number): number[]
  /** Whether everything is whole with these column widths, the wide column in two runs. */
  whole(step: number, shares: readonly number[]): boolean
}

/** With one column in two runs, side by side: long lists of short lines need less paper so. Before anything folds. */
export function largestInTwoRuns(page: RunsPage, steps: readonly number[], wide: number): Fit | null {
  const smallest = steps[steps.length - 1]
  if (smallest === undefined) return null
  const last = inTwoRuns(page, smallest, wide)
  if (!last) return null // nor at any larger type
  for (const step of steps.slice(0, -1)) {
    const fit = inTwoRuns(page, step, wide)
    if (fit) return fit
  }
  return last
}

const LEAST_WIDE = 0.4
/** Beside two runs a column may be narrower: it has little to say. */
const LEAST_BESIDE = 0.15

function inTwoRuns(page: RunsPage, step: number, wide: number): Fit | null {
  const least: number[] = []
  for (let share = LEAST_BESIDE; share <= 1 - LEAST_WIDE - LEAST_BESIDE; share += SHARE_STEP) {
    const need = page.tall(step, share)
    need.forEach((height, i) => {
      if (i !== wide && least[i] === undefined && height <= page.room) least[i] = share
    })
    if (need.every((_, i) => i === wide || least[i] !== undefined)) break
  }
  const others = USUAL_SHARES.map((_, i) => (i === wide ? 0 : (least[i] ?? 1)))
  for (let share = LEAST_WIDE; share + total(others) <= 1 + 1e-9; share += SHARE_STEP) {
    const shares = others.map((one, i) => (i === wide ? share : (one / total(others)) * (1 - share)))
    if (page.whole(step, shares)) return { step, shares }
  }
  return null
}

const spread = (least: readonly number[]) => least.map((share) => share / total(least))
const isWhole = ({ need, room }: { need: number[]; room: number }) => need.every((height) => height <= room)

/**
 * Which cards give way first when not all can be shown: the furthest from the lit one, and the lit one never. With no lamp,
 * those that have most cards behind them in their list: what was just said stands last, so the last of each list stays.
 */
export function givingWay(behind: readonly number[], lit: number): number[] {
  const all = behind.map((_, i) => i)
  if (lit < 0) return all.sort((a, b) => (behind[b] ?? 0) - (behind[a] ?? 0) || a - b)
  return all.filter((i) => i !== lit).sort((a, b) => Math.abs(b - lit) - Math.abs(a - lit) || b - a)
}

export type Place = 'wide' | 'some' | 'headings'

/** Which column takes the room when not everything fits. Worries never stand alone: working well stays readable. */
export function folded(columns: readonly string[], wide: string): Place[] {
  const beside = wide === 'strength' ? 'worry' : 'strength'
  return columns.map((column) => (column === wide ? 'wide' : column === beside ? 'some' : 'headings'))
}

export const FOLDED_SHARE: Record<Place, number> = { wide: 1230, some: 440, headings: 216 }

const total = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + n, 0)
