// Scores the forecast on the daily reports of Chinese cities, January–April 2020, against persistence.
import { fileURLToPath } from 'node:url'
import { dayNumber } from '../../packages/analytics/src/epidemic/alerts/calendar.ts'
import {
  DEFAULT_MODEL,
  type ForecastModel,
  forecast,
  persistenceForecast,
  SCORED_LEVELS,
  weightedIntervalScore,
} from '../../packages/analytics/src/epidemic/forecast/index.ts'
import { redistributeCorrections } from '../../packages/analytics/src/epidemic/reproduction/index.ts'
import { present, readTable } from '../../packages/analytics/src/epidemic/reproduction/node/reference-data.ts'
import { RandomStream } from '../../packages/analytics/src/statistics/index.ts'

export const name = 'forecast'
const FILE = 'china_cities_daily_2020_01_04.csv.gz'
const HORIZON = 14

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
  covered: number
  points: number
  /** Days without a case, on dates with none in the week before: an interval that reaches zero holds them whatever it is. */
  sureDays: number
  quietDays: number
  /** Wins against persistence of the last week's mean. */
  smoothWins: number
  score: number
  baseline: number
}

export function scoreAll(every: number, model: Partial<ForecastModel>, draws = 300): Record<'active' | 'all', Scores> {
  const empty = (): Scores => ({
    pairs: 0,
    wins: 0,
    ties: 0,
    covered: 0,
    points: 0,
    sureDays: 0,
    quietDays: 0,
    smoothWins: 0,
    score: 0,
    baseline: 0,
  })
  const totals = { active: empty(), all: empty() }
  const lower = SCORED_LEVELS.indexOf(0.025)
  const upper = SCORED_LEVELS.indexOf(0.975)
  for (const [index, city] of readCities().entries()) {
    const truth = knownOn(city, city.cumulative.length)
    for (let today = 10 + (index % every); today + HORIZON < truth.length; today += every) {
      const counts = knownOn(city, today + 1)
      if ((city.cumulative[today] ?? 0) < 10) continue
      const active = counts.slice(-7).reduce((a, b) => a + b, 0) >= 3
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
      if (!result.ok) continue
      const baseline = persistenceForecast(counts, HORIZON, random, draws)
      // The same baseline around the last week's mean, for series whose single days jump.
      const level = counts.slice(-7).reduce((a, b) => a + b, 0) / 7
      const shift = level - (counts[today] ?? 0)
      let own = 0
      let smooth = 0
      let other = 0
      let covered = 0
      result.days.forEach(({ quantiles }, h) => {
        const observed = truth[today + 1 + h] ?? 0
        own += weightedIntervalScore(quantiles, observed) / HORIZON
        other += weightedIntervalScore(baseline[h] ?? quantiles, observed) / HORIZON
        smooth +=
          weightedIntervalScore(
            (baseline[h] ?? quantiles).map((q) => Math.max(0, q + shift)),
            observed,
          ) / HORIZON
        if ((quantiles[lower] ?? 0) <= observed && observed <= (quantiles[upper] ?? 0)) covered += 1
      })
      for (const sum of active ? [totals.active, totals.all] : [totals.all]) {
        sum.pairs += 1
        sum.wins += own < other ? 1 : 0
        sum.smoothWins += own < smooth ? 1 : 0
        sum.ties += own === other ? 1 : 0
        sum.covered += covered
        sum.points += HORIZON
        if (level === 0) {
          sum.quietDays += HORIZON
          sum.sureDays += truth.slice(today + 1, today + 1 + HORIZON).filter((count) => count === 0).length
        }
        sum.score += own
        sum.baseline += other
      }
    }
  }
  return totals
}

export function run() {
  if (!present(FILE)) return [{ what: `skipped: ${FILE} is not in ../shared/data/epi`, value: 0, unit: '' }]
  const before = process.cpuUsage()
  const { active, all } = scoreAll(5, DEFAULT_MODEL)
  const used = process.cpuUsage(before)
  return [
    { what: 'city-dates with 10 cases, 3 of them in the last week', value: active.pairs, unit: 'pairs' },
    { what: 'coverage of 95 % intervals on these', value: active.covered / active.points, unit: 'share', target: '0.90–0.98' },
    { what: 'better weighted interval score than persistence', value: active.wins / active.pairs, unit: 'share', target: '≥ 0.60' },
    { what: 'better than persistence of the week’s mean', value: active.smoothWins / active.pairs, unit: 'share' },
    { what: 'mean score', value: active.score / active.pairs, unit: 'cases' },
    { what: 'mean score of persistence', value: active.baseline / active.pairs, unit: 'cases' },
    { what: 'all city-dates with 10 cases, quiet ones too', value: all.pairs, unit: 'pairs' },
    { what: 'coverage of 95 % intervals on all', value: all.covered / all.points, unit: 'share' },
    { what: 'of these without a case in the last week', value: all.quietDays / all.points, unit: 'share' },
    { what: 'days after them without a case: no interval over zero covers less', value: all.sureDays / all.quietDays, unit: 'share' },
    { what: 'better on all', value: all.wins / all.pairs, unit: 'share' },
    { what: 'equal on all', value: all.ties / all.pairs, unit: 'share' },
    { what: 'one forecast of 14 days, 300 draws, with scoring', value: (used.user + used.system) / 1000 / all.pairs, unit: 'ms CPU' },
  ]
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.table(run())
