// Nowcasts on outbreaks with a known truth: the delay distribution of Lawless, errors and coverage beside R's methods.
import { dayNumber } from '../../../packages/analytics/src/epidemic/alerts/calendar.ts'
import { lawlessDelayCdf, nowcast, reportingTriangle } from '../../../packages/analytics/src/epidemic/nowcast/index.ts'
import { present, readTable } from '../../../packages/analytics/src/epidemic/reproduction/node/reference-data.ts'
import { difference, figure, milliseconds, type Question, type Row } from './question.ts'
import { type DelaySeries, delaySeries } from './series.ts'

const HUS = 'surveillance/input_husO104Hosp.csv'
const SNAPSHOTS = ['2011-05-26', '2011-06-02', '2011-06-09', '2011-06-16', '2011-06-30']

export function nowcastQuestions(seed: number): Question[] {
  return [...delaySeries(seed), ...(seed === 1 ? husSnapshots() : [])].map(question)
}

/** The HUS outbreak of 2011 as it was known on some days, days counted from the first admission. */
function husSnapshots(): DelaySeries[] {
  if (!present(HUS)) return []
  const dates = readTable(HUS).map((row) => ({ event: dayNumber(row.dHosp ?? ''), report: dayNumber(row.dReport ?? '') }))
  const first = Math.min(...dates.map(({ event }) => event))
  const reports = dates.map(({ event, report }) => ({ event: event - first, report: report - first }))
  return SNAPSHOTS.map((day) => ({ name: `HUS-${day}`, today: dayNumber(day) - first, reports }))
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
      const errors: number[] = []
      for (const method of methods) {
        if (!seconds.has(`${name}-${method}`)) continue
        // R says nothing about days that nothing was reported of.
        const misses = read(`${name}-${method}.csv`)
          .map((row) => Math.abs(figure(row.nowcast) - truth(figure(row.day))))
          .filter((miss) => !Number.isNaN(miss))
        errors.push(mean(misses))
        out.push({ what: `${name}: mean error of R's ${method}`, value: mean(misses), unit: 'cases' })
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
      const best = error / Math.min(...errors)
      out.push({
        what: `${name}: mean error here over R's best`,
        value: best,
        unit: '',
        ...(name.startsWith('HUS') ? { target: '≤ 1' } : {}),
      })
      return out
    },
  }
}
