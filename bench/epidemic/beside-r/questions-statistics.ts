// Special functions against the ones of R's own library.
import * as s from '../../../packages/analytics/src/statistics/index.ts'
import { difference, figure, type Question } from './question.ts'

export function functionQuestion(seed: number): Question {
  const random = new s.RandomStream(seed + 300)
  const between = (low: number, high: number) => low * (high / low) ** random.uniform()
  const rows = Array.from({ length: 400 }, () => {
    const a = between(0.05, 500)
    return {
      a,
      b: between(0.05, 500),
      x: a * between(0.2, 5),
      p: between(1e-12, 0.999),
      u: 0.02 + 0.96 * random.uniform(),
      z: 16 * random.uniform() - 12,
      k: Math.floor(between(1, 400)),
    }
  })
  const names = ['a', 'b', 'x', 'p', 'u', 'z', 'k'] as const
  const task = `functions-${seed}`
  return {
    task,
    kind: 'functions',
    series: `${task}-in`,
    files: { [`${task}-in.csv`]: `${names.join(',')}\n${rows.map((row) => names.map((name) => row[name]).join(',')).join('\n')}\n` },
    compare(read) {
      const own: Record<string, (row: (typeof rows)[number]) => number> = {
        gamma_p: ({ x, a }) => s.gammaP(a, x),
        gamma_q: ({ x, a }) => s.gammaQ(a, x),
        gamma_inverse: ({ p, a }) => s.gammaQuantile(p, a),
        lgamma: ({ x }) => s.lgamma(x),
        beta_p: ({ p, a, b }) => s.betaCdf(p, a, b),
        beta_q: ({ p, a, b }) => s.betaSurvival(p, a, b),
        beta_inverse: ({ u, a, b }) => s.betaQuantile(u, a, b),
        t_q: ({ x, a }) => s.studentTSurvival(x, a),
        t_inverse: ({ p, a }) => s.studentTQuantile(p, a),
        normal: ({ z }) => s.normalCdf(z),
        normal_inverse: ({ p }) => s.normalQuantile(p),
        nb: ({ k, a, x }) => s.negativeBinomialMass(k, x, a),
        nb_p: ({ k, a, x }) => s.negativeBinomialCdf(k, x, a),
        nb_inverse: ({ p, a, x }) => s.negativeBinomialQuantile(p, x, a),
      }
      const table = read(`${task}.csv`)
      return Object.entries(own).map(([column, compute]) => {
        let worst = 0
        for (const [i, row] of rows.entries()) {
          const theirs = figure(table[i]?.[column])
          // R loses figures in beta tails below 1e-100 and where log Γ crosses zero; the 60-digit tables of the tests judge there.
          if (Math.abs(theirs) > 1e-100 && !(column === 'lgamma' && Math.abs(theirs) < 0.01))
            worst = Math.max(worst, difference(compute(row), theirs))
        }
        return { what: `${column} against R's own`, value: worst, unit: '', target: '≤ 1e-13, or as far as R goes' }
      })
    },
  }
}
