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

/** "10:05" today, as an instant. */
export function instantToday(time: string, today = new Date()): string {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return new Date(today.getFullYear(), today.getMonth(), today.getDate(), hours, minutes).toISOString()
}

export function thisMoment(): Date {
  return new Date()
}
