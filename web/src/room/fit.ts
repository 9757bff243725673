// How the room screen finds the largest type at which everything is on the wall, and what folds when even the
// smallest does not do. Sizes are those of a 1920 x 1080 screen; the page scales them with the screen.

export const CARD_STEPS = [34, 30, 27, 25, 24]
export const STATEMENT_STEPS = [52, 46, 40, 36, 32, 28, 25, 24]

/** The three columns as the design draws them. They move only when the words need it. */
export const USUAL_SHARES = [1.18, 1, 0.92]

/** No column is squeezed below this part of the sheet: a narrow column of large type is unreadable. */
const LEAST_SHARE = 0.18
const SHARE_STEP = 0.01
/** With this many times more words than paper, no column widths can help. */
const TOO_FULL = 1.15

/** The types that are worth a look, by how much of the paper the words take at the smallest: twice as large, four times. */
export function worthTrying(steps: readonly number[], full: number): number[] {
  const smallest = steps[steps.length - 1] ?? 1
  return steps.filter((step) => full * (step / smallest) ** 2 <= TOO_FULL)
}

export interface Page {
  /** Sets this type and these column widths; answers how tall each column would like to be, and how tall it may be. */
  lay(step: number, shares: readonly number[]): { need: number[]; room: number }
  /** How tall each column would like to be in this part of the sheet, whatever the others have. */
  tall(step: number, shares: readonly number[]): number[]
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
  return largest(steps, (step) => {
    const first = page.lay(step, usual)
    if (isWhole(first)) return { step, shares: usual }
    const inked = first.need.reduce((sum, height, i) => sum + height * (usual[i] ?? 1), 0)
    if (inked > total(usual) * first.room * TOO_FULL) return null
    const least = narrowest(page, step, first.room, LEAST_SHARE, 1 - (usual.length - 1) * LEAST_SHARE, usual.length)
    if (total(least) > 1 + 1e-9) return null
    const shares = spread(least)
    return isWhole(page.lay(step, shares)) ? { step, shares } : null
  })
}

/**
 * What the largest step gives that gives anything. Every look is a layout of the whole sheet, which the room waits for: so
 * the steps are halved, not walked. What fits at one size fits at every smaller one.
 */
export function largest<T>(steps: readonly number[], at: (step: number) => T | null): T | null {
  let found: T | null = null
  let [from, to] = [0, steps.length]
  while (from < to) {
    const middle = (from + to) >> 1
    const here = at(steps[middle]!)
    if (here === null) from = middle + 1
    else [found, to] = [here, middle]
  }
  return found
}

/**
 * The narrowest part of the sheet in which each column is whole; Infinity where not even the widest does. Words wrap in
 * whole lines, so this is looked for, not computed: for all columns in the same layouts.
 */
function narrowest(page: Pick<Page, 'tall'>, step: number, room: number, low: number, high: number, columns: number) {
  const last = Math.floor((high - low) / SHARE_STEP + 1e-9)
  const share = (at: number) => low + Math.min(at, last) * SHARE_STEP
  const from = new Array<number>(columns).fill(0)
  const to = new Array<number>(columns).fill(last + 1)
  while (from.some((one, i) => one < to[i]!)) {
    const middle = from.map((one, i) => (one + to[i]!) >> 1)
    const need = page.tall(step, middle.map(share))
    middle.forEach((at, i) => {
      if (from[i]! >= to[i]!) return
      if (need[i]! <= room) to[i] = at
      else from[i] = at + 1
    })
  }
  return to.map((at) => (at > last ? Infinity : share(at)))
}

export interface RunsPage {
  room: number
  tall(step: number, shares: readonly number[]): number[]
  /** Whether everything is whole with these column widths, the wide column in two runs. */
  whole(step: number, shares: readonly number[]): boolean
}

const LEAST_WIDE = 0.4
/** Beside two runs a column may be narrower: it has little to say. */
const LEAST_BESIDE = 0.16

/** With one column in two runs, side by side: long lists of short lines need less paper so. Before anything folds. */
export function largestInTwoRuns(page: RunsPage, steps: readonly number[], wide: number): Fit | null {
  const most = 1 - LEAST_WIDE - LEAST_BESIDE
  return largest(steps, (step) => {
    const least = narrowest(page, step, page.room, LEAST_BESIDE, most, USUAL_SHARES.length)
    const others = least.map((one, i) => (i === wide ? 0 : one))
    const shares = (share: number) => others.map((one, i) => (i === wide ? share : (one / total(others)) * (1 - share)))
    const share = leastShare(LEAST_WIDE, 1 - total(others), (one) => page.whole(step, shares(one)))
    if (share === null) return null
    const between = shares((share + 1 - total(others)) / 2) // so that neither the runs nor the others are squeezed
    return { step, shares: page.whole(step, between) ? between : shares(share) }
  })
}

