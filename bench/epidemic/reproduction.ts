// R of the Sichuan cities, certain and uncertain serial interval; worst errors and times against EpiEstim where its outputs are beside the repository.
import { fileURLToPath } from 'node:url'
import {
  estimateR,
  redistributeCorrections,
  sampleSerialIntervals,
  wallingaTeunis,
} from '../../packages/analytics/src/epidemic/reproduction/index.ts'
import { numbers, present, readJson, readTable } from '../../packages/analytics/src/epidemic/reproduction/node/reference-data.ts'
import { RandomStream } from '../../packages/analytics/src/statistics/index.ts'

export const name = 'reproduction'

interface Row {
  readonly what: string
  readonly value: number
  readonly unit: string
  readonly target?: string
}

/** 21 series of 100 days: the Sichuan cities where present, else simulated ones of like size. */
function series(): Float64Array[] {
  if (present('sichuan_cities_daily_2020_01_04.csv')) {
    const cities = new Map<string, number[]>()
    for (const row of readTable('sichuan_cities_daily_2020_01_04.csv')) {
      const counts = cities.get(row.city_code ?? '') ?? []
      counts.push(Number(row.new_confirmed))
      cities.set(row.city_code ?? '', counts)
    }
    return [...cities.values()]
      .map((counts) => redistributeCorrections(counts.slice(0, 100)).counts)
      .filter((counts) => counts.some((c) => c > 0))
  }
  const random = new RandomStream(1)
  return Array.from({ length: 21 }, () =>
    Float64Array.from({ length: 100 }, (_, day) => random.poisson(8 * Math.exp(-(((day - 15) / 10) ** 2)))),
  )
}

/** The least CPU milliseconds of some repetitions, after one to warm up. */
function cpuMilliseconds(work: () => unknown, repetitions = 5): number {
  work()
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < repetitions; i += 1) {
    const before = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(before)
    least = Math.min(least, (user + system) / 1000)
  }
  return least
}

const asOf = '2020-04-30'

export function run(): Row[] {
  const cities = series()
  const rows: Row[] = []
  const parametric = { kind: 'parametric', mean: 5.2, sd: 4.1 } as const
  const certain = cpuMilliseconds(() => cities.map((local) => estimateR({ cases: { local }, serialInterval: parametric, asOf })))
  rows.push({ what: `R, parametric, ${cities.length} cities × 100 days`, value: certain, unit: 'ms CPU', target: '< 50' })
  const doubt = { mean: 5.2, sdOfMean: 0.8, minMean: 3.5, maxMean: 7, sd: 4.1, sdOfSd: 0.5, minSd: 3, maxSd: 5 }
  const samples = sampleSerialIntervals(doubt, 100, 100, new RandomStream(2))
  const uncertain = cpuMilliseconds(
    () => cities.map((local) => estimateR({ cases: { local }, serialInterval: { kind: 'uncertain', samples }, asOf })),
    2,
  )
  rows.push({
    what: `R, 100 draws of the serial interval, ${cities.length} cities × 100 days`,
    value: uncertain,
    unit: 'ms CPU',
    target: '< 1500',
  })
  const cohort = cpuMilliseconds(() => cities.map((local) => wallingaTeunis({ cases: { local }, serialInterval: parametric, asOf })))
  rows.push({ what: `case reproduction numbers, ${cities.length} cities × 100 days`, value: cohort, unit: 'ms CPU' })
  return present('epiestim/index.json') ? [...rows, ...besideEpiEstim()] : rows
}

interface Run {
  readonly config: { readonly t_start: number[]; readonly t_end: number[]; readonly mean_si: number; readonly std_si: number }
  readonly I_local: number[]
  readonly I_imported: number[]
  readonly elapsed_s: number
}

/** The same calls as EpiEstim's recorded ones: how often faster, on this machine's CPU time against the recorded elapsed time. */
function besideEpiEstim(): Row[] {
  const rows: Row[] = []
  for (const data of ['Flu1918', 'SARS2003', 'Flu2009', 'MockRotavirus']) {
    const certain = readJson<Run>(`epiestim/parametric__${data}__w7.json`)
    const windows = certain.config.t_start.map((start, i) => ({ start, end: certain.config.t_end[i] ?? start }))
    const cases = { local: certain.I_local, imported: certain.I_imported }
    const parametric = { kind: 'parametric', mean: certain.config.mean_si, sd: certain.config.std_si } as const
    const milliseconds =
      cpuMilliseconds(() => {
        for (let i = 0; i < 20; i += 1) estimateR({ cases, serialInterval: parametric, windows, asOf })
      }) / 20
    rows.push({
      what: `${data}: parametric, times faster than EpiEstim`,
      value: (certain.elapsed_s * 1000) / milliseconds,
      unit: '×',
      target: '≥ 20',
    })
    const doubtful = readJson<Run>(`epiestim/uncertain__${data}__w7.json`)
    const table = readTable(`epiestim/uncertain__${data}__w7_si_samples.csv`)
    const samples = Object.keys(table[0] ?? {}).map((column) => numbers(table, column))
    const mixture = cpuMilliseconds(() => estimateR({ cases, serialInterval: { kind: 'uncertain', samples }, windows, asOf }), 3)
    rows.push({
      what: `${data}: uncertain, ${samples.length} draws, times faster than EpiEstim`,
      value: (doubtful.elapsed_s * 1000) / mixture,
      unit: '×',
      target: '≥ 100',
    })
  }
  return rows
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.table(run())
