// Scores the forecast on the daily reports of Chinese cities, January–April 2020, against persistence.
import { fileURLToPath } from 'node:url'
import { dayNumber } from '../../packages/analytics/src/epidemic/alerts/calendar.ts'
import {
  DEFAULT_MODEL,
  type ForecastModel,
  forecast,
  persistenceForecast,
  weightedIntervalScore,
} from '../../packages/analytics/src/epidemic/forecast/index.ts'
import { redistributeCorrections } from '../../packages/analytics/src/epidemic/reproduction/index.ts'
import { present, readTable } from '../../packages/analytics/src/epidemic/reproduction/node/reference-data.ts'
import { RandomStream } from '../../packages/analytics/src/statistics/index.ts'

export const name = 'forecast'
const FILE = 'china_cities_daily_2020_01_04.csv.gz'
const HORIZON = 14
const WEEK = 7

export interface City {
  readonly code: string
  readonly first: number
  readonly cumulative: Float64Array
}

/** Cumulative counts on every day from the first report to 30 April; days without a row keep the count before. */
export function readCities(): City[] {
  const rows = new Map<string, Map<number, number>>()
  for (const row of readTable(FILE)) {
    const code = row.city_code || row.city || ''
    const days = rows.get(code) ?? new Map<number, number>()
    days.set(dayNumber(row.date ?? ''), Number(row.cum_confirmed))
    rows.set(code, days)
  }
  const last = dayNumber('2020-04-30')
  return [...rows].map(([code, days]) => {
    // A week of zeros in front: the series begins before the first case.
    const first = Math.min(...days.keys()) - 7
    const cumulative = new Float64Array(last - first + 1)
    let level = 0
    for (let day = first; day <= last; day += 1) {
      level = days.get(day) ?? level
      cumulative[day - first] = level
    }
    return { code, first, cumulative }
  })
}

/** New cases as they looked on the given day: later corrections are unknown, earlier ones taken back. */
export function knownOn(city: City, days: number): Float64Array {
  const daily = city.cumulative.slice(0, days).map((value, i, all) => value - (i === 0 ? 0 : (all[i - 1] ?? 0)))
  return redistributeCorrections(daily).counts
}

export interface Scores {
  pairs: number
  wins: number
  ties: number
  /** Days of each week ahead that the intervals held. */
  readonly covered: [number, number]
  /** Wins against persistence of the last week's mean. */
  smoothWins: number
  score: number
  baseline: number
}

export interface AllScores {
  /** City-dates whose data carry no forecast: refused. */
  refused: number
  /** Refused ones with any case in the two weeks after. */
  refusedWithCases: number
  /** Every city-date that is forecast. */
  readonly forecast: Scores
  /** Those with ten cases, three of them in the last week. */
  readonly active: Scores
}

const scores = (): Scores => ({ pairs: 0, wins: 0, ties: 0, covered: [0, 0], smoothWins: 0, score: 0, baseline: 0 })

export function scoreAll(every: number, model: Partial<ForecastModel>, draws = 300): AllScores {
  const totals: AllScores = { refused: 0, refusedWithCases: 0, forecast: scores(), active: scores() }
  for (const [index, city] of readCities().entries()) {
    const truth = knownOn(city, city.cumulative.length)
    for (let today = 10 + (index % every); today + HORIZON < truth.length; today += every) {
      const counts = knownOn(city, today + 1)
      const random = new RandomStream(today).split(city.code)
      const result = forecast({
        counts,
        serialInterval: { kind: 'parametric', mean: 5.2, sd: 4.1 },
        horizon: HORIZON,
        draws,
        seed: random.uint32(),
        model,
        asOf: '2020-04-30',
      })
      if (!result.ok) {
        totals.refused += 1
        if (truth.subarray(today + 1, today + 1 + HORIZON).some((count) => count > 0)) totals.refusedWithCases += 1
        continue
      }
      const baseline = persistenceForecast(counts, HORIZON, random, draws)
      // The same baseline around the last week's mean, for series whose single days jump.
      const lastWeek = counts.slice(-7).reduce((a, b) => a + b, 0)
      const shift = lastWeek / 7 - (counts[today] ?? 0)
      let own = 0
      let smooth = 0
      let other = 0
      const covered: [number, number] = [0, 0]
      result.days.forEach(({ quantiles, cases }, h) => {
        const observed = truth[today + 1 + h] ?? 0
        const persisting = baseline[h] ?? quantiles
        own += weightedIntervalScore(quantiles, observed) / HORIZON
        other += weightedIntervalScore(persisting, observed) / HORIZON
        smooth +=
          weightedIntervalScore(
            persisting.map((q) => Math.max(0, q + shift)),
            observed,
          ) / HORIZON
        if (cases.lower <= observed && observed <= cases.upper) covered[h < WEEK ? 0 : 1] += 1
      })
      const isActive = (city.cumulative[today] ?? 0) >= 10 && lastWeek >= 3
      for (const sum of isActive ? [totals.active, totals.forecast] : [totals.forecast]) {
        sum.pairs += 1
        sum.wins += own < other ? 1 : 0
        sum.smoothWins += own < smooth ? 1 : 0
        sum.ties += own === other ? 1 : 0
        sum.covered[0] += covered[0]
        sum.covered[1] += covered[1]
        sum.score += own
        sum.baseline += other
      }
    }
  }
  return totals
}

const rowsOf = (which: string, { pairs, covered, wins, smoothWins, ties, score, baseline }: Scores) => [
  { what: which, value: pairs, unit: 'pairs' },
  {
    what: 'the same: coverage of 95 % intervals',
    value: (covered[0] + covered[1]) / (HORIZON * pairs),
    unit: 'share',
    target: '0.90–0.98',
  },
  { what: 'the same: coverage in the first week', value: covered[0] / (WEEK * pairs), unit: 'share' },
  { what: 'the same: coverage in the second week', value: covered[1] / ((HORIZON - WEEK) * pairs), unit: 'share' },
  { what: 'the same: better weighted interval score than persistence', value: wins / pairs, unit: 'share', target: '≥ 0.60' },
  { what: 'the same: equal to it', value: ties / pairs, unit: 'share' },
  { what: 'the same: better than persistence of the week’s mean', value: smoothWins / pairs, unit: 'share' },
  { what: 'the same: mean score', value: score / pairs, unit: 'cases' },
  { what: 'the same: mean score of persistence', value: baseline / pairs, unit: 'cases' },
]

export function run() {
  if (!present(FILE)) return [{ what: `skipped: ${FILE} is not in ../shared/data/epi`, value: 0, unit: '' }]
  const before = process.cpuUsage()
  const { active, forecast: all, refused, refusedWithCases } = scoreAll(5, DEFAULT_MODEL)
  const used = process.cpuUsage(before)
  return [
    { what: 'city-dates refused: nobody known can infect', value: refused, unit: 'pairs' },
    { what: 'of these with any case in the next 14 days', value: refusedWithCases, unit: 'pairs' },
    ...rowsOf('all city-dates that are forecast', all),
    ...rowsOf('of these with 10 cases, 3 of them in the last week', active),
    { what: 'one forecast of 14 days, 300 draws, with scoring', value: (used.user + used.system) / 1000 / all.pairs, unit: 'ms CPU' },
  ]
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.table(run())
