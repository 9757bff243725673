// Times as people in the room read them, in the conference's own time zone.

import { locale } from './tongue'

const CLOCK: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hour12: false }

/** Written alike in every language that we speak. */
export function clock(instant: string | Date, timeZone?: string): string {
  const when = typeof instant === 'string' ? new Date(instant) : instant
  if (Number.isNaN(when.getTime())) return ''
  return new Intl.DateTimeFormat('en-GB', { ...CLOCK, timeZone: timeZone || undefined }).format(when)
}

/** "Fri 20 March"; the year only when it is not this one. */
export function day(date: string, today = new Date()): string {
  const year = Number(date.slice(0, 4)) === today.getFullYear() ? undefined : 'numeric'
  return inWords(date, { weekday: 'short', day: 'numeric', month: 'long', year })
}

/** "Thursday 12 March". */
export function longDay(date: string): string {
  return inWords(date, { weekday: 'long', day: 'numeric', month: 'long' })
}

function inWords(date: string, parts: Intl.DateTimeFormatOptions): string {
  const when = new Date(`${date.slice(0, 10)}T00:00:00Z`)
  if (Number.isNaN(when.getTime())) return date
  const words = new Intl.DateTimeFormat(locale(), { ...parts, timeZone: 'UTC' }).format(when)
  return locale().startsWith('en-') ? words.replace(',', '') : words
}

/** Whole minutes from an instant until now, never below nought. */
export function minutesSince(instant: string, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - new Date(instant).getTime()) / 60_000))
}

/** "10:05" on the conference's own clock, as an instant of the day that this other instant is in. */
export function instantOf(time: string, timeZone?: string, near = new Date()): string {
  const minutes = (words: string) => Number(words.slice(0, 2)) * 60 + Number(words.slice(3, 5))
  const there = minutes(time) - minutes(clock(near, timeZone))
  return new Date(Math.floor(near.getTime() / 60_000) * 60_000 + there * 60_000).toISOString()
}

export function thisMoment(): Date {
  return new Date()
}
