// A card in the hand, by mouse or by touch: what lifts it, where it would land, and the lists that hold still meanwhile.
// A convenience: Shift with the arrow keys and "Move to…" do the same move.

import type { Column, ItemSeen, SubCategory } from '../lib/protocol'
import type { Place } from './moves'

export const LIFT_AFTER = 400
/** A mouse has to travel this far before a press is a drag; a finger that travels this far is scrolling. */
export const SLACK = 8

export interface Point {
  x: number
  y: number
}

export interface Ports {
  group: (column: Column, group: SubCategory) => readonly ItemSeen[]
  /** Where a card let go here would land; null where there is no column. */
  placeAt: (point: Point, id: string) => Place | null
  lifted: (item: ItemSeen) => void
  /** `place` is null where the card goes back to where it was. */
  dropped: (item: ItemSeen, place: Place | null) => void
  after: (run: () => void, milliseconds: number) => unknown
  cancel: (timer: unknown) => void
}

interface Pressed {
  item: ItemSeen
  pointer: number
  byMouse: boolean
  from: Point
  box: { left: number; top: number; width: number; height: number }
}

type Lists = Partial<Record<SubCategory, readonly ItemSeen[]>>

export class Hand {
  item = $state.raw<ItemSeen | null>(null)
  slot = $state.raw<Place | null>(null)
  box = $state.raw({ left: 0, top: 0, width: 0, height: 0 })
  #held = $state.raw<Lists>({})
  #pressed: Pressed | null = null
  #timer: unknown = null

  constructor(private readonly ports: Ports) {}

  /** A finger is down on a card, or holds one: the browser's own long press has to wait. */
  get busy(): boolean {
    return this.item !== null || (this.#pressed !== null && !this.#pressed.byMouse)
  }

  press(item: ItemSeen, event: PointerEvent, box: DOMRect): void {
    if (this.item || !event.isPrimary || event.button !== 0) return
    const { left, top, width, height } = box
    this.#pressed = {
      item,
      pointer: event.pointerId,
      byMouse: event.pointerType === 'mouse',
      from: { x: event.clientX, y: event.clientY },
      box: { left, top, width, height },
    }
    if (!this.#pressed.byMouse) this.#timer = this.ports.after(() => this.#lift(), LIFT_AFTER)
  }

  move(event: PointerEvent): void {
    const pressed = this.#pressed
    if (!pressed || event.pointerId !== pressed.pointer) return
    const at = { x: event.clientX, y: event.clientY }
    if (!this.item) {
      if (Math.hypot(at.x - pressed.from.x, at.y - pressed.from.y) < SLACK) return
      if (!pressed.byMouse) return this.#forget()
      this.#lift()
    }
    this.box = {
      ...pressed.box,
      left: pressed.box.left + at.x - pressed.from.x,
      top: pressed.box.top + at.y - pressed.from.y,
    }
    this.#over(this.ports.placeAt(at, pressed.item.id))
  }

  release(event: PointerEvent): void {
    if (event.pointerId !== this.#pressed?.pointer) return
    this.#letGo(this.slot)
  }

  /** Escape, a second finger, or the browser took the pointer for scrolling. */
  putBack(): void {
    this.#letGo(null)
  }

  /** A list as it is drawn: held still while the card comes from it or is over it. */
  list(column: Column, group: SubCategory): readonly ItemSeen[] {
    return (this.item && this.#held[group]) || this.ports.group(column, group)
  }

  #lift(): void {
    const pressed = this.#pressed
    if (!pressed) return
    this.#held = this.#withList({}, pressed.item.column, pressed.item.sub_category)
    this.box = pressed.box
    this.item = pressed.item
    this.ports.lifted(pressed.item)
  }

  #over(found: Place | null): void {
    const { slot, item } = this
    if (!item) return
    const place = found && this.#isWhereItWas(item, found) ? null : found
    if (slot?.sub_category === place?.sub_category && slot?.after === place?.after) return
    const kept = this.#held
    const origin = item.sub_category && kept[item.sub_category]
    const lists: Lists = item.sub_category && origin ? { [item.sub_category]: origin } : {}
    const target = place && kept[place.sub_category]
    if (place && target) this.#held = { ...lists, [place.sub_category]: target }
    else this.#held = place ? this.#withList(lists, place.column, place.sub_category) : lists
    this.slot = place
  }

  #withList(lists: Lists, column: Column, group: SubCategory | null): Lists {
    return group ? { ...lists, [group]: this.ports.group(column, group) } : lists
  }

  #letGo(place: Place | null): void {
    const item = this.item
    this.#forget()
    this.item = null
    this.slot = null
    this.#held = {}
    if (item) this.ports.dropped(item, place)
  }

  #isWhereItWas(item: ItemSeen, place: Place): boolean {
    if (item.sub_category !== place.sub_category) return false
    const ids = this.list(place.column, place.sub_category).map((one) => one.id)
    return (ids[ids.indexOf(item.id) - 1] ?? null) === place.after
  }

  #forget(): void {
    this.ports.cancel(this.#timer)
    this.#pressed = null
  }
}

/** Where on the map a card let go at this point lands: behind the last card whose middle is above the point. */
export function placeOnMap(
  map: HTMLElement,
  { x, y }: Point,
  id: string,
  columnOf: (group: SubCategory) => Column,
): Place | null {
  const under = document.elementFromPoint(x, y)
  if (!under || !map.contains(under)) return null
  const groups = [...(under.closest('.col')?.querySelectorAll<HTMLElement>('[data-group]') ?? [])]
  const group = groups.filter((one) => one.getBoundingClientRect().top <= y).at(-1) ?? groups[0]
  if (!group) return null
  const above = [...group.querySelectorAll<HTMLElement>('li[data-item]')].filter((card) => {
    const box = card.getBoundingClientRect()
    return card.dataset.item !== id && !card.classList.contains('slot') && y > box.top + box.height / 2
  })
  const name = group.dataset.group as SubCategory
  return { column: columnOf(name), sub_category: name, after: above.at(-1)?.dataset.item ?? null }
}

const EDGE = 48
const AT_ONCE = 9

/** Near the upper or lower edge of what scrolls, it scrolls: a finger that holds a card cannot do both. */
export function scrollNear({ x, y }: Point): void {
  const body = document.elementFromPoint(x, y)?.closest<HTMLElement>('.col')?.querySelector<HTMLElement>('.body')
  const inside = body && body.scrollHeight > body.clientHeight ? body.getBoundingClientRect() : null
  const top = inside?.top ?? 0
  const bottom = inside?.bottom ?? innerHeight
  const by = y < top + EDGE ? -AT_ONCE : y > bottom - EDGE ? AT_ONCE : 0
  if (by) (inside ? body : document.scrollingElement)?.scrollBy(0, by)
}
