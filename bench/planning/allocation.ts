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

/** Splits what each town gets among its villages, whose needs add up to the town's. */
function townSupplies(problem: allocation.SupplyProblem, shipments: readonly allocation.Shipment[]): allocation.TownSupply[] {
  const random = new SearchRandom(7)
  const perTown = Math.ceil(number('villages') / problem.places.length)
  const arrivals = new Map<string, number[]>()
  const needs = new Map<string, number[]>()
  const tiers = new Map<string, number>()
  const add = (map: Map<string, number[]>, key: string, period: number, amount: number) => {
    const row = map.get(key) ?? new Array<number>(problem.periods).fill(0)
    row[period] = (row[period] ?? 0) + amount
    map.set(key, row)
  }
  for (const need of problem.demands) {
    add(needs, `${need.place} ${need.item}`, need.period, need.amount)
    tiers.set(`${need.place} ${need.item}`, need.tier)
  }
  for (const shipment of shipments) {
    const item = problem.lots[shipment.lot]?.item ?? 0
    add(arrivals, `${shipment.place} ${item}`, shipment.used, shipment.amount)
  }
  return [...needs].map(([key, amounts]) => {
    const weights = Array.from({ length: perTown }, () => 0.5 + random.unit())
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    return {
      town: key.split(' ')[0] ?? '',
      item: key.split(' ')[1] ?? '',
      available: arrivals.get(key) ?? new Array<number>(problem.periods).fill(0),
      villages: weights.map((weight, v) => ({
        id: `${key} ${v}`,
        tier: random.below(2),
        needs: amounts.map((amount) => Math.ceil((amount * weight) / total)),
      })),
    }
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
  const supplies = townSupplies(problem, planned.plan.shipments)
  const villages = timed(() => allocation.shareAmongVillages(supplies))
  let unbalanced = 0
  villages.result.forEach((shares, k) => {
    supplies[k]?.available.forEach((amount, period) => {
      if (shares.reduce((sum, share) => sum + (share.granted[period] ?? 0), 0) > amount) unbalanced++
    })
  })
  lines.push({
    ...shape,
    townSeconds: cpuSeconds,
    stages: planned.plan.steps.length,
    leastFill: planned.objective,
    bound: planned.bound,
    unitsBelowBound: Math.max(...planned.plan.claims.map((claim) => claim.bestLevel * claim.amount - claim.granted)),
    unproven: Math.max(...certified.map(({ level, bound }) => bound - level)),
    faults: check.faults,
    villages: supplies.reduce((sum, supply) => sum + supply.villages.length, 0) / request.items,
    villageSeconds: villages.cpuSeconds,
    unbalanced,
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
    const verdict =
      line.faults.length === 0 && line.unbalanced === 0 ? 'valid' : [...line.faults, `${line.unbalanced} days overdrawn`].join('; ')
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
