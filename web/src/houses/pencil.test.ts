import { describe, expect, it } from 'vitest'
import { fits, MOST_STROKES, pathOf, pointAt, simplified, type Point } from './pencil'

const SHEET = { left: 100, top: 50, width: 500, height: 375 }
const circle = (points: number): Point[] =>
  Array.from({ length: points }, (_, n) => {
    const angle = (n / points) * 2 * Math.PI
    return [Math.round(500 + 300 * Math.cos(angle)), Math.round(375 + 300 * Math.sin(angle))]
  })

describe('a pencil on the sheet', () => {
  it('is where the finger is, and at the edge when the finger slips off it', () => {
    expect(pointAt(SHEET, 350, 237.5)).toEqual([500, 375])
    expect(pointAt(SHEET, 0, 9000)).toEqual([0, 749])
    expect(pointAt(SHEET, 9000, 0)).toEqual([999, 0])
  })

  it('draws what the server takes, and a dot where it was only put down', () => {
    expect(pathOf([[1, 2], [3, 4]])).toBe('M1 2L3 4') // prettier-ignore
    expect(pathOf([[7, 8]])).toBe('M7 8L7 8')
  })

  it('needs few points for a straight line and keeps every corner', () => {
    const straight: Point[] = Array.from({ length: 300 }, (_, n) => [n, n])
    expect(simplified(straight)).toEqual([[0, 0], [299, 299]]) // prettier-ignore
    const corner: Point[] = [...straight, ...straight.map(([x]): Point => [299 + x, 299 - x])]
    expect(simplified(corner)).toContainEqual([299, 299])
  })

  it('stays near a round line with at most as many points as one stroke may have', () => {
    const few = simplified(circle(3000))
    expect(few.length).toBeLessThanOrEqual(200)
    expect(few.length).toBeGreaterThan(12)
    for (const [x, y] of few) expect(Math.abs(Math.hypot(x - 500, y - 375) - 300)).toBeLessThan(3)
    const zigzag: Point[] = Array.from({ length: 900 }, (_, n) => [n, n % 2 ? 0 : 700])
    expect(simplified(zigzag).length).toBeLessThanOrEqual(200)
    expect(simplified(zigzag).at(-1)).toEqual(zigzag.at(-1))
  })

  it('finds the sheet full before the server would', () => {
    const stroke = { pencil: 'ink', thickness: 'thin', path: pathOf(circle(8)) } as const
    expect(fits(Array.from({ length: 100 }, () => stroke))).toBe(true)
    expect(fits(Array.from({ length: MOST_STROKES + 1 }, () => ({ ...stroke, path: 'M1 1L1 1' })))).toBe(false)
    expect(fits([{ ...stroke, path: 'M1 1' + 'L999 749'.repeat(1250) }])).toBe(false)
  })
})