/** The least part of the sheet between these two that does. */
export function leastShare(low: number, high: number, does: (share: number) => boolean): number | null {
  if (high < low - 1e-9 || !does(high)) return null
  let [from, to] = [0, Math.ceil((high - low) / SHARE_STEP - 1e-9)]
  while (from < to) {
    const middle = (from + to) >> 1
    if (does(low + middle * SHARE_STEP)) to = middle
    else from = middle + 1
  }
  return Math.min(high, low + to * SHARE_STEP)
}

const spread = (least: readonly number[]) => least.map((share) => share / total(least))
const isWhole = ({ need, room }: { need: number[]; room: number }) => need.every((height) => height <= room)

/**
 * Which cards give way first when not all can be shown: the furthest from the lit one, and the lit one never. With no lamp,
 * those that have most cards behind them in their list: what was just said stands last, so the last of each list stays.
 * One of every list goes only after all others, so that no heading goes with it.
 */
export function givingWay(behind: readonly number[], lit: number): number[] {
  const all = behind.map((_, i) => i)
  if (lit < 0) return all.sort((a, b) => (behind[b] ?? 0) - (behind[a] ?? 0) || a - b)
  const furthestFirst = all.filter((i) => i !== lit).sort((a, b) => Math.abs(b - lit) - Math.abs(a - lit) || b - a)
  const list = (at: number) => at + (behind[at] ?? 0) // where its list ends
  const staying = new Map(furthestFirst.map((i) => [list(i), i])) // the nearest of each list
  staying.delete(list(lit))
  const stays = (at: number) => staying.get(list(at)) === at
  return [...furthestFirst.filter((i) => !stays(i)), ...furthestFirst.filter(stays)]
}

export type Place = 'wide' | 'some' | 'headings'

/** What a column needs to be worth reading where it shows only some of its cards; and where it has next to nothing. */
const LEAST_KEPT = 0.2
const LEAST_EMPTY = 0.16
const NEXT_TO_NOTHING = 0.08
/** What the lit column takes at most. Worries never stand alone: working well stays readable. */
export const MOST_WIDE = 0.65
/** And what is enough for headings and their numbers. */
const HEADINGS = 0.115
/** A single run wider than this has lines that are too long to read. */
const LONGEST_RUN = 0.5

export interface Fold {
  places: Place[]
  shares: number[]
}

/**
 * What each column takes of the sheet when not everything fits. Nothing lit: as much as it has words. Otherwise the lit
 * column takes the room, in two runs. Where that leaves too little for two others, the one beside it keeps what fits, and
 * the third folds to its headings. `words` is how much ink each column needs; `whole` the least part of the sheet in which
 * the lit column is whole; `well` which column is working well.
 */
export function fold(words: readonly number[], lit: number, whole: number | null, well: number): Fold {
  const wide = lit < 0 ? 0 : (whole ?? MOST_WIDE)
  if (1 - wide < 2 * LEAST_KEPT) return oneBeside(words, lit, wide, well)
  const beside = byWords(
    words.filter((_, i) => i !== lit),
    1 - wide,
  )
  const shares = words.map((_, i) => (i === lit ? wide : beside.shift()!))
  return { places: shares.map((share, i) => (i === lit || share > LONGEST_RUN ? 'wide' : 'some')), shares }
}

/** Working well stands beside whatever is lit; beside itself, worries do. */
function oneBeside(words: readonly number[], lit: number, wide: number, well: number): Fold {
  const beside = lit === well ? words.findIndex((_, i) => i !== well) : well
  const place = (i: number): Place => (i === lit ? 'wide' : i === beside ? 'some' : 'headings')
  const share = { wide, some: 1 - wide - HEADINGS, headings: HEADINGS }
  const places = words.map((_, i) => place(i))
  return { places, shares: places.map((one) => share[one]) }
}

/** Shares this part of the sheet out: each column what it has words, but never less than can be read. */
function byWords(words: readonly number[], sheet: number): number[] {
  const even = sheet / words.length
  const least = words.map((one) => Math.min(even, one < NEXT_TO_NOTHING * total(words) ? LEAST_EMPTY : LEAST_KEPT))
  const short = new Set<number>()
  for (;;) {
    const theirs = total(words.filter((_, i) => !short.has(i)))
    const left = sheet - total(least.filter((_, i) => short.has(i)))
    const shares = words.map((one, i) => (short.has(i) ? least[i]! : (one / theirs) * left))
    const next = shares.findIndex((share, i) => share < least[i]! - 1e-9)
    if (next < 0) return shares
    short.add(next)
  }
}

const total = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + n, 0)
