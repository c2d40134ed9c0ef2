/** Kulldorff's scan statistic: are there more cases together than chance would put there? */
import { demand, demandLevel, type Interval, type Outcome, type Provenance, provenanceOf, refuse } from '../../outcome.ts'
import { betaQuantile, betaSurvivalQuantile, RandomStream } from '../../statistics/index.ts'
import { type Cylinder, CylinderScan, likeliestCylinder, type ScanTable } from './cylinders.ts'
import { limitByPopulation, type Neighbourhoods } from './neighbourhoods.ts'
import { permuteDays, type Replicate, spreadCases } from './replicates.ts'
import { dailyWeights, demandCases, demandExpectations, demandScanOptions, spaceTimeTable, sumOf } from './scan-table.ts'

export interface ScanOptions {
  readonly asOf: string
  readonly seed: number
  /**
   * Replicates under the null hypothesis; 9,999 by default, which brings p to ±0.01 at two standard errors wherever it lies. 0 leaves out
   * every p-value.
   */
  readonly replicates?: number
  /** Largest zone as a share of the population; 0.5 by default. */
  readonly maximalShare?: number
  /** How many further clusters, sharing no place with stronger ones, to report; 5 by default. */
  readonly secondaries?: number
  readonly level?: number
}

export interface Cluster {
  /** Members in order of distance from the centre, the centre first. */
  readonly members: readonly number[]
  readonly centre: number
  /** First and last day of the window, counted from 0; null for a purely spatial scan. */
  readonly firstDay: number | null
  readonly lastDay: number | null
  readonly cases: number
  readonly expected: number
  readonly llr: number
  /** Risk inside over risk outside, exact interval given the total; not widened for having looked everywhere (the p-value is). */
  readonly relativeRisk: Interval
  /** (1 + replicates at least as extreme) / (1 + replicates); null without replicates. */
  readonly p: number | null
  /** Standard error that p has from the number of replicates alone, √(p (1 − p) / replicates); null without replicates. */
  readonly pStandardError: number | null
  /** From a Gumbel law fitted to the replicates (A. Abrams, K. Kleinman, M. Kulldorff 2010, doi:10.1186/1476-072X-9-61): tells small p-values apart. */
  readonly gumbelP: number | null
  /** 1 / p: days between such signals by chance if the scan is run once a day; by the Gumbel law where no replicate comes near. */
  readonly recurrenceInterval: number | null
}

export interface ScanResult {
  /** Strongest first; the first is the likeliest cluster. Empty if nowhere has more than expected. */
  readonly clusters: readonly Cluster[]
  readonly total: number
  readonly replicates: number
  /** Ratio that 95 % of the replicates stay below; null without replicates. */
  readonly critical95: number | null
}

/** 2 √(¼ / 9,999) = 0.01. */
export const DEFAULT_REPLICATES = 9999

/**
 * Purely spatial scan with the Poisson model (M. Kulldorff 1997, doi:10.1080/03610929708831995). Zones are the nearest neighbours of each place;
 * a zone with c cases of C where e were expected has the log likelihood ratio c ln(c / e) + (C − c) ln((C − c) / (C − e)) if c > e, else 0.
 * p of the greatest is its rank among the greatest of the replicates, in which the C cases fall on the places in proportion to e.
 *
 * @param data.neighbourhoods From `orderByDistance`, one entry a place; all columns are in its order.
 * @param data.cases Cases of each place, whole.
 * @param data.population People of each place; limits the zones, and is the expectation when `expected` is left out.
 * @param data.expected Expected cases (age-adjusted, say) on any scale; scaled to the total of the cases.
 * @returns Clusters, strongest first, with members as positions of places. Refuses `too-few-cases` below 2 and `too-few-places` below 2.
 * @throws InputError `scan-ragged`, `scan-cases`, `too-many-cases`, `replicates`, `maximal-share`, `expectation-missing`, `place-without-population`, `too-many-cylinders`, `level`, `as-of`.
 */
