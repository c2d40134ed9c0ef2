import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  discretisedSerialInterval,
  estimateR,
  type SerialInterval,
  totalInfectivity,
  type WindowEstimate,
  wallingaTeunis,
} from './index.ts'
import { numbers, REFERENCE_FOLDER, readJson, readTable, SKIP_REASON, type Table } from './node/reference-data.ts'

interface Run {
  readonly config: {
    readonly t_start: number[] | number
    readonly t_end: number[] | number
    readonly mean_si?: number
    readonly std_si?: number
    readonly si_distr?: number[]
    readonly mean_prior: number
    readonly std_prior: number
  }
  readonly method: string
  readonly I_local: number[]
  readonly I_imported: number[]
  readonly si_distr?: number[]
}

const COLUMNS = [
  'Mean(R)',
  'Std(R)',
  'Quantile.0.025(R)',
  'Quantile.0.05(R)',
  'Quantile.0.25(R)',
  'Median(R)',
  'Quantile.0.75(R)',
  'Quantile.0.95(R)',
  'Quantile.0.975(R)',
]
const MIXTURE = ['mean', 'sd', 'q025', 'q05', 'q25', 'q50', 'q75', 'q95', 'q975']
const files = SKIP_REASON === '' ? readdirSync(`${REFERENCE_FOLDER}/epiestim`) : []
const list = (value: number[] | number) => (Array.isArray(value) ? value : [value])

function nine(window: WindowEstimate): number[] {
  const p = window.posterior
  return p === null ? [] : [p.mean, p.sd, p.q025, p.q05, p.q25, p.median, p.q75, p.q95, p.q975]
}

/** The largest relative error over all columns; fails where one side is missing and the other is not. */
function compare(windows: readonly WindowEstimate[], table: Table, names: readonly string[]): number {
  expect(windows.length).toBe(table.length)
  let worst = 0
  const wanted = names.map((name) => numbers(table, name))
  windows.forEach((window, row) => {
    const got = nine(window)
    const first = wanted[0]?.[row] ?? Number.NaN
    expect(got.length === 0, `window ${window.start}–${window.end}`).toBe(Number.isNaN(first))
    got.forEach((value, column) => {
      const want = wanted[column]?.[row] ?? Number.NaN
      worst = Math.max(worst, Math.abs(value / want - 1))
    })
  })
  return worst
}

function estimateOf(run: Run, serialInterval: SerialInterval) {
  const starts = list(run.config.t_start)
  const ends = list(run.config.t_end)
  const result = estimateR({
    cases: { local: run.I_local, imported: run.I_imported },
    serialInterval,
    windows: starts.map((start, i) => ({ start, end: ends[i] ?? start })),
    prior: { mean: run.config.mean_prior, sd: run.config.std_prior },
    asOf: '2020-01-01',
  })
  if (!result.ok) throw new Error(result.refusal.en)
  return result.windows
}

/** Mean and standard deviation of the serial interval that the parametric runs used. */
function moments(name: string): [number, number] {
  const { config } = readJson<Run>(`epiestim/parametric__${name}__w7.json`)
  return [config.mean_si ?? 0, config.std_si ?? 0]
}

