import { describe, expect, it } from 'vitest'
import {
  CARD_STEPS,
  fold,
  givingWay,
  largest,
  largestInTwoRuns,
  largestThatFits,
  leastShare,
  USUAL_SHARES,
  worthTrying,
  type Page,
} from './fit'

/** A page of words: each column is an amount of ink, in letters, and type of size s needs about s * s / 2 for each. */
function paper(letters: number[], width = 1872, room = 850): Page & { laid: number } {
  const heights = (step: number, widths: number[]) => letters.map((n, i) => (n * step * step * 0.62) / (widths[i] ?? 1))
  return {
    laid: 0,
    lay(step, shares) {
      this.laid += 1
      const all = shares.reduce((a, b) => a + b, 0)
      return {
        need: heights(
          step,
          shares.map((share) => (share / all) * width),
        ),
        room,
      }
    },
    tall(step, shares) {
      this.laid += 1
      return heights(
        step,
        shares.map((share) => share * width),
      )
    },
  }
}

describe('the largest type that fits', () => {
  it('is the largest step when there is little to read, with the usual columns', () => {
    expect(largestThatFits(paper([200, 200, 100]), CARD_STEPS)).toEqual({ step: 34, shares: USUAL_SHARES })
  })

  it('grows smaller step by step as the board fills', () => {
    const steps = [600, 800, 1000, 1200].map((n) => largestThatFits(paper([n, n, n]), CARD_STEPS)?.step)
    expect(steps).toEqual([...steps].sort((a, b) => (b ?? 0) - (a ?? 0)))
    expect(steps[0]).toBeGreaterThan(steps[3] ?? 0)
  })

  it('gives a full column more width before it makes the type smaller', () => {
    const fit = largestThatFits(paper([1300, 600, 500]), CARD_STEPS)
    expect(fit?.step).toBe(30)
    expect(fit?.shares[0]).toBeGreaterThan(0.45)
  })

  it('never goes below the last step: then nothing fits, and it says so without trying every width', () => {
    const page = paper([4000, 3000, 3000])
    expect(largestThatFits(page, CARD_STEPS)).toBeNull()
    expect(page.laid).toBeLessThan(CARD_STEPS.length)
  })

  it('is found in so few looks that the room does not wait for it', () => {
    const page = paper([1300, 600, 500])
    largestThatFits(page, CARD_STEPS)
    expect(page.laid).toBeLessThan(25)
  })

  it('is looked for only where there is enough paper', () => {
    expect(worthTrying(CARD_STEPS, 0.5)).toEqual([34, 30, 27, 25, 24])
    expect(worthTrying(CARD_STEPS, 1)).toEqual([25, 24])
    expect(worthTrying(CARD_STEPS, 1.5)).toEqual([])
  })

  it('is the first of the steps that does', () => {
    for (const most of [...CARD_STEPS, 99])
      expect(largest(CARD_STEPS, (step) => (step <= most ? step : null))).toBe(most === 99 ? 34 : most)
    expect(largest(CARD_STEPS, () => null)).toBeNull()
  })
})

describe('two runs', () => {
  /** In one run a line is never full; in two, this column needs a quarter less paper. */
  function runs(letters: number[], wide: number) {
    const page = paper(letters)
    return {
      room: 850,
      tall: (step: number, shares: readonly number[]) => page.tall(step, shares),
      whole(step: number, shares: readonly number[]) {
        const { need, room } = page.lay(step, shares)
        return need.every((height, i) => height * (i === wide ? 0.75 : 1) <= room)
      },
    }
  }

  it('keep every column whole, at the largest type, before anything folds', () => {
    const letters = [3000, 900, 200]
    expect(largestThatFits(paper(letters), CARD_STEPS)).toBeNull()
    const fit = largestInTwoRuns(runs(letters, 0), CARD_STEPS, 0)
    expect(fit?.step).toBe(25)
    expect(Math.min(...(fit?.shares ?? []))).toBeGreaterThanOrEqual(0.15)
    expect(fit?.shares.reduce((a, b) => a + b)).toBeCloseTo(1)
  })

  it('are not tried at every type where even the smallest is too large', () => {
    const page = runs([6000, 3000, 3000], 0)
    expect(largestInTwoRuns(page, CARD_STEPS, 0)).toBeNull()
  })
})

