/**
 * Rests of drivers on a given tour: the earliest feasible timetable, exact for one kind of rest, by labels
 * (time, driving since the last rest) at every stop. Idea of the labels: Goel & Vidal (2014), doi:10.1287/trsc.2013.0477.
 */
import type { DrivingRules, TimeWindow } from './model.ts'

/** A tour as the rules see it: `driving[k]` leads to stop k; the last stop is the end of the tour. */
export interface Tour {
  readonly driving: readonly number[]
  readonly ready: readonly number[]
  readonly due: readonly number[]
  readonly service: readonly number[]
  /** Earliest departure, latest end. */
  readonly shift: TimeWindow
  readonly drivers: number
  readonly longestTour?: number
}

export interface Timetable {
  readonly depart: number
  readonly arrive: number[]
  readonly begin: number[]
  readonly leave: number[]
  readonly rests: TimeWindow[]
}

interface Label {
  readonly time: number
  readonly since: number
  readonly arrive: number
  readonly begin: number
  readonly rests: readonly TimeWindow[]
  readonly before: Label | undefined
}

/**
 * A timetable that keeps windows, shift and driving rules, with the latest departure found: waiting at the depot is no duty. Undefined
 * where there is none; with rules and a longest tour together, where none was found at the departures tried. Without rules nobody rests.
 */
export function timetable(tour: Tour, rules: DrivingRules | undefined): Timetable | undefined {
  const { driving, ready, shift, longestTour } = tour
  const limit = rules?.longestDriving ?? Infinity
  // Leaving as late as the first stop allows ends as early as leaving at the beginning of the shift, unless a rest has to be taken there.
  const usual = Math.max(shift.from, (ready[0] ?? 0) - roadTime(driving[0] ?? 0, 0, limit, pauseOf(tour, rules)))
  const last = departing(tour, rules, usual)
  const fits = (found: Timetable | undefined) => found !== undefined && lengthOf(found) <= (longestTour ?? Infinity)
  if (last !== undefined && fits(last)) return last
  if (!keepsWindows(tour, rules)) return undefined
  const latest = latestDeparture(tour, rules)
  for (const depart of departuresToTry(tour, rules, latest)) {
    const found = departing(tour, rules, depart)
    if (found !== undefined && fits(found)) return found
  }
  return undefined
}

/** Whether some departure keeps windows, shift and driving rules, whatever the length of the tour: exact, for whoever leaves first arrives first. */
export function keepsWindows(tour: Tour, rules: DrivingRules | undefined): boolean {
  return departing(tour, rules, tour.shift.from) !== undefined
}

/** Whether the search may drive the tour; agrees with `timetable`. */
export function tourAllowed(tour: Tour, rules: DrivingRules | undefined): boolean {
  return tour.longestTour === undefined ? keepsWindows(tour, rules) : timetable(tour, rules) !== undefined
}

const lengthOf = ({ depart, leave }: Timetable) => (leave.at(-1) ?? depart) - depart

const pauseOf = ({ drivers }: Tour, rules: DrivingRules | undefined) =>
  rules === undefined ? 0 : drivers > 1 ? rules.changeSeconds : rules.restSeconds

/** The latest departure that still keeps everything but the longest tour; some departure does. */
function latestDeparture(tour: Tour, rules: DrivingRules | undefined): number {
  let good = tour.shift.from
  let bad = tour.shift.until + 1
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2)
    if (departing(tour, rules, middle) === undefined) bad = middle
    else good = middle
  }
  return good
}

/**
 * Without rules the latest departure makes the shortest tour. With rules a later departure may turn a wait that is a rest into one that
 * is too short, so departures at which a wait is just long enough are tried too.
 */
function departuresToTry(tour: Tour, rules: DrivingRules | undefined, latest: number): readonly number[] {
  if (rules === undefined || tour.longestTour === undefined) return [latest]
  const pause = pauseOf(tour, rules)
  const early = departing(tour, rules, tour.shift.from)
  const slack = (early?.begin ?? []).map((begin, k) => begin - (early?.arrive[k] ?? begin)).filter((wait) => wait >= pause)
  const turns = slack.map((wait) => tour.shift.from + wait - pause)
  return [latest, latest - pause, ...turns].filter((depart) => depart >= tour.shift.from && depart <= latest)
}

/** The timetable of a departure that ends first, or undefined where windows, shift or driving rules cannot be kept. */
function departing(tour: Tour, rules: DrivingRules | undefined, depart: number): Timetable | undefined {
  const { driving, ready, due, service, shift, drivers } = tour
  const total = driving.reduce((sum, seconds) => sum + seconds, 0)
  if (rules !== undefined && total > rules.dailyDrivingPerDriver * drivers) return undefined
  const limit = rules?.longestDriving ?? Infinity
  const pause = pauseOf(tour, rules)
  let labels: Label[] = [{ time: depart, since: 0, arrive: depart, begin: depart, rests: [], before: undefined }]
  const end = shift.until
  for (let k = 0; k < driving.length; k++) {
    const opens = ready[k] ?? 0
    const latest = Math.min(due[k] ?? Infinity, end)
    const after: Label[] = []
    for (const before of labels) {
      const road = drive(before.time, before.since, driving[k] ?? 0, limit, pause)
      const arrive = road.time
      const add = (begin: number, since: number, rests: readonly TimeWindow[]) => {
        if (begin <= latest) after.push({ time: begin + (service[k] ?? 0), since, arrive, begin, rests, before })
      }
      const waits = opens - arrive >= pause && rules !== undefined
      add(Math.max(arrive, opens), waits ? 0 : road.since, waits ? [...road.rests, { from: arrive, until: arrive + pause }] : road.rests)
      if (rules !== undefined && !waits && k < driving.length - 1)
        add(Math.max(arrive + pause, opens), 0, [...road.rests, { from: arrive, until: arrive + pause }])
    }
    labels = undominated(after)
    if (labels.length === 0) return undefined
  }
  const last = labels.reduce((best, label) => (label.time < best.time ? label : best))
  const chain: Label[] = []
  for (let label: Label | undefined = last; label?.before !== undefined; label = label.before) chain.unshift(label)
  return {
    depart,
    arrive: chain.map(({ arrive }) => arrive),
    begin: chain.map(({ begin }) => begin),
    leave: chain.map(({ time }) => time),
    rests: chain.flatMap(({ rests }) => rests),
  }
}

/** Drives with a pause whenever the limit is reached: pausing later is never worse than pausing earlier on the same road. */
function drive(
  time: number,
  since: number,
  seconds: number,
  limit: number,
  pause: number,
): { time: number; since: number; rests: TimeWindow[] } {
  const rests: TimeWindow[] = []
  let left = seconds
  let clock = time
  let driven = since
  while (driven + left > limit) {
    const stretch = limit - driven
    rests.push({ from: clock + stretch, until: clock + stretch + pause })
    clock += stretch + pause
    left -= stretch
    driven = 0
  }
  return { time: clock + left, since: driven + left, rests }
}

function roadTime(seconds: number, since: number, limit: number, pause: number): number {
  return drive(0, since, seconds, limit, pause).time
}

function undominated(labels: readonly Label[]): Label[] {
  const sorted = [...labels].sort((a, b) => a.time - b.time || a.since - b.since)
  const kept: Label[] = []
  let least = Infinity
  for (const label of sorted) {
    if (label.since >= least) continue
    kept.push(label)
    least = label.since
  }
  return kept
}
