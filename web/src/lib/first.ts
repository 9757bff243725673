// What the page itself brings: the first two frames of a connection, so that it is painted before its socket is open.

import type { OwnFrame, ViewFrame } from './protocol'

export type FirstFrames = [ViewFrame, OwnFrame]

const ID = 'first-frames'

/** Reads them and takes them out of the page. Null: the socket brings the board, as before. */
export function firstFrames(page: Document = document): FirstFrames | null {
  const element = page.getElementById(ID)
  if (!element) return null
  element.remove()
  try {
    const frames = JSON.parse(element.textContent ?? '') as FirstFrames
    const [view, own] = frames
    return frames.length === 2 && view.full && 'epoch' in view && own.own && own.full ? frames : null
  } catch {
    return null
  }
}