export function scanSpatial(
  data: {
    readonly neighbourhoods: Neighbourhoods
    readonly cases: ArrayLike<number>
    readonly population: ArrayLike<number>
    readonly expected?: ArrayLike<number>
  },
  options: ScanOptions,
): Outcome<ScanResult> {
  const provenance = provenanceOf('Kulldorff spatial scan, Poisson (doi:10.1080/03610929708831995)', options.asOf)
  demandLevel(options.level ?? 0.95)
  demandScanOptions(options.replicates ?? DEFAULT_REPLICATES, options.maximalShare ?? 0.5)
  const places = data.neighbourhoods.neighbours.length
  const weights = data.expected ?? data.population
  demand(
    data.cases.length === places && weights.length === places,
    'scan-ragged',
    '病例数、期望数与地区数不一致',
    'Cases, expectations and places differ in number',
  )
  demandCases(data.cases)
  const counts = Int32Array.from(data.cases)
  const total = counts.reduce((sum, n) => sum + n, 0)
  const thin = tooThin(provenance, total, places)
  if (thin !== null) return thin
  const scale = total / sumOf(weights)
  const expected = Float64Array.from(weights, (weight) => weight * scale)
  const table: ScanTable = { places, windows: 1, total, counts, expected }
  demandExpectations(table, (place) => counts[place] as number)
  const zones = limitByPopulation(data.neighbourhoods, data.population, options.maximalShare ?? 0.5)
  return judge(provenance, zones, table, spreadCases(table, expected, 1), options, null)
}

/**
 * Prospective space-time scan: cylinders of the last 1 … `maximalDays` days.
 *
 * Model `poisson`: expectation proportional to population and time, e = C × share of population × days / all days. Model `permutation` (M.
 * Kulldorff et al. 2005, doi:10.1371/journal.pmed.0020059): needs no population; e = Σ (cases of the place) × (cases of the days) / C, so
 * an outbreak everywhere at once is no cluster.
 *
 * @param counts Cases by place and day, row by row; the last day is today. Negative corrections are refused: settle them first.
 * @param population Population of each place; limits the zones in both models. For `permutation` it may be left out: the cases limit them
 *   then.
 * @returns Refuses `too-few-cases`, `too-few-places`, `too-few-days` (the windows must leave at least one day to compare with).
 * @throws InputError for counts, populations or options that no scan can use: `scan-ragged`, `scan-count-invalid`, `population-missing`,
 *   `population-negative`, `place-without-population`, `too-many-cases`, `too-many-cylinders`, `replicates`, `maximal-share`, `as-of`.
 */
export function scanSpaceTime(
  data: { readonly neighbourhoods: Neighbourhoods; readonly counts: readonly ArrayLike<number>[]; readonly population?: ArrayLike<number> },
  options: ScanOptions & { readonly model: 'poisson' | 'permutation'; readonly maximalDays?: number },
): Outcome<ScanResult> {
  const permutation = options.model === 'permutation'
  const method = permutation
    ? 'Kulldorff space-time permutation scan (doi:10.1371/journal.pmed.0020059)'
    : 'Kulldorff prospective space-time scan, Poisson (doi:10.1111/1467-985X.00186)'
  const provenance = provenanceOf(method, options.asOf)
  demandLevel(options.level ?? 0.95)
  demandScanOptions(options.replicates ?? DEFAULT_REPLICATES, options.maximalShare ?? 0.5)
  const prepared = spaceTimeTable(data, options.model, options.maximalDays ?? 7)
  const { table, days, placeTotals } = prepared
  const thin = tooThin(provenance, table.total, table.places)
  if (thin !== null) return thin
  if (days <= table.windows)
    return refuse(
      provenance,
      'too-few-days',
      `只有 ${days} 天数据，不足以与 ${table.windows} 天窗口比较`,
      `${days} days of data leave nothing to compare windows of ${table.windows} days with`,
    )
  if (!permutation) demandExpectations(table, (place) => placeTotals[place] as number)
  const zones = limitByPopulation(data.neighbourhoods, data.population ?? placeTotals, options.maximalShare ?? 0.5)
  const replicate = permutation ? permuteDays(data.counts, table.windows) : spreadCases(table, dailyWeights(table, days), days)
  return judge(provenance, zones, table, replicate, options, days)
}

