// A county border post for one day as a queue: discrete events, seeded.
import { RandomStream } from '@guatu/analytics/statistics'

export interface PostDay {
  readonly lanes: number
  readonly vehicles: number
  readonly people: number
  /** Share of the day's vehicles in each hour; need not add up to one. */
  readonly profile: readonly number[]
  /** Seconds to stop a vehicle, greet, lift the barrier; and for each person: measure, scan or ask, decide, log. */
  readonly vehicleSeconds: number
  readonly personSeconds: number
  /** Spread of a person's time (standard deviation of its logarithm). */
  readonly spread: number
}

export interface PostResult {
  readonly vehicles: number
  readonly people: number
  /** Minutes between arriving and being served. */
  readonly waitMean: number
  readonly waitP95: number
  readonly waitMost: number
  /** Longest queue, vehicles; share of the lanes' time in the busiest hour that was work. */
  readonly longest: number
  readonly busiestHour: number
}

/** Vehicles arrive as a Poisson stream that changes by the hour; the longest waiting is served by the first free lane. */
export function simulatePost(day: PostDay, seed: number): PostResult {
  const random = new RandomStream(seed)
  const total = day.profile.reduce((sum, share) => sum + share, 0)
  const arrivals: number[] = []
  for (const [hour, share] of day.profile.entries()) {
    const mean = (day.vehicles * share) / total
    for (let t = random.exponential(mean) * 3600; t < 3600; t += random.exponential(mean) * 3600) arrivals.push(hour * 3600 + t)
  }
  const more = day.people / day.vehicles - 1
  const free = new Array<number>(day.lanes).fill(0)
  const work = new Array<number>(24).fill(0)
  const waits: number[] = []
  const starts: number[] = []
  let people = 0
  for (const at of arrivals) {
    const inside = 1 + random.poisson(more)
    people += inside
    let service = day.vehicleSeconds
    for (let i = 0; i < inside; i += 1) service += day.personSeconds * Math.exp(day.spread * random.normal() - day.spread ** 2 / 2)
    const lane = free.indexOf(Math.min(...free))
    const start = Math.max(at, free[lane] ?? 0)
    free[lane] = start + service
    waits.push((start - at) / 60)
    starts.push(start)
    const hour = Math.min(23, Math.floor(start / 3600))
    work[hour] = (work[hour] ?? 0) + service
  }
  let longest = 0
  let served = 0
  const started = [...starts].sort((a, b) => a - b)
  for (const [i, at] of arrivals.entries()) {
    while ((started[served] ?? Number.POSITIVE_INFINITY) <= at) served += 1
    longest = Math.max(longest, i + 1 - served)
  }
  const sorted = [...waits].sort((a, b) => a - b)
  return {
    vehicles: arrivals.length,
    people,
    waitMean: waits.reduce((sum, wait) => sum + wait, 0) / Math.max(1, waits.length),
    waitP95: sorted[Math.floor(sorted.length * 0.95)] ?? 0,
    waitMost: sorted.at(-1) ?? 0,
    longest,
    busiestHour: Math.max(...work) / (day.lanes * 3600),
  }
}
