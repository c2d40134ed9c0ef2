/** The only source of "now". Exercises, demonstrations and tests run at any date by giving another clock (design law 11). */
export interface Clock {
  /** IANA time zone of the city, e.g. `Asia/Shanghai`. */
  readonly zone: string
  now(): Temporal.Instant
}

export const CITY_ZONE = 'Asia/Shanghai'

export const systemClock = (zone: string = CITY_ZONE): Clock => ({ zone, now: () => Temporal.Now.instant() })

/** A clock that can be put forward, never back. */
export interface SteppingClock extends Clock {
  notBefore(instant: Temporal.Instant): void
}

/** A clock that started at `start` and runs on from there at normal speed: `--today 2020-02-14` keeps the demonstration alive. */
export function clockFrom(start: Temporal.Instant, zone: string = CITY_ZONE): SteppingClock {
  let offset = start.epochMilliseconds - Temporal.Now.instant().epochMilliseconds
  return {
    zone,
    now: () => Temporal.Instant.fromEpochMilliseconds(Temporal.Now.instant().epochMilliseconds + offset),
    notBefore: (instant) => {
      offset = Math.max(offset, instant.epochMilliseconds - Temporal.Now.instant().epochMilliseconds)
    },
  }
}

/** A clock that stands still until it is set. */
export function fixedClock(at: string, zone: string = CITY_ZONE): Clock & { set(next: string): void } {
  let instant = Temporal.Instant.from(at)
  return {
    zone,
    now: () => instant,
    set: (next) => {
      instant = Temporal.Instant.from(next)
    },
  }
}

/** A day of a zone with its first and the first millisecond after it. */
interface Day {
  readonly zone: string
  readonly from: number
  readonly until: number
  readonly text: string
}
let lastDay: Day | undefined
/** Two days before the last instant of Temporal (±10⁸ days from the epoch), milliseconds. */
const LAST_WHOLE_DAY_MS = (1e8 - 2) * 86_400_000

/** The calendar day of an instant in the city, `YYYY-MM-DD`. The last answer is kept, because one day is asked for again and again. */
export function dayOf({ epochMilliseconds: at }: Pick<Temporal.Instant, 'epochMilliseconds'>, zone: string): string {
  if (lastDay && lastDay.zone === zone && at >= lastDay.from && at < lastDay.until) return lastDay.text
  // At the ends of what Temporal can count there is no whole day to keep.
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
  if (Math.abs(at) > LAST_WHOLE_DAY_MS) return zoned.toPlainDate().toString()
  const start = zoned.startOfDay()
  lastDay = {
    zone,
    from: start.epochMilliseconds,
    until: start.add({ days: 1 }).startOfDay().epochMilliseconds,
    text: start.toPlainDate().toString(),
  }
  return lastDay.text
}

/** The time of day of an instant in the city, `HH:MM`. */
export function timeOf({ epochMilliseconds: at }: Pick<Temporal.Instant, 'epochMilliseconds'>, zone: string): string {
  dayOf({ epochMilliseconds: at }, zone)
  // On a day of 24 hours the clock says how much of it has passed.
  if (lastDay && lastDay.zone === zone && at >= lastDay.from && at < lastDay.until && lastDay.until - lastDay.from === DAY_MS) {
    const minutes = Math.floor((at - lastDay.from) / 60_000)
    return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`
  }
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' })
}

const twoDigits = (value: number): string => String(value).padStart(2, '0')

/** Instants kept at most in either form: each act of a batch, of which there may be thousands, is asked for its time again and again, in turns. */
const MOST_INSTANTS = 5_000
const stamps = new Map<number, string>()
const instants = new Map<string, number>()

function keep(text: string, at: number): void {
  if (instants.size >= MOST_INSTANTS) instants.clear()
  instants.set(text, at)
}

/** An instant as events carry it: ISO, UTC, milliseconds. Answers are kept, because many acts happen in one millisecond. */
export function stampOf({ epochMilliseconds: at }: Pick<Temporal.Instant, 'epochMilliseconds'>): string {
  const known = stamps.get(at)
  if (known !== undefined) return known
  const made = new Date(at).toISOString()
  if (stamps.size >= MOST_INSTANTS) stamps.clear()
  stamps.set(at, made)
  // It comes back to be read.
  keep(made, at)
  return made
}

/** `2020-02-14T08:30:00.000Z` */
const STAMP_LENGTH = 24

/**
 * Milliseconds since the epoch of an ISO instant, undefined when it is none. Most are written as events carry them, and those are read without
 * Temporal; answers are kept, because an act is asked for its time again and again.
 */
export function instantMs(text: string): number | undefined {
  const known = instants.get(text)
  if (known !== undefined) return known
  const made = readInstant(text)
  if (made !== undefined) keep(text, made)
  return made
}

function readInstant(text: string): number | undefined {
  if (text.length === STAMP_LENGTH) {
    const ms = Date.parse(text)
    // A date reads the 30th of February as some day of March; Temporal does not.
    if (!Number.isNaN(ms) && new Date(ms).toISOString() === text) return ms
  }
  try {
    return Temporal.Instant.from(text).epochMilliseconds
  } catch {
    return undefined
  }
}

export const today = (clock: Clock): string => dayOf(clock.now(), clock.zone)

/** Answers of {@link addDays} kept at most: an outbreak has some hundred days, and a rule asks for a dozen distances. */
const MOST_SHIFTED = 5_000
const shifted = new Map<string, string>()

/** `YYYY-MM-DD` shifted by whole days. Answers are kept, because every act of a day asks for the same ones. */
export function addDays(day: string, days: number): string {
  const asked = `${day} ${days}`
  const known = shifted.get(asked)
  if (known !== undefined) return known
  const made = Temporal.PlainDate.from(day).add({ days }).toString()
  if (shifted.size >= MOST_SHIFTED) shifted.clear()
  shifted.set(asked, made)
  return made
}

/**
 * The moment of an act of a day: now for today; the last second of an earlier one, after all else that was done on it.
 * @param day `YYYY-MM-DD`, or nothing for today
 */
export function momentOn(day: unknown, today: string, zone: string): string | undefined {
  if (typeof day !== 'string' || day >= today) return undefined
  const next = Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(zone)
  return new Date(next.epochMilliseconds - 1_000).toISOString()
}

const DAY_MS = 86_400_000

/** Whole days from `from` to `to`; negative when `to` lies before. Days have no hours here, so their midnights in UTC lie whole days apart. */
export function daysBetween(from: string, to: string): number {
  const [start, end] = [dayMs(from), dayMs(to)]
  return start === undefined || end === undefined
    ? Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' }).days
    : (end - start) / DAY_MS
}

/** Days read at most that are kept: a list names few, again and again. */
const MOST_READ = 5_000
const daysRead = new Map<string, number | undefined>()

/** Milliseconds from the epoch to the midnight (UTC) that begins a calendar day `YYYY-MM-DD`; undefined when there is no such day. */
export function dayMs(day: string): number | undefined {
  if (daysRead.has(day)) return daysRead.get(day)
  const ms = day.length === DAY_LENGTH ? readInstant(`${day}T00:00:00.000Z`) : undefined
  if (daysRead.size >= MOST_READ) daysRead.clear()
  daysRead.set(day, ms)
  return ms
}

/** `2020-02-14` */
const DAY_LENGTH = 10
const WRITTEN_DAY = /^(?!0000)\d{4}-\d{2}-\d{2}$/

/** Is this a day of the calendar, written `YYYY-MM-DD`? The databases count no year 0. */
export const isDay = (text: string): boolean => WRITTEN_DAY.test(text) && dayMs(text) !== undefined