function tooThin(provenance: Provenance, total: number, places: number) {
  if (total < 2) return refuse(provenance, 'too-few-cases', `只有 ${total} 例，无法做聚集性扫描`, `${total} cases are too few for a scan`)
  if (places < 2) return refuse(provenance, 'too-few-places', '至少需要两个地区才能比较', 'At least two places are needed to compare')
  return null
}

function judge(
  provenance: Provenance,
  zones: Neighbourhoods,
  table: ScanTable,
  replicate: Replicate,
  options: ScanOptions,
  days: number | null,
): Outcome<ScanResult> {
  const taken = new Set<number>()
  const found: Cylinder[] = []
  for (let k = 0; k <= (options.secondaries ?? 5); k += 1) {
    const best = likeliestCylinder(zones, table, (place) => taken.has(place))
    if (best === null) break
    found.push(best)
    for (const place of membersOf(zones, best)) taken.add(place)
  }
  const replicates = options.replicates ?? DEFAULT_REPLICATES
  const maxima = new Float64Array(replicates)
  if (found.length > 0 && replicates > 0) {
    const scan = new CylinderScan(zones, table)
    const random = new RandomStream(options.seed)
    const counts = new Int32Array(table.counts.length)
    for (let k = 0; k < replicates; k += 1) {
      replicate(random, counts)
      maxima[k] = scan.maximum(counts)
    }
    maxima.sort()
  }
  const clusters = found.map((cylinder) => describe(cylinder, zones, table, maxima, options, days))
  const critical95 = replicates === 0 || found.length === 0 ? null : (maxima[Math.ceil(0.95 * (replicates + 1)) - 1] ?? null)
  return { ...provenance, ok: true, clusters, total: table.total, replicates, critical95 }
}

function membersOf({ neighbours }: Neighbourhoods, { centre, size }: Cylinder): number[] {
  return [...(neighbours[centre] as Uint32Array).subarray(0, size)]
}

function describe(
  cylinder: Cylinder,
  zones: Neighbourhoods,
  table: ScanTable,
  maxima: Float64Array,
  options: ScanOptions,
  days: number | null,
): Cluster {
  const { cases, expected, llr, centre, window } = cylinder
  const replicates = maxima.length
  // Counts are whole, so ties with replicates are real; the tabulated ratio may differ from the direct one in the last digits.
  const exceeding = maxima.filter((maximum) => maximum >= llr - 1e-9 * Math.max(1, llr)).length
  const p = replicates === 0 ? null : (1 + exceeding) / (1 + replicates)
  const gumbelP = replicates < 2 ? null : gumbelTail(maxima, llr)
  return {
    members: membersOf(zones, cylinder),
    centre,
    firstDay: days === null ? null : days - 1 - window,
    lastDay: days === null ? null : days - 1,
    cases,
    expected,
    llr,
    relativeRisk: relativeRisk(cases, expected, table.total, options.level ?? 0.95),
    p,
    pStandardError: p === null ? null : Math.sqrt((p * (1 - p)) / replicates),
    gumbelP,
    recurrenceInterval: days === null || p === null ? null : 1 / (exceeding === 0 ? (gumbelP ?? p) : p),
  }
}

/** Upper tail of a Gumbel law fitted by moments. */
function gumbelTail(maxima: Float64Array, value: number): number {
  const mean = sumOf(maxima) / maxima.length
  const variance = maxima.reduce((sum, maximum) => sum + (maximum - mean) ** 2, 0) / (maxima.length - 1)
  const scale = Math.sqrt(6 * variance) / Math.PI
  if (scale === 0) return value > mean ? 0 : 1
  const eulerMascheroni = 0.577_215_664_901_532_9
  return -Math.expm1(-Math.exp(-(value - mean + eulerMascheroni * scale) / scale))
}

function relativeRisk(cases: number, expected: number, total: number, level: number): Interval {
  const base = expected / (total - expected)
  const tail = (1 - level) / 2
  const odds = (share: number) => (share >= 1 ? Number.POSITIVE_INFINITY : share / (1 - share) / base)
  return {
    estimate: odds(cases / total),
    lower: odds(cases === 0 ? 0 : betaQuantile(tail, cases, total - cases + 1)),
    upper: odds(cases === total ? 1 : betaSurvivalQuantile(tail, cases + 1, total - cases)),
    level,
  }
}
