/**
 * Honest scores of the forecast: its constants are chosen on some provinces and scored on others (three folds), and the constants as
 * shipped are scored on outbreaks that had no part in choosing them.
 */
import { fileURLToPath } from 'node:url'
import {
  DEFAULT_MODEL,
  type ForecastModel,
  forecast,
  persistenceForecast,
  weightedIntervalScore,
} from '../../packages/analytics/src/epidemic/forecast/index.ts'
import type { SerialInterval } from '../../packages/analytics/src/epidemic/reproduction/index.ts'
import { numbers, present, readJson, readTable } from '../../packages/analytics/src/epidemic/reproduction/node/reference-data.ts'
import { RandomStream } from '../../packages/analytics/src/statistics/index.ts'
import { type City, knownOn, readCities } from './forecast.ts'

export const name = 'forecast, held out'
const HORIZON = 14
const COVID = { kind: 'parametric', mean: 5.2, sd: 4.1 } as const
type Interval = Exclude<SerialInterval, { readonly kind: 'uncertain' }>

interface Tally {
  pairs: number
  wins: number
  covered: number
  /** Sum of the logarithms of score over persistence's score: the scale of a city does not matter. */
  skill: number
}

const empty = (): Tally => ({ pairs: 0, wins: 0, covered: 0, skill: 0 })

function add(sum: Tally, counts: ArrayLike<number>, truth: ArrayLike<number>, interval: Interval, model: Partial<ForecastModel>): void {
  const today = counts.length - 1
  const result = forecast({ counts, serialInterval: interval, horizon: HORIZON, draws: 200, seed: today + 1, model, asOf: '2020-04-30' })
  if (!result.ok) return
  const baseline = persistenceForecast(counts, HORIZON, new RandomStream(today), 200)
  let own = 0
  let other = 0
  result.days.forEach(({ quantiles, cases }, h) => {
    const observed = truth[today + 1 + h] ?? 0
    own += weightedIntervalScore(quantiles, observed)
    other += weightedIntervalScore(baseline[h] ?? quantiles, observed)
    if (cases.lower <= observed && observed <= cases.upper) sum.covered += 1 / HORIZON
  })
  sum.pairs += 1
  sum.wins += own < other ? 1 : 0
  sum.skill += Math.log((own + 0.1) / (other + 0.1))
}

const FOLDS = 3
/** Provinces are whole within a fold: neighbouring cities share their measures. */
const foldOf = (code: string) => (Number.isNaN(Number(code.slice(0, 2))) ? 0 : Number(code.slice(0, 2)) % FOLDS)

/** Candidates spread widely, none of them the constants as shipped. */
function candidates(): Partial<ForecastModel>[] {
  const list: Partial<ForecastModel>[] = []
  for (const response of [0, 0.1, 0.3])
    for (const dailySd of [0.05, 0.15])
      for (const size of [2, 8]) for (const trendShare of [0.2, 0.8]) list.push({ response, dailySd, size, trendShare })
  return list
}

function byFold(cities: readonly City[], model: Partial<ForecastModel>, every: number): Tally[] {
  const folds = Array.from({ length: FOLDS }, empty)
  for (const [index, city] of cities.entries()) {
    const truth = knownOn(city, city.cumulative.length)
    const fold = folds[foldOf(city.code)]
    for (let today = 10 + (index % every); fold !== undefined && today + HORIZON < truth.length; today += every) {
      if ((city.cumulative[today] ?? 0) < 10) continue
      const counts = knownOn(city, today + 1)
      if (counts.slice(-7).reduce((a, b) => a + b, 0) >= 3) add(fold, counts, truth, COVID, model)
    }
  }
  return folds
}

const merged = (tallies: readonly Tally[]): Tally =>
  tallies.reduce(
    (sum, one) => ({
      pairs: sum.pairs + one.pairs,
      wins: sum.wins + one.wins,
      covered: sum.covered + one.covered,
      skill: sum.skill + one.skill,
    }),
    empty(),
  )

/** The best skill among those whose intervals keep their word where they are chosen. */
function choose(tables: readonly (readonly Tally[])[], heldOut: number): number {
  let best = 0
  let least = Number.POSITIVE_INFINITY
  tables.forEach((folds, candidate) => {
    const { pairs, covered, skill } = merged(folds.filter((_, fold) => fold !== heldOut))
    const lapse = Math.max(0, 0.9 - covered / pairs, covered / pairs - 0.98)
    if (skill / pairs + 100 * lapse < least) {
      least = skill / pairs + 100 * lapse
      best = candidate
    }
  })
  return best
}

const report = (what: string, { pairs, wins, covered, skill }: Tally) => [
  { what: `${what}: pairs`, value: pairs, unit: 'pairs' },
  { what: `${what}: coverage of 95 % intervals`, value: covered / pairs, unit: 'share', target: '0.90–0.98' },
  { what: `${what}: better than persistence`, value: wins / pairs, unit: 'share', target: '≥ 0.60' },
  { what: `${what}: score / persistence's, geometric mean`, value: Math.exp(skill / pairs), unit: 'ratio' },
]

function outbreak(counts: readonly number[], interval: Interval, model: Partial<ForecastModel>): Tally {
  const sum = empty()
  for (let today = 10; today + HORIZON < counts.length; today += 3) {
    const known = counts.slice(0, today + 1)
    if (known.reduce((a, b) => a + b, 0) >= 10 && known.slice(-7).reduce((a, b) => a + b, 0) >= 3) add(sum, known, counts, interval, model)
  }
  return sum
}

export function run(every = 9) {
  if (!present('china_cities_daily_2020_01_04.csv.gz')) return [{ what: 'skipped: no series in ../shared/data/epi', value: 0, unit: '' }]
  const cities = readCities()
  const models = candidates()
  const tables = models.map((model) => byFold(cities, model, every))
  const chosen = Array.from({ length: FOLDS }, (_, fold) => choose(tables, fold))
  const rows: { what: string; value: number | string; unit: string; target?: string }[] = []
  chosen.forEach((candidate, fold) => {
    const held = tables[candidate]?.[fold] ?? empty()
    rows.push({ what: `fold ${fold + 1}: chosen on the others`, value: JSON.stringify(models[candidate]), unit: '' })
    rows.push(...report(`fold ${fold + 1} held out`, held))
  })
  rows.push(...report('all folds held out', merged(chosen.map((candidate, fold) => tables[candidate]?.[fold] ?? empty()))))
  rows.push(...report('constants as shipped, same pairs', merged(byFold(cities, DEFAULT_MODEL, every))))
  const inputs =
    readJson<Record<string, { readonly incidence: { readonly I: number[] }; readonly si_distr?: number[] }>>('epiestim/inputs.json')
  for (const label of ['Flu1918', 'Flu2009', 'SARS2003']) {
    const input = inputs[label]
    if (input?.si_distr === undefined) continue
    const interval = { kind: 'nonParametric', weights: input.si_distr } as const
    rows.push(...report(`${label}, constants as shipped`, outbreak(input.incidence.I, interval, {})))
    rows.push(...report(`${label}, without the answer to growth`, outbreak(input.incidence.I, interval, { response: 0 })))
  }
  const british = numbers(readTable('other/input_covid_uk_2020H1.csv'), 'cases')
  rows.push(...report('United Kingdom 2020, constants as shipped', outbreak(british, COVID, {})))
  rows.push(...report('United Kingdom 2020, without the answer to growth', outbreak(british, COVID, { response: 0 })))
  return rows
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.table(run())
