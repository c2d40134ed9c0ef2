// Nowcasts on outbreaks with a known truth: the delay distribution of Lawless, errors and coverage beside R's methods.
import { lawlessDelayCdf, nowcast, reportingTriangle } from '../../../packages/analytics/src/epidemic/nowcast/index.ts'
import { difference, figure, milliseconds, type Question, type Row } from './question.ts'
import { type DelaySeries, delaySeries } from './series.ts'

export function nowcastQuestions(seed: number): Question[] {
  return delaySeries(seed).map(question)
}

function question(series: DelaySeries): Question {
  const { name, today, reports } = series
  const methods = ['lawless', 'bayes.trunc', 'bayes.notrunc']
  const rows = reports.map(({ event, report }) => `${event},${report}`)
  return {
    task: name,
    kind: 'nowcast',
    series: `${name}-lines`,
    mean: 400,
    window: today,
    option: methods.join(' '),
    files: { [`${name}-lines.csv`]: `event,report\n${rows.join('\n')}\n` },
    compare(read, seconds) {
      const triangle = reportingTriangle(reports, today)
      const own = () => nowcast({ triangle, asOf: '2020-02-19' })
      const result = own()
      if (!result.ok) throw new Error(result.refusal.en)
      const truth = (day: number) => reports.filter(({ event }) => event === day).length
      const judged = result.days.filter(({ day }) => day >= today - 14 && day <= today - 2)
      const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length
      const error = mean(judged.map(({ day, events }) => Math.abs((events?.estimate ?? Number.NaN) - truth(day))))
      const covered = mean(
        judged.map(({ day, events }) => (events !== null && events.lower <= truth(day) && truth(day) <= events.upper ? 1 : 0)),
      )
      const out: Row[] = [
        { what: `${name}: mean error here`, value: error, unit: 'cases' },
        { what: `${name}: coverage here`, value: covered, unit: 'share', target: '≥ 0.90' },
      ]
      const cdf = lawlessDelayCdf(triangle)
      for (const method of methods) {
        if (!seconds.has(`${name}-${method}`)) continue
        const theirs = read(`${name}-${method}.csv`)
        out.push({
          what: `${name}: mean error of R's ${method}`,
          value: mean(theirs.map((row) => Math.abs(figure(row.nowcast) - truth(figure(row.day))))),
          unit: 'cases',
        })
        if (method === 'lawless') {
          const worst = read(`${name}-${method}-cdf.csv`).reduce(
            (most, row, d) => Math.max(most, difference(cdf[d] ?? 1, figure(row.dc), 1)),
            0,
          )
          out.push({ what: 'delay distribution of Lawless', value: worst, unit: '', target: '≤ 1e-12' })
        } else
          out.push({
            what: 'nowcast: times faster than R’s Bayesian ones',
            value: ((seconds.get(`${name}-${method}`) ?? Number.NaN) * 1000) / milliseconds(own, 3),
            unit: '×',
            target: '≥ 100',
          })
      }
      return out
    },
  }
}
