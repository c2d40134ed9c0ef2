/**
 * Allocation of supplies, seeded: county stores to towns by linear programs, then towns to villages by flows:
 * `node bench/planning/allocation.ts [--counties N] [--towns N] [--items N] [--days N] [--villages N] [--linked] [--json]`.
 * `--linked` adds the case in which every county may help its neighbour and vehicles are limited.
 */
import process from 'node:process'
import { parseArgs } from 'node:util'
import { allocation, SearchRandom } from '../../packages/analytics/src/index.ts'
import { highsSolver } from '../../packages/analytics/src/planning/allocation/node/index.ts'
import { citySupplies } from '../../packages/analytics/src/planning/allocation/testing/city-supplies.ts'

const { values } = parseArgs({
  options: {
    counties: { type: 'string', default: '5' },
    towns: { type: 'string', default: '200' },
    items: { type: 'string', default: '6' },
    days: { type: 'string', default: '7' },
    villages: { type: 'string', default: '2700' },
    linked: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const number = (key: 'counties' | 'towns' | 'items' | 'days' | 'villages') => Number(values[key])

function timed<T>(work: () => T): { result: T; cpuSeconds: number } {
  const before = process.cpuUsage()
  const result = work()
  const used = process.cpuUsage(before)
  return { result, cpuSeconds: (used.user + used.system) / 1e6 }
}

/** Villages whose needs add up to those of their town. */
function villagesOf(problem: allocation.SupplyProblem): allocation.Village[] {
  const random = new SearchRandom(7)
  const perTown = Math.ceil(number('villages') / problem.places.length)
  const needs = problem.places.map(() => problem.items.map(() => new Array<number>(problem.periods).fill(0)))
  for (const need of problem.demands) {
    const row = needs[need.place]?.[need.item]
    if (row) row[need.period] = (row[need.period] ?? 0) + need.amount
  }
  return problem.places.flatMap((_, place) => {
    const weights = Array.from({ length: perTown }, () => 0.5 + random.unit())
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    return weights.map((weight, v) => ({
      id: `${place}-${v}`,
      place,
      tier: random.below(2),
      needs: (needs[place] ?? []).map((row) => row.map((amount) => Math.ceil((amount * weight) / total))),
    }))
  })
}

const solver = await highsSolver()
const lines = []
const shapes = [
  { neighbours: false, limitedVehicles: false },
  { neighbours: false, limitedVehicles: true },
  { neighbours: true, limitedVehicles: false },
  ...(values.linked ? [{ neighbours: true, limitedVehicles: true }] : []),
]
for (const shape of shapes) {
  const request = { counties: number('counties'), towns: number('towns'), items: number('items'), days: number('days'), seed: 1 }
  const problem = citySupplies({ ...request, ...shape })
  const { result: planned, cpuSeconds } = timed(() => allocation.allocateSupplies(problem, solver))
  if (!planned.ok) throw new Error(planned.refusal.en)
  const check = allocation.checkSupplies(problem, planned.plan.shipments)
  const certified = allocation.certifyLevels(problem, planned.plan.claims, planned.plan.steps)
  const hamlets = villagesOf(problem)
  const villages = timed(() => {
    const supplies = allocation.townSupplies(problem, planned.plan.shipments, hamlets)
    return { supplies, shares: allocation.shareAmongVillages(supplies) }
  })
  const { supplies, shares } = villages.result
  const villageFaults = supplies.flatMap((supply, k) => allocation.checkVillageShares(supply, shares[k] ?? []))
  lines.push({
    ...shape,
    townSeconds: cpuSeconds,
    stages: planned.plan.steps.length,
    leastFill: planned.objective,
    bound: planned.bound,
    unitsBelowBound: Math.max(...planned.plan.claims.map((claim) => claim.bestLevel * claim.amount - claim.granted)),
    unproven: Math.max(...certified.map(({ level, bound }) => Math.abs(bound - level))),
    faults: [...check.faults, ...villageFaults],
    villages: hamlets.length,
    villageSeconds: villages.cpuSeconds,
    megabytes: Math.round(process.memoryUsage().rss / 1e6),
  })
}
if (values.json) console.log(JSON.stringify(lines, null, 2))
else {
  console.log(
    '| neighbours | vehicles limited | towns CPU s | stages | least fill | bound | most units below bound | bound − level | checker | villages | villages CPU s | MB |',
  )
  console.log('|---|---|---|---|---|---|---|---|---|---|---|---|')
  for (const line of lines) {
    const verdict = line.faults.length === 0 ? 'valid' : line.faults.slice(0, 3).join('; ')
    const cells = [
      line.neighbours,
      line.limitedVehicles,
      line.townSeconds.toFixed(2),
      line.stages,
      line.leastFill.toFixed(6),
      line.bound.toFixed(6),
    ]
    console.log(
      `| ${[...cells, line.unitsBelowBound.toFixed(2), line.unproven.toExponential(1), verdict, line.villages, line.villageSeconds.toFixed(2), line.megabytes].join(' | ')} |`,
    )
  }
}
