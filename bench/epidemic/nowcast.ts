// The nowcast on the HUS outbreak of 2011: error, coverage and time on every daily snapshot; beside R's methods where their outputs are there.
import { fileURLToPath } from 'node:url'
import { dayNumber, isoOf } from '../../packages/analytics/src/epidemic/alerts/calendar.ts'
import { lawlessDelayCdf, nowcast, reportingTriangle } from '../../packages/analytics/src/epidemic/nowcast/index.ts'
import { numbers, present, readTable } from '../../packages/analytics/src/epidemic/reproduction/node/reference-data.ts'

export const name = 'nowcast'
const FILE = 'surveillance/input_husO104Hosp.csv'
const R_METHODS = ['lawless', 'bayes.notrunc', 'bayes.trunc']

interface Row {
  readonly what: string
  readonly value: number
  readonly unit: string
  readonly target?: string
}

/** Mean absolute error of R's methods on a snapshot, where recorded; the best of them. */
function bestOfR(snapshot: string): number | null {
  const errors = R_METHODS.filter((method) => present(`surveillance/nowcast__hus__${snapshot}__${method}.csv`)).map((method) => {
    const table = readTable(`surveillance/nowcast__hus__${snapshot}__${method}.csv`)
    const truth = numbers(table, 'truth')
    const misses = numbers(table, 'nowcast')
      .map((value, i) => Math.abs(value - (truth[i] ?? 0)))
      .filter((miss) => !Number.isNaN(miss))
    return misses.reduce((a, b) => a + b, 0) / misses.length
  })
  return errors.length > 0 ? Math.min(...errors) : null
}

export function run(): Row[] {
  if (!present(FILE)) return [{ what: `skipped: ${FILE} is not in ../shared/data/epi`, value: 0, unit: '' }]
  const reports = readTable(FILE).map((row) => ({ event: dayNumber(row.dHosp ?? ''), report: dayNumber(row.dReport ?? '') }))
  const truth = new Map<number, number>()
  for (const { event } of reports) truth.set(event, (truth.get(event) ?? 0) + 1)
  const judge = (today: number) => {
    const result = nowcast({ triangle: reportingTriangle(reports, today), asOf: isoOf(today) })
    if (!result.ok) return { mae: Number.NaN, coverage: Number.NaN }
    const judged = result.days.filter(({ day }) => day >= today - 14 && day <= today - 2)
    let error = 0
    let inside = 0
    for (const { day, events } of judged) {
      const total = truth.get(day) ?? 0
      error += Math.abs((events?.estimate ?? Number.NaN) - total)
      if (events !== null && events.lower <= total && total <= events.upper) inside += 1
    }
    return { mae: error / judged.length, coverage: inside / judged.length }
  }
  const rows: Row[] = []
  for (const snapshot of ['2011-05-26', '2011-06-02', '2011-06-09', '2011-06-16', '2011-06-30']) {
    const { mae, coverage } = judge(dayNumber(snapshot))
    const best = bestOfR(snapshot)
    rows.push({
      what: `${snapshot}: mean absolute error`,
      value: mae,
      unit: 'cases',
      ...(best === null ? {} : { target: `≤ ${best.toFixed(2)} (best of R)` }),
    })
    rows.push({ what: `${snapshot}: coverage of 95 % intervals`, value: coverage, unit: 'share', target: '≥ 0.90' })
  }
  const first = dayNumber('2011-05-26')
  const daily = Array.from({ length: 36 }, (_, i) => judge(first + i))
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length
  rows.push({ what: 'all 36 days: mean absolute error', value: mean(daily.map((d) => d.mae)), unit: 'cases' })
  rows.push({ what: 'all 36 days: worst mean absolute error', value: Math.max(...daily.map((d) => d.mae)), unit: 'cases' })
  rows.push({ what: 'all 36 days: coverage', value: mean(daily.map((d) => d.coverage)), unit: 'share', target: '≥ 0.90' })
  const plain = lawlessDelayCdf(reportingTriangle(reports, first))
  rows.push({
    what: '2011-05-26: cases a plain estimator sees behind one reported two days ago',
    value: 1 / (plain[2] ?? 1),
    unit: 'cases',
  })
  const triangle = reportingTriangle(reports, dayNumber('2011-06-30'))
  const before = process.cpuUsage()
  for (let i = 0; i < 10; i += 1) nowcast({ triangle, asOf: '2011-06-30' })
  const { user, system } = process.cpuUsage(before)
  rows.push({ what: 'one nowcast, 55 days, 1000 draws', value: (user + system) / 10_000, unit: 'ms CPU', target: '< 100' })
  return rows
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.table(run())
