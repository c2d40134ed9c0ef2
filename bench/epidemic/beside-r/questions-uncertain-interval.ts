// Reproduction numbers under an uncertain serial interval: the exact mixture, and intervals drawn within the call.
import { sampleSerialIntervals } from '../../../packages/analytics/src/epidemic/reproduction/index.ts'
import { RandomStream } from '../../../packages/analytics/src/statistics/index.ts'
import { ask, file, gain, worstOf } from './estimated.ts'
import { milliseconds, type Question } from './question.ts'
import type { CaseSeries } from './series.ts'

/** Columns of a mixture as the reference writes them. */
const MIXTURE = ['mean', 'sd', 'q025', 'q05', 'q25', 'q50', 'q75', 'q95', 'q975']

export function mixture(series: CaseSeries, mean: number, sd: number, seed: number): Question {
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

export function drawn(series: CaseSeries, mean: number, sd: number, draws: number, each: number): Question {
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
