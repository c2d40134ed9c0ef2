/**
 * What packages on npm do with the same input: dense assignments of several sizes, objective compared with the own engines.
 * `node bench/planning/alternatives.ts --packages DIR [--sizes 50,200,1000] [--limit SECONDS]`; DIR holds what
 * `npm install --ignore-scripts munkres@2.0.4 min-cost-flow@2.1.0 yalps@0.6.4` puts there. HiGHS is a dependency and always measured.
 * A package that took longer than the limit is not asked for a larger size.
 */
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { flows, matching, SearchRandom } from '../../packages/analytics/src/index.ts'
import { threadCpuClock } from '../../packages/analytics/src/planning/anytime/node/clocks.ts'

interface Edge {
  readonly from: number
  readonly to: number
  readonly capacity: number
  readonly cost: number
  readonly flow?: number
}

/** What is used of the packages. */
interface Packages {
  munkres(matrix: number[][]): [number, number][]
  minCostFlowForNumberNodes(graph: Edge[], desired?: number): Required<Edge>[]
  yalps(model: object): { result: number }
}

type Method = readonly [name: string, total: (cost: number[][]) => number | Promise<number>]

const { values } = parseArgs({
  options: {
    packages: { type: 'string' },
    sizes: { type: 'string', default: '50,200,1000' },
    limit: { type: 'string', default: '30' },
  },
})

const sumOf = (cost: number[][], pairs: Iterable<readonly [number, number]>) =>
  [...pairs].reduce((sum, [i, j]) => sum + (cost[i]?.[j] ?? Number.NaN), 0)

/** Worker i takes post j at `cost[i][j]`; the least total by the network simplex. */
function byFlow(cost: number[][]): number {
  const n = cost.length
  const supply = Array.from({ length: 2 * n }, (_, v) => (v < n ? 1 : -1))
  const arcs = cost.flatMap((row, i) => row.map((price, j) => ({ source: i, target: n + j, cost: price, capacity: 1 })))
  const result = flows.minimumCostFlow(flows.networkOf(supply, arcs))
  return result.status === 'optimal' ? result.objective : Number.NaN
}

/** The same by auction: a score says how much cheaper than the dearest pair. */
function byAuction(cost: number[][]): number {
  const dearest = 1 + Math.max(...cost.map((row) => Math.max(...row)))
  const options = cost.map((row) => row.map((price, post) => ({ post, score: dearest - price })))
  const market = matching.marketOf(
    cost.map(() => 1),
    options,
  )
  return dearest * cost.length - matching.planMatching(market, { precision: 'exact' }).objective
}

async function byHighs(cost: number[][]): Promise<number> {
  const { default: loadHighs } = await import('highs')
  const highs = await loadHighs()
  const n = cost.length
  const columns = n * n
  const ones = new Float64Array(2 * n).fill(1)
  const model = highs.createModel({
    numCols: columns,
    numRows: 2 * n,
    colCost: Float64Array.from(cost.flat()),
    colLower: new Float64Array(columns),
    colUpper: new Float64Array(columns).fill(1),
    rowLower: ones,
    rowUpper: ones,
    matrix: {
      format: 'csc',
      numRows: 2 * n,
      numCols: columns,
      starts: Int32Array.from({ length: columns + 1 }, (_, k) => 2 * k),
      indices: Int32Array.from({ length: 2 * columns }, (_, k) => (k % 2 === 0 ? Math.floor(k / 2 / n) : n + (Math.floor(k / 2) % n))),
      values: new Float64Array(2 * columns).fill(1),
    },
  })
  model.options.set('output_flag', false)
  model.run()
  const total = model.getObjectiveValue()
  model.dispose()
  return Math.round(total)
}

function fromNpm(folder: string): Method[] {
  const require = createRequire(join(resolve(folder), 'package.json'))
  const part = <K extends keyof Packages>(name: string, key: string): Packages[K] =>
    (require(name) as Record<string, unknown>)[key] as Packages[K]
  const munkres = part<'munkres'>('munkres', 'munkres')
  const minCostFlow = part<'minCostFlowForNumberNodes'>('min-cost-flow', 'minCostFlowForNumberNodes')
  const yalps = part<'yalps'>('yalps', 'solve')
  return [
    ['munkres', (cost) => sumOf(cost, munkres(cost))],
    [
      'min-cost-flow',
      (cost) => {
        const n = cost.length
        const sink = 2 * n + 1
        const inner = cost.flatMap((row, i) => row.map((price, j) => ({ from: 1 + i, to: 1 + n + j, capacity: 1, cost: price })))
        const ends = cost.flatMap((_, k) => [
          { from: 0, to: 1 + k, capacity: 1, cost: 0 },
          { from: 1 + n + k, to: sink, capacity: 1, cost: 0 },
        ])
        return minCostFlow([...ends, ...inner]).reduce((sum, edge) => sum + edge.flow * edge.cost, 0)
      },
    ],
    [
      'yalps',
      (cost) => {
        const constraints = Object.fromEntries(cost.flatMap((_, k) => [`w${k}`, `p${k}`].map((row) => [row, { equal: 1 }])))
        const variables = Object.fromEntries(
          cost.flatMap((row, i) => row.map((price, j) => [`${i}-${j}`, { cost: price, [`w${i}`]: 1, [`p${j}`]: 1 }])),
        )
        return Math.round(yalps({ direction: 'minimize', objective: 'cost', constraints, variables }).result)
      },
    ],
  ]
}

/** The value, or the message of the error that was thrown instead. */
async function attempt(work: () => number | Promise<number>): Promise<number | string> {
  try {
    return await work()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

const methods: Method[] = [
  ['own network simplex', byFlow],
  ['own auction, exact', byAuction],
  ['highs', byHighs],
  ...(values.packages === undefined ? [] : fromNpm(values.packages)),
]
const tired = new Set<string>()
for (const n of values.sizes.split(',').map(Number)) {
  const random = new SearchRandom(n)
  const cost = Array.from({ length: n }, () => Array.from({ length: n }, () => 1 + random.below(10_000)))
  let least: number | undefined
  for (const [name, total] of methods) {
    if (tired.has(name)) continue
    const before = threadCpuClock()
    const sum = await attempt(() => total(cost.map((row) => [...row])))
    const seconds = threadCpuClock() - before
    if (typeof sum === 'string') {
      tired.add(name)
      console.log(`${n} × ${n}: ${name} fails: ${sum}`)
      continue
    }
    least ??= sum
    if (seconds > Number(values.limit)) tired.add(name)
    console.log(`${n} × ${n}: ${name} ${seconds.toFixed(3)} CPU s, total ${sum}${sum === least ? '' : ` (the first found ${least})`}`)
  }
}