describe.skipIf(SKIP_REASON !== '')(`against EpiEstim 2.2.4 ${SKIP_REASON}`, () => {
  it('equals the discretised serial intervals', () => {
    const table = readTable('epiestim/helper_discr_si.csv')
    const [mu, sigma, k, w] = ['mu', 'sigma', 'k', 'w'].map((name) => numbers(table, name))
    let worst = 0
    mu?.forEach((mean, i) => {
      const weights = discretisedSerialInterval(mean, sigma?.[i] ?? 0, 100)
      worst = Math.max(worst, Math.abs((weights[k?.[i] ?? 0] ?? 0) - (w?.[i] ?? 0)))
    })
    // The reference's own tail carries rounding of a few 1e-14.
    expect(worst).toBeLessThan(1e-12)
  })
  it('equals the infection pressure', () => {
    for (const name of ['Flu1918', 'SARS2003', 'Flu2009']) {
      const table = readTable(`epiestim/helper_overall_infectivity__${name}.csv`)
      const pressure = totalInfectivity(numbers(table, 'I'), discretisedSerialInterval(...moments(name), table.length))
      numbers(table, 'lambda').forEach((want, day) => {
        if (!Number.isNaN(want)) expect(Math.abs((pressure[day] ?? 0) - want)).toBeLessThanOrEqual(1e-11 * Math.max(1, want))
      })
    }
  })
  const certain = files.filter((file) => /^(imported_)?(non)?parametric.*\.json$/.test(file))
  it.each(certain)('%s: nine columns, the same windows missing', (file) => {
    const run = readJson<Run>(`epiestim/${file}`)
    const serialInterval: SerialInterval =
      run.method === 'parametric_si'
        ? { kind: 'parametric', mean: run.config.mean_si ?? 0, sd: run.config.std_si ?? 0 }
        : { kind: 'nonParametric', weights: run.config.si_distr ?? run.si_distr ?? [] }
    const worst = compare(estimateOf(run, serialInterval), readTable(`epiestim/${file.replace('.json', '_R.csv')}`), COLUMNS)
    if (process.env.SHOW_ERRORS) console.log(file, worst)
    expect(worst).toBeLessThan(1e-9)
  })
  const doubtful = files.filter((file) => file.endsWith('_exact_mixture_meanSIrule.csv'))
  it.each(doubtful)('%s: the exact mixture', (file) => {
    const name = file.replace('_exact_mixture_meanSIrule.csv', '')
    const run = readJson<Run>(`epiestim/${name}.json`)
    const table = readTable(`epiestim/${name}_si_samples.csv`)
    const samples = Object.keys(table[0] ?? {}).map((column) => numbers(table, column))
    const windows = estimateOf(run, { kind: 'uncertain', samples })
    const wanted = readTable(`epiestim/${file}`)
    const worst = compare(windows, wanted, MIXTURE)
    if (process.env.SHOW_ERRORS) console.log(file, worst)
    expect(worst).toBeLessThan(1e-9)
    expect(windows.map((w) => w.posterior?.intervalsUsed ?? 0)).toEqual(numbers(wanted, 'n_si_used'))
  })
  const teunis = files.filter((file) => file.startsWith('wallinga_teunis__'))
  it.each(teunis)('%s: means', (file) => {
    const name = file.split('__')[1] ?? ''
    const input = readJson<Record<string, { incidence: { I: number[] } }>>('epiestim/inputs.json')[name]
    const [mean, sd] = moments(name)
    const table = readTable(`epiestim/${file}`)
    const starts = numbers(table, 't_start')
    const ends = numbers(table, 't_end')
    const result = wallingaTeunis({
      cases: { local: input?.incidence.I ?? [] },
      serialInterval: { kind: 'parametric', mean, sd },
      windows: starts.map((start, i) => ({ start, end: ends[i] ?? start })),
      asOf: '2020-01-01',
    })
    if (!result.ok) throw new Error(result.refusal.en)
    numbers(table, 'Mean(R)').forEach((want, i) => {
      const got = result.windows[i]?.mean ?? Number.NaN
      if (!Number.isNaN(want)) expect(Math.abs(got - want)).toBeLessThan(1e-9 * Math.max(1, want))
    })
  })
  it.each(['Bazhong', 'Dazhou'])('%s, the real series', (city) => {
    const series = readTable('sichuan_cities_daily_2020_01_04.csv').filter((row) => row.city_en === city)
    const table = readTable(`other/epiestim_${city}_si5.2_4.1_w7.csv`)
    const dates = series.map((row) => row.date ?? '')
    const counts = numbers(series, 'new_confirmed')
    // The reference run starts on the day whose seventh window day is the table's first date.
    const from = dates.indexOf(table[0]?.date_end ?? '') - Number(table[0]?.t_end) + 1
    const local = counts.slice(from).map((count) => Math.max(0, count))
    const result = estimateR({ cases: { local }, serialInterval: { kind: 'parametric', mean: 5.2, sd: 4.1 }, asOf: dates.at(-1) ?? '' })
    if (!result.ok) throw new Error(result.refusal.en)
    expect(compare(result.windows.slice(0, table.length), table, COLUMNS)).toBeLessThan(1e-9)
  })
})