describe('column widths', () => {
  it('leave an empty column readable', () => {
    const fit = largestThatFits(paper([1900, 500, 0]), CARD_STEPS)
    expect(Math.min(...(fit?.shares ?? []))).toBeGreaterThanOrEqual(0.18)
    expect(fit?.shares.reduce((a, b) => a + b)).toBeCloseTo(1)
  })

  it('are found wherever there are any: every column whole, none wider than the sheet', () => {
    for (const letters of [
      [1700, 400, 300],
      [300, 1700, 500],
      [900, 900, 700],
    ]) {
      const page = paper(letters)
      const fit = largestThatFits(page, CARD_STEPS)
      expect(fit).not.toBeNull()
      const { need, room } = page.lay(fit?.step ?? 0, fit?.shares ?? [])
      expect(Math.max(...need)).toBeLessThanOrEqual(room)
    }
  })

  it('are the least that does, and none where not even the most does', () => {
    expect(leastShare(0.4, 0.65, (share) => share >= 0.5)).toBeCloseTo(0.5)
    expect(leastShare(0.4, 0.65, () => true)).toBeCloseTo(0.4)
    expect(leastShare(0.4, 0.65, () => false)).toBeNull()
    expect(leastShare(0.7, 0.65, () => true)).toBeNull()
  })
})

describe('folding', () => {
  it('hides what is furthest from the lit card, and the lit card never', () => {
    const list = (count: number) => Array.from({ length: count }, (_, i) => count - 1 - i)
    expect(givingWay(list(5), 3)).toEqual([0, 1, 4, 2])
    expect(givingWay(list(6), 0)).not.toContain(0)
  })

  it('keeps the last of each list longest where nothing is lit', () => {
    expect(givingWay([2, 1, 0, 1, 0], -1)).toEqual([0, 1, 3, 2, 4])
  })

  it('keeps the nearest of every other list longest where one is lit, so that its heading stays', () => {
    expect(givingWay([2, 1, 0, 1, 0, 0], 4)).toEqual([0, 1, 3, 2, 5])
  })

  it('gives every column paper for its words where nothing is lit, and none too little to read', () => {
    const { places, shares } = fold([500, 400, 300], -1, null, 1)
    expect(places).toEqual(['some', 'some', 'some'])
    expect(shares[0]).toBeCloseTo(5 / 12)
    const uneven = fold([2000, 300, 50], -1, null, 1)
    expect(uneven.places).toEqual(['wide', 'some', 'some']) // one run so wide would be hard to read
    expect(uneven.shares[1]).toBeCloseTo(0.2)
    expect(uneven.shares[2]).toBeCloseTo(0.16) // next to nothing in it
    expect(uneven.shares.reduce((a, b) => a + b)).toBeCloseTo(1)
  })

  it('shows the lit column whole where it can be, and some of the others where there is room for both', () => {
    expect(fold([900, 800, 700], 1, 0.45, 1)).toEqual({ places: ['some', 'wide', 'some'], shares: expect.anything() })
    expect(fold([900, 800, 700], 1, 0.45, 1).shares[1]).toBeCloseTo(0.45)
    const tight = fold([900, 400, 30], 0, 0.6, 1)
    expect(tight.places).toEqual(['wide', 'some', 'some'])
    expect(tight.shares.reduce((a, b) => a + b)).toBeCloseTo(1)
    expect(Math.min(...tight.shares)).toBeGreaterThan(0.15)
  })

  it('gives a lit column that is too long two thirds, and folds the third to its headings', () => {
    for (const [lit, places] of [
      [0, ['wide', 'some', 'headings']],
      [1, ['some', 'wide', 'headings']], // worries beside what works well
      [2, ['headings', 'some', 'wide']], // and what works well beside everything else
    ] as const)
      for (const whole of [null, 0.64]) {
        const fit = fold([2000, 1900, 1800], lit, whole, 1)
        expect(fit.places).toEqual(places)
        expect(fit.shares[lit]).toBeCloseTo(whole ?? 0.65)
        expect(fit.shares.reduce((a, b) => a + b)).toBeCloseTo(1)
        expect(fit.shares[places.indexOf('some')]).toBeGreaterThan(0.2)
      }
  })
})
