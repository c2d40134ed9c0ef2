// Reproduction numbers: EpiEstim on new series, all nine columns and the missing windows.
import { discretisedSerialInterval, wallingaTeunis } from '../../../packages/analytics/src/epidemic/reproduction/index.ts'
import { RandomStream } from '../../../packages/analytics/src/statistics/index.ts'
import { ask, asOf, file, gain, NINE, windowsOf, worstOf } from './estimated.ts'
import { difference, figure, milliseconds, type Question } from './question.ts'
import { drawn, mixture } from './questions-uncertain-interval.ts'
import { type CaseSeries, caseSeries } from './series.ts'

const INTERVALS: readonly (readonly [number, number])[] = [
  [5.2, 4.1],
  [2.6, 1.5],
  [8.4, 3.8],
  [14.2, 9.6],
]

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
