/**
 * Matching at city scale, seeded: `node --expose-gc bench/planning/matching.ts [--workers N] [--posts N] [--options N] [--json]`.
 * Each line is one market solved in one mode; memory is what the process holds beyond its start, market included.
 */
import process from 'node:process'
import { parseArgs } from 'node:util'
import { matching, SearchRandom } from '../../packages/analytics/src/index.ts'
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

/** Memory before any market is made. */
const atStart = process.memoryUsage()

function measure(neighbourhood: boolean, openingsPerWorker: number, precision: 'exact' | number): Line {
  globalThis.gc?.()
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
    megabytesArrays: Math.round((after.arrayBuffers - atStart.arrayBuffers) / 1e6),
    megabytesResident: Math.round((after.rss - atStart.rss) / 1e6),
    faults,
  }
}

const cases: { neighbourhood: boolean; openings: number; precision: 'exact' | number }[] = []
for (const precision of [0.001, 'exact'] as const) {
  for (const neighbourhood of [false, true]) {
    for (const openings of [0.8, 1, 1.3]) cases.push({ neighbourhood, openings, precision })
  }
}

/** Stable matching with ties on both sides: ten grades of liking, five of suitability. */
function measureStable(): void {
  globalThis.gc?.()
  const market = randomMarket({
    workers: Number(values.workers),
    posts: Number(values.posts),
    options: Number(values.options),
    openingsPerWorker: 1,
    seed: 2,
    neighbourhood: true,
  })
  const random = new SearchRandom(3)
  const ranked = {
    ...market,
    workerRank: market.score.map((score) => -Math.floor(score / 1000)),
    postRank: market.score.map(() => random.below(5)),
  }
  const cpu = process.cpuUsage()
  const assigned = matching.stableMatching(ranked)
  const used = process.cpuUsage(cpu)
  const blocking = matching.blockingPairs(ranked, assigned).length
  const matched = assigned.reduce((sum, j) => sum + (j >= 0 ? 1 : 0), 0)
  console.log(
    `\nStable, ties on both sides: ${((used.user + used.system) / 1e6).toFixed(1)} CPU s, ${matched} matched, ${blocking} blocking pairs, ` +
      `${Math.round((process.memoryUsage().rss - atStart.rss) / 1e6)} MB resident`,
  )
}

/** Candidate options of workers and posts on a plane of 100 × 80 km with 40 skills. */
function measureCandidates(): void {
  globalThis.gc?.()
  const random = new SearchRandom(4)
  const workers = Number(values.workers)
  const posts = Number(values.posts)
  const draw = (length: number, width: number) => Float64Array.from({ length }, () => width * random.unit())
  const seekers = {
    x: draw(workers, 100),
    y: draw(workers, 80),
    firstSkill: Int32Array.from({ length: workers + 1 }, (_, i) => 2 * i),
    skill: Int32Array.from({ length: 2 * workers }, () => random.below(40)),
    reservationWage: draw(workers, 3000),
  }
  const openings = {
    x: draw(posts, 100),
    y: draw(posts, 80),
    capacity: new Int32Array(posts).fill(20),
    requiredSkill: Int32Array.from({ length: posts }, () => random.below(41) - 1),
    wage: Float64Array.from({ length: posts }, () => 2000 + 3000 * random.unit()),
  }
  const cpu = process.cpuUsage()
  const market = matching.bestOptions(
    seekers,
    openings,
    { base: 5000, perWageUnit: 1, perKilometre: 100, kilometreLimit: 50 },
    Number(values.options),
  )
  const used = process.cpuUsage(cpu)
  console.log(
    `Candidates, 40 skills, two per worker: ${((used.user + used.system) / 1e6).toFixed(1)} CPU s for ${market.post.length} options, ` +
      `${Math.round((process.memoryUsage().rss - atStart.rss) / 1e6)} MB resident`,
  )
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
else if (values.only === undefined || values.only === 'rest') {
  measureStable()
  measureCandidates()
}
