// Reproduction numbers: EpiEstim on new series, all nine columns and the missing windows.
import {
  discretisedSerialInterval,
  estimateR,
  type SerialInterval,
  sampleSerialIntervals,
  type WindowEstimate,
  wallingaTeunis,
} from '../../../packages/analytics/src/epidemic/reproduction/index.ts'
import { RandomStream } from '../../../packages/analytics/src/statistics/index.ts'
import { type Cells, difference, figure, milliseconds, type Question, type Row } from './question.ts'
import { type CaseSeries, caseSeries } from './series.ts'

const NINE = [
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
const asOf = '2020-04-30'
const INTERVALS: readonly (readonly [number, number])[] = [
  [5.2, 4.1],
  [2.6, 1.5],
  [8.4, 3.8],
  [14.2, 9.6],
]

const file = (series: CaseSeries) => ({
  [`${series.name}.csv`]: `local,imported\n${series.local.map((count, day) => `${count},${series.imported[day] ?? 0}`).join('\n')}\n`,
})

function nine(window: WindowEstimate | undefined): number[] {
  const p = window?.posterior
  return p === null || p === undefined
    ? new Array<number>(9).fill(Number.NaN)
    : [p.mean, p.sd, p.q025, p.q05, p.q25, p.median, p.q75, p.q95, p.q975]
}

function worstOf(windows: readonly WindowEstimate[], table: Cells, columns: readonly string[]): number {
  let worst = windows.length === table.length ? 0 : Number.POSITIVE_INFINITY
  for (const [row, cells] of table.entries())
    for (const [k, got] of nine(windows[row]).entries()) worst = Math.max(worst, difference(got, figure(cells[columns[k] ?? ''])))
  return worst
}

export function reproductionQuestions(seed: number): Question[] {
  const all = caseSeries(seed)
  return all.flatMap((series, k) => {
    const [mean = 5.2, sd = 4.1] = INTERVALS[k % INTERVALS.length] ?? []
    return [
      ...[3, 7].map((width) => certain(series, mean, sd, width)),
      ownWeights(series, seed),
      // EpiEstim draws the intervals within its call: so does the library here. First few draws, then EpiEstim's own default sizes.
      ...(series.local.length > 200 ? [] : [mixture(series, mean, sd, seed), drawn(series, mean, sd, 40, 100)]),
      ...(series.local.length > 60 ? [] : [drawn(series, mean, sd, 500, 50)]),
      // EpiEstim draws every case's infector: series of millions are beyond it.
      ...(series.local.reduce((a, b) => a + b, 0) < 20_000 ? [teunis(series, mean, sd)] : []),
      discretised(`${series.name}-discretised`, mean + 0.37 * seed, sd),
    ]
  })
}

function windowsOf(series: CaseSeries, width: number) {
  return Array.from({ length: series.local.length - width }, (_, k) => ({ start: k + 2, end: k + 1 + width }))
}

function ask(series: CaseSeries, serialInterval: SerialInterval, width: number) {
  const result = estimateR({
    cases: { local: series.local, imported: series.imported },
    serialInterval,
    windows: windowsOf(series, width),
    asOf,
  })
  if (!result.ok) throw new Error(result.refusal.en)
  return result.windows
}

const gain = (what: string, task: string, seconds: ReadonlyMap<string, number>, own: number, target: string): Row => ({
  what: `${what}: times faster than EpiEstim`,
  value: ((seconds.get(task) ?? Number.NaN) * 1000) / own,
  unit: '×',
  target,
})

function certain(series: CaseSeries, mean: number, sd: number, width: number): Question {
  const task = `${series.name}-parametric-${width}`
  const serialInterval = { kind: 'parametric', mean, sd } as const
  return {
    task,
    kind: 'parametric',
    series: series.name,
    mean,
    sd,
    window: width,
    files: file(series),
    compare: (read, seconds) => [
      {
        what: 'R, parametric: nine columns',
        value: worstOf(ask(series, serialInterval, width), read(`${task}.csv`), NINE),
        unit: '',
        target: '≤ 1e-9',
      },
      gain(
        'R, parametric',
        task,
        seconds,
        milliseconds(() => ask(series, serialInterval, width), 20),
        '≥ 20',
      ),
    ],
  }
}

function ownWeights(series: CaseSeries, seed: number): Question {
  const task = `${series.name}-weights`
  const random = new RandomStream(seed + series.local.length)
  const raw = [0, ...Array.from({ length: 12 }, () => random.gamma(1, 1))]
  const sum = raw.reduce((a, b) => a + b, 0)
  const weights = raw.map((w) => w / sum)
  return {
    task,
    kind: 'nonparametric',
    series: series.name,
    window: 5,
    files: { ...file(series), [`${task}-weights.txt`]: `${weights.join('\n')}\n` },
    compare: (read, seconds) => [
      {
        what: 'R, own weights: nine columns',
        value: worstOf(ask(series, { kind: 'nonParametric', weights }, 5), read(`${task}.csv`), NINE),
        unit: '',
        target: '≤ 1e-9',
      },
      gain(
        'R, own weights',
        task,
        seconds,
        milliseconds(() => ask(series, { kind: 'nonParametric', weights }, 5), 20),
        '≥ 20',
      ),
    ],
  }
}

function mixture(series: CaseSeries, mean: number, sd: number, seed: number): Question {
  const task = `${series.name}-mixture`
  const doubt = doubtAbout(mean, sd)
  // EpiEstim wants every draw to sum to one over the days it has.
  const days = Math.max(60, series.local.length)
  const samples = sampleSerialIntervals(doubt, 40, days, new RandomStream(seed + 7)).map((draw) => {
    const weights = Array.from(draw.weights)
    const sum = weights.reduce((a, b) => a + b, 0)
    return weights.map((w) => w / sum)
  })
  const rows = Array.from({ length: days }, (_, day) => samples.map((weights) => weights[day] ?? 0).join(','))
  return {
    task,
    kind: 'mixture',
    series: series.name,
    mean,
    sd,
    window: 7,
    files: { ...file(series), [`${task}-draws.csv`]: `${rows.join('\n')}\n` },
    compare: (read) => [
      {
        what: 'R, uncertain interval: exact mixture, nine columns',
        value: worstOf(ask(series, { kind: 'uncertain', samples }, 7), read(`${task}.csv`), MIXTURE),
        unit: '',
        target: '≤ 1e-9',
      },
    ],
  }
}

const doubtAbout = (mean: number, sd: number) => ({
  mean,
  sdOfMean: 0.5,
  minMean: mean - 1.5,
  maxMean: mean + 1.5,
  sd,
  sdOfSd: 0.3,
  minSd: sd - 0.9,
  maxSd: sd + 0.9,
})

function drawn(series: CaseSeries, mean: number, sd: number, draws: number, each: number): Question {
  const task = `${series.name}-drawn-${draws}`
  const own = () => {
    const samples = sampleSerialIntervals(doubtAbout(mean, sd), draws, series.local.length, new RandomStream(draws))
    return ask(series, { kind: 'uncertain', samples }, 7)
  }
  return {
    task,
    kind: 'drawn',
    series: series.name,
    mean,
    sd,
    window: 7,
    option: `${draws} ${each}`,
    files: file(series),
    compare: (_, seconds) => [
      gain(
        `R, uncertain interval, ${draws} draws made and used (EpiEstim: ${each} from each)`,
        task,
        seconds,
        milliseconds(own, 60),
        '≥ 100',
      ),
    ],
  }
}

function teunis(series: CaseSeries, mean: number, sd: number): Question {
  const task = `${series.name}-teunis`
  return {
    task,
    kind: 'teunis',
    series: series.name,
    mean,
    sd,
    window: 7,
    files: file(series),
    compare(read, seconds) {
      const total = series.local.map((count, day) => count + (series.imported[day] ?? 0))
      const own = () =>
        wallingaTeunis({ cases: { local: total }, serialInterval: { kind: 'parametric', mean, sd }, windows: windowsOf(series, 7), asOf })
      const result = own()
      if (!result.ok) throw new Error(result.refusal.en)
      // EpiEstim leaves windows without a case out of its table.
      const byStart = new Map(result.windows.map((window) => [window.start, window]))
      let worst = 0
      for (const cells of read(`${task}.csv`)) {
        const want = figure(cells['Mean(R)'])
        if (!Number.isNaN(want)) worst = Math.max(worst, difference(byStart.get(figure(cells.t_start))?.mean ?? Number.NaN, want, 1))
      }
      return [
        { what: 'Wallinga–Teunis: means', value: worst, unit: '', target: '≤ 1e-9' },
        gain('Wallinga–Teunis', task, seconds, milliseconds(own, 3), ''),
      ]
    },
  }
}

function discretised(task: string, mean: number, sd: number): Question {
  return {
    task,
    kind: 'discretised',
    series: '',
    mean,
    sd,
    files: {},
    compare(read) {
      const weights = discretisedSerialInterval(mean, sd, 100)
      const worst = read(`${task}.csv`).reduce((most, row, k) => Math.max(most, Math.abs((weights[k] ?? Number.NaN) - figure(row.w))), 0)
      return [{ what: 'serial interval by day, absolute', value: worst, unit: '', target: '≤ 1e-12' }]
    },
  }
}
