/**
 * Minimum-cost flow on DIMACS files (`p min`, `p asn`), joined by `bench/planning/run.ts`; run on its own it solves seeded
 * networks of several shapes: `node bench/planning/flows.ts [--write DIR] [--json]`. `--write` stores them as DIMACS files so
 * that other programs can be measured on the same input.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { flows, SearchRandom } from '../../packages/analytics/src/index.ts'
import type { Format, RunRequest, RunResult } from './instances.ts'

export const formats: readonly Format[] = [
  { name: 'DIMACS minimum-cost flow', matches: (file, text) => file.endsWith('.min') && /^p\s+(min|asn)\s/m.test(text) },
]

/** The network simplex runs on one thread. */
export const serial = true

/** Rounds after the first, for the time of compiled code. */
const warmRounds = 15

export async function runInstance(request: RunRequest): Promise<RunResult> {
  const network = flows.readDimacs(new TextEncoder().encode(request.text))
  const stated = /^c\s.*optim\w*\D+(-?\d+)\s*$/im.exec(request.text)?.[1]
  const name = request.file.split('/').at(-1) ?? request.file
  return measure(name, 'minimum-cost flow', network, stated === undefined ? undefined : Number(stated))
}

function measure(instance: string, set: string, network: flows.FlowNetwork, bestKnown: number | undefined): RunResult {
  const cpu: number[] = []
  const start = performance.now()
  let result = solve(network, cpu)
  const wallSeconds = (performance.now() - start) / 1000
  for (let round = 0; round < warmRounds; round++) result = solve(network, cpu)
  if (result.status !== 'optimal') {
    const base = { instance, set, bestKnown, iterations: 0, cpuSeconds: cpu[0] ?? 0, wallSeconds }
    return { ...base, objective: Number.NaN, bound: Number.NaN, faults: [result.refusal.en] }
  }
  const certificate = flows.checkFlow(network, result.flow, result.potential)
  const faults = certificate.optimal ? [] : [...certificate.faults, 'the prices do not prove the optimum']
  if (bestKnown !== undefined && bestKnown !== result.objective) faults.push(`the published optimum is ${bestKnown}`)
  const warm = cpu.slice(1).sort((a, b) => a - b)
  return {
    instance,
    set,
    objective: result.objective,
    bestKnown,
    bound: Number(certificate.bound),
    iterations: result.pivots,
    cpuSeconds: cpu[0] ?? 0,
    wallSeconds,
    faults,
    note: `${network.nodes} nodes, ${network.source.length} arcs; median of ${warmRounds} more runs ${(warm[warmRounds >> 1] ?? 0).toFixed(4)} CPU s`,
  }
}

function solve(network: flows.FlowNetwork, cpu: number[]): flows.FlowResult {
  const before = process.cpuUsage()
  const result = flows.minimumCostFlow(network)
  const used = process.cpuUsage(before)
  cpu.push((used.user + used.system) / 1e6)
  return result
}

/** Random sparse network on a ring that keeps it feasible, capacities up to 1,000. */
function sparseNetwork(nodes: number, degree: number, seed: number): flows.FlowNetwork {
  const random = new SearchRandom(seed)
  const ends = Math.round(Math.sqrt(nodes))
  const supply = new Array<number>(nodes).fill(0)
  for (let k = 0; k < ends; k++) {
    supply[k] = 1000
    supply[nodes - 1 - k] = -1000
  }
  const arcs: flows.ArcInput[] = supply.map((_, v) => ({ source: v, target: (v + 1) % nodes, cost: 10_000, capacity: 1000 * ends }))
  while (arcs.length < nodes * degree) {
    const cost = 1 + random.below(10_000)
    arcs.push({ source: random.below(nodes), target: random.below(nodes), cost, capacity: 1 + random.below(1000) })
  }
  return flows.networkOf(supply, arcs)
}

/** Roads on a grid, every fourth crossing gives or takes. */
function gridNetwork(side: number, seed: number): flows.FlowNetwork {
  const random = new SearchRandom(seed)
  const supply = new Array<number>(side * side).fill(0)
  let total = 0
  for (let v = 1; v < supply.length; v++) {
    if (random.below(4) > 0) continue
    supply[v] = random.below(100) - 50
    total += supply[v] ?? 0
  }
  supply[0] = -total
  const arcs: flows.ArcInput[] = []
  for (let v = 0; v < supply.length; v++) {
    for (const [step, open] of [
      [1, v % side < side - 1],
      [-1, v % side > 0],
      [side, v + side < supply.length],
      [-side, v >= side],
    ] as const) {
      const cost = 10 + random.below(100)
      if (open) arcs.push({ source: v, target: v + step, cost, ...(random.below(4) === 0 ? { capacity: 200 + random.below(1000) } : {}) })
    }
  }
  return flows.networkOf(supply, arcs)
}

/** Stores to places, every pair joined: the shape of 50 stores × 2,700 villages. */
function denseTransport(origins: number, destinations: number, seed: number): flows.FlowNetwork {
  const random = new SearchRandom(seed)
  const needs = Array.from({ length: destinations }, () => 10 + random.below(50))
  const total = needs.reduce((sum, need) => sum + need, 0)
  const stock = Array.from({ length: origins }, () => Math.ceil((1.2 * total) / origins))
  const spare = stock.reduce((sum, amount) => sum + amount, 0) - total
  const arcs: flows.ArcInput[] = []
  for (let a = 0; a < origins; a++) {
    for (let b = 0; b < destinations; b++) arcs.push({ source: a, target: origins + b, cost: 1 + random.below(1000) })
    arcs.push({ source: a, target: origins + destinations, cost: 0 })
  }
  return flows.networkOf([...stock, ...needs.map((need) => -need), -spare], arcs)
}

const shapes: readonly (readonly [string, () => flows.FlowNetwork])[] = [
  ['dense 50 × 2,700', () => denseTransport(50, 2700, 1)],
  ['sparse 4,096 × 64', () => sparseNetwork(4096, 64, 2)],
  ['sparse 16,384 × 8', () => sparseNetwork(16_384, 8, 3)],
  ['sparse 65,536 × 8', () => sparseNetwork(65_536, 8, 4)],
  ['grid 128 × 128', () => gridNetwork(128, 5)],
  ['grid 256 × 256', () => gridNetwork(256, 6)],
]

if (import.meta.main) {
  const { values } = parseArgs({ options: { write: { type: 'string' }, json: { type: 'boolean', default: false } } })
  const results = shapes.map(([name, build]) => {
    const network = build()
    if (values.write !== undefined)
      writeFileSync(join(values.write, `${name.replaceAll(/[^\da-z]+/g, '-')}.min`), flows.writeDimacs(network))
    return measure(name, 'seeded', network, undefined)
  })
  if (values.json) console.log(JSON.stringify(results, null, 2))
  else {
    console.log('| network | objective | pivots | first run CPU s | proof | |\n|---|---|---|---|---|---|')
    for (const r of results) {
      const proof = r.faults.length === 0 ? 'optimal' : r.faults.join('; ')
      console.log(`| ${r.instance} | ${r.objective} | ${r.iterations} | ${r.cpuSeconds.toFixed(3)} | ${proof} | ${r.note ?? ''} |`)
    }
  }
}
