import { describe, expect, it } from 'vitest'
import { CARD_STEPS, folded, givingWay, largestThatFits, sharesFor, USUAL_SHARES, type Page } from './fit'

/** A page of words: each column is an amount of ink, in letters, and type of size s needs s * s / 2 for each. */
function paper(letters: number[], width = 1872, room = 850): Page & { laid: number } {
  return {
    laid: 0,
    lay(step, shares) {
      this.laid += 1
      const all = shares.reduce((a, b) => a + b, 0)
      const need = letters.map((n, i) => (n * step * step * 0.62) / ((width * (shares[i] ?? 0)) / all))
      return { need, room }
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
    expect(fit?.shares[0]).toBeGreaterThan(0.5)
  })

  it('never goes below the last step: then nothing fits, and it says so without trying every width', () => {
    const page = paper([4000, 3000, 3000])
    expect(largestThatFits(page, CARD_STEPS)).toBeNull()
    expect(page.laid).toBe(CARD_STEPS.length)
  })
})

describe('column widths', () => {
  it('follow the words', () => {
    expect(sharesFor([2, 1, 1])).toEqual([0.5, 0.25, 0.25])
  })

  it('leave an empty column readable', () => {
    const shares = sharesFor([900, 100, 0])
    expect(Math.min(...shares)).toBeCloseTo(0.18)
    expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1)
  })

  it('are even on an empty board', () => {
    expect(sharesFor([0, 0, 0])).toEqual([1, 1, 1])
  })
})

describe('folding', () => {
  it('hides what is furthest from the lit card, and the lit card never', () => {
    expect(givingWay(5, 3)).toEqual([0, 1, 4, 2])
    expect(givingWay(3, -1)).toEqual([2, 1, 0])
    expect(givingWay(6, 0)).not.toContain(0)
  })

  it('keeps working well beside the worries', () => {
    const columns = ['worry', 'strength', 'next_step']
    expect(folded(columns, 'worry')).toEqual(['wide', 'some', 'headings'])
    expect(folded(columns, 'strength')).toEqual(['some', 'wide', 'headings'])
    expect(folded(columns, 'next_step')).toEqual(['headings', 'some', 'wide'])
  })
})
