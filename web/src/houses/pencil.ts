// A drawing is strokes, a stroke is numbers on a sheet of 1,000 by 750: the server takes nothing else.

import type { StrokeSeen } from '../lib/protocol'

export const ACROSS = 1000
export const DOWN = 750
export const MOST_STROKES = 150
const MOST_POINTS = 200
const MOST_CHARACTERS = 10_000
const CLOSE_ENOUGH = 2 // a line that is nearer than this to where the finger was looks the same

export type Point = readonly [x: number, y: number]
type Box = Pick<DOMRect, 'left' | 'top' | 'width' | 'height'>

/** Where on the sheet the finger is; outside of it, at its edge. */
export function pointAt(box: Box, x: number, y: number): Point {
  return [within(((x - box.left) / box.width) * ACROSS, ACROSS), within(((y - box.top) / box.height) * DOWN, DOWN)]
}

function within(value: number, most: number): number {
  return Math.min(Math.max(Math.round(value), 0), most - 1)
}

/** As SVG writes it. A dot is a line to where it is. */
export function pathOf(points: readonly Point[]): string {
  const all = points.length === 1 ? [points[0]!, points[0]!] : points
  return `M${all.map(([x, y]) => `${x} ${y}`).join('L')}`
}

/** With as few points as look the same; what is still too long for one stroke loses every second point. */
export function simplified(points: readonly Point[]): Point[] {
  let few = straightened(points)
  while (few.length > MOST_POINTS) few = few.filter((_, index) => index % 2 === 0 || index === few.length - 1)
  return few
}

/** Douglas and Peucker: what lies nearly on a straight line is left out. */
function straightened(points: readonly Point[]): Point[] {
  if (points.length < 3) return [...points]
  const first = points[0]!
  const last = points[points.length - 1]!
  let furthest = 0
  let most = 0
  points.forEach((point, index) => {
    const distance = distanceFrom(point, first, last)
    if (distance > most) [most, furthest] = [distance, index]
  })
  if (most <= CLOSE_ENOUGH) return [first, last]
  return [...straightened(points.slice(0, furthest + 1)).slice(0, -1), ...straightened(points.slice(furthest))]
}

function distanceFrom([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const length = Math.hypot(bx - ax, by - ay)
  if (!length) return Math.hypot(x - ax, y - ay)
  return Math.abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length
}

/** Whether the sheet has room for all of these. */
export function fits(strokes: readonly StrokeSeen[]): boolean {
  return strokes.length <= MOST_STROKES && strokes.reduce((sum, one) => sum + one.path.length, 0) <= MOST_CHARACTERS
}
