/**
 * Matching at city scale, seeded: `node --expose-gc bench/planning/matching.ts [--workers N] [--posts N] [--options N] [--json]`.
 * Each line is one market solved in one mode; memory is what the process holds beyond its start, market included.
 */
import process from 'node:process'
import { parseArgs } from 'node:util'
import { matching } from '../../packages/analytics/src/index.ts'
import { randomMarket } from '../../packages/analytics/src/planning/matching/testing/random-market.ts'

interface Line {
  readonly market: string
  readonly openingsPerWorker: number
  readonly mode: string
  readonly cpuSeconds: number
  readonly score: number
  readonly bound: number
  readonly gapPercent: number
  readonly matched: number
  readonly bids: number
  readonly megabytesArrays: number
  readonly megabytesResident: number
  readonly faults: readonly string[]
}

const { values } = parseArgs({
  options: {
    workers: { type: 'string', default: '1000000' },
    posts: { type: 'string', default: '50000' },
    options: { type: 'string', default: '20' },
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})

function measure(neighbourhood: boolean, openingsPerWorker: number, precision: 'exact' | number): Line {
  globalThis.gc?.()
  const before = process.memoryUsage()
  const market = randomMarket({
    workers: Number(values.workers),
    posts: Number(values.posts),
    options: Number(values.options),
    openingsPerWorker,
    seed: 1,
    neighbourhood,
  })
  const cpu = process.cpuUsage()
  const planned = matching.planMatching(market, { precision })
  const used = process.cpuUsage(cpu)
  const after = process.memoryUsage()
  const check = matching.checkMatching(market, planned.plan.assigned, planned.plan.price)
  const faults = [...check.faults]
  if (check.score !== planned.objective) faults.push(`the checker counts ${check.score}`)
  if (Math.abs((check.bound ?? 0) - planned.bound) > 1 + 1e-9 * planned.bound) faults.push(`the checker bounds by ${check.bound}`)
  return {
    market: neighbourhood ? 'neighbourhood' : 'unrelated',
    openingsPerWorker,
    mode: precision === 'exact' ? 'exact' : `increment ${precision}`,
    cpuSeconds: (used.user + used.system) / 1e6,
    score: planned.objective,
    bound: planned.bound,
    gapPercent: (100 * planned.gap.numerator) / planned.gap.denominator,
    matched: check.matched,
    bids: planned.plan.bids,
    megabytesArrays: Math.round((after.arrayBuffers - before.arrayBuffers) / 1e6),
    megabytesResident: Math.round((after.rss - before.rss) / 1e6),
    faults,
  }
}

const cases: { neighbourhood: boolean; openings: number; precision: 'exact' | number }[] = []
for (const precision of [0.001, 'exact'] as const) {
  for (const neighbourhood of [false, true]) {
    for (const openings of [0.8, 1, 1.3]) cases.push({ neighbourhood, openings, precision })
  }
}
const lines: Line[] = []
if (!values.json) {
  console.log(
    '| market | openings per worker | mode | CPU s | score | bound | gap % | matched | bids | arrays MB | resident MB | checker |',
  )
  console.log('|---|---|---|---|---|---|---|---|---|---|---|---|')
}
for (const { neighbourhood, openings, precision } of cases) {
  if (values.only !== undefined && values.only !== String(precision)) continue
  const line = measure(neighbourhood, openings, precision)
  lines.push(line)
  if (values.json) continue
  const cells = [
    line.market,
    line.openingsPerWorker,
    line.mode,
    line.cpuSeconds.toFixed(1),
    line.score,
    line.bound,
    line.gapPercent.toFixed(5),
  ]
  const verdict = line.faults.length === 0 ? 'agrees' : line.faults.join('; ')
  console.log(`| ${[...cells, line.matched, line.bids, line.megabytesArrays, line.megabytesResident, verdict].join(' | ')} |`)
}
if (values.json) console.log(JSON.stringify(lines, null, 2))
