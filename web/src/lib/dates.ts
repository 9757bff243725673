// Times as people in the room read them, in the conference's own time zone.

const CLOCK: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hour12: false }

export function clock(instant: string | Date, timeZone?: string): string {
  const when = typeof instant === 'string' ? new Date(instant) : instant
  if (Number.isNaN(when.getTime())) return ''
  return new Intl.DateTimeFormat('en-GB', { ...CLOCK, timeZone: timeZone || undefined }).format(when)
}

/** "Fri 20 March"; the year only when it is not this one. */
export function day(date: string, today = new Date()): string {
  const [year = 0, month = 1, number = 1] = date.slice(0, 10).split('-').map(Number)
  const when = new Date(Date.UTC(year, month - 1, number))
  if (Number.isNaN(when.getTime())) return date
  const words = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'long', timeZone: 'UTC' })
    .format(when)
    .replace(',', '')
  return year === today.getFullYear() ? words : `${words} ${year}`
}

/** "Thursday 12 March". */
export function longDay(date: string): string {
  const when = new Date(`${date.slice(0, 10)}T00:00:00Z`)
  if (Number.isNaN(when.getTime())) return date
  return new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })
    .format(when)
    .replace(',', '')
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
