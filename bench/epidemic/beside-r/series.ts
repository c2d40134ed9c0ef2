// Seeded series that no fixture holds: the library and R answer the same questions on them.
import { RandomStream } from '../../../packages/analytics/src/statistics/index.ts'

export interface CaseSeries {
  readonly name: string
  readonly local: number[]
  readonly imported: number[]
}

/** Epidemic curves of several shapes: early growth, two waves, sparse cases with gaps, large counts, imports first. */
export function caseSeries(seed: number): CaseSeries[] {
  const random = new RandomStream(seed)
  const curve = (name: string, days: number, local: (day: number) => number, imported: (day: number) => number): CaseSeries => ({
    name: `${name}-${seed}`,
    local: Array.from({ length: days }, (_, day) => random.poisson(local(day))),
    imported: Array.from({ length: days }, (_, day) => random.poisson(imported(day)) + (day === 0 ? 1 : 0)),
  })
  const peak = (day: number, at: number, width: number, height: number) => height * Math.exp(-(((day - at) / width) ** 2))
  const none = () => 0
  return [
    curve('growth', 40, (day) => 2 * Math.exp(0.12 * day), none),
    curve(
      'waves',
      160,
      (day) => peak(day, 40, 14, 60) + peak(day, 115, 20, 25) + 1,
      (day) => peak(day, 30, 15, 6),
    ),
    curve(
      'sparse',
      90,
      (day) => (Math.floor(day / 12) % 2 === 0 ? 0.25 : 0.02),
      (day) => (day < 20 ? 0.3 : 0.02),
    ),
    curve(
      'large',
      500,
      (day) => 4e4 * (1.2 + Math.sin(day / 40)),
      (day) => 30 + 20 * Math.cos(day / 30),
    ),
    curve(
      'imports',
      60,
      (day) => peak(day, 35, 9, 8),
      (day) => peak(day, 12, 8, 5),
    ),
  ]
}

export interface CountSeries {
  readonly name: string
  readonly count: number[]
}

/** Weekly counts of nine years with season, trend and a few outbreaks. */
export function weeklySeries(seed: number): CountSeries[] {
  const random = new RandomStream(seed + 100)
  const weeks = 468
  const series = (name: string, level: number, size: number, slope: number): CountSeries => ({
    name: `${name}-${seed}`,
    count: Array.from({ length: weeks }, (_, week) => {
      const outbreak = [210, 300, 395, 440].some((start) => week >= start && week < start + 4) ? 2.5 : 1
      const mean = level * Math.exp(slope * week + 0.5 * Math.sin((2 * Math.PI * week) / 52.18)) * outbreak
      return size === Number.POSITIVE_INFINITY ? random.poisson(mean) : random.negativeBinomial(mean, size)
    }),
  })
  return [
    series('weekly-common', 12, 6, 0.001),
    series('weekly-rare', 0.8, 3, 0),
    series('weekly-many', 150, 20, -0.001),
    series('weekly-poisson', 5, Number.POSITIVE_INFINITY, 0),
  ]
}

export interface DelaySeries {
  readonly name: string
  readonly today: number
  /** Day of event and of report, also of reports after `today`: the truth. */
  readonly reports: { readonly event: number; readonly report: number }[]
}

/** Outbreaks with a reporting delay: steady, growing, falling, slower or faster reports on the way, silent weekends. */
export function delaySeries(seed: number): DelaySeries[] {
  const random = new RandomStream(seed + 200)
  const make = (name: string, level: (day: number) => number, mean: (day: number) => number, weekends = false): DelaySeries => {
    const reports: { event: number; report: number }[] = []
    for (let event = 0; event <= 49; event += 1)
      for (let k = random.poisson(level(event)); k > 0; k -= 1) {
        const day = event + Math.min(15, Math.floor(random.gamma(2, 2 / (mean(event) + 0.5))))
        reports.push({ event, report: weekends && day % 7 >= 5 ? day + 7 - (day % 7) : day })
      }
    return { name: `${name}-${seed}`, today: 49, reports }
  }
  return [
    make(
      'delay-steady',
      () => 15,
      () => 4,
    ),
    make(
      'delay-growing',
      (day) => 1.5 * Math.exp(0.07 * day),
      () => 3,
    ),
    make(
      'delay-falling',
      (day) => 40 * Math.exp(-0.06 * day),
      () => 4,
    ),
    make(
      'delay-slower',
      () => 15,
      (day) => (day < 30 ? 3 : 6),
    ),
    make(
      'delay-weekends',
      () => 15,
      () => 3,
      true,
    ),
  ]
}
