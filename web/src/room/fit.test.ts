import { describe, expect, it } from 'vitest'
import { CARD_STEPS, folded, givingWay, largestInTwoRuns, largestThatFits, USUAL_SHARES, type Page } from './fit'

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
    tall(step, share) {
      this.laid += 1
      return heights(
        step,
        letters.map(() => share * width),
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
    expect(page.laid).toBe(CARD_STEPS.length)
  })
})

describe('two runs', () => {
  /** In one run a line is never full; in two, this column needs a quarter less paper. */
  function runs(letters: number[], wide: number) {
    const page = paper(letters)
    return {
      room: 850,
      tall: (step: number, share: number) => page.tall(step, share),
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

  it('keeps working well beside the worries', () => {
    const columns = ['worry', 'strength', 'next_step']
    expect(folded(columns, 'worry')).toEqual(['wide', 'some', 'headings'])
    expect(folded(columns, 'strength')).toEqual(['some', 'wide', 'headings'])
    expect(folded(columns, 'next_step')).toEqual(['headings', 'some', 'wide'])
  })
})
