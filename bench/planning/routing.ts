/** Routing instances: CVRPLIB `.vrp`, Solomon and Gehring & Homberger `.txt`, split delivery. */
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { wallClock } from '../../packages/analytics/src/planning/anytime/node/clocks.ts'
import type { Plan, Planned } from '../../packages/analytics/src/planning/anytime/plan.ts'
import { type CheckInput, checkClassical } from '../../packages/analytics/src/planning/routing/classical/check.ts'
import { type Classical, planarMatrix } from '../../packages/analytics/src/planning/routing/classical/compile.ts'
import { readCvrplib, readSolutionCost } from '../../packages/analytics/src/planning/routing/formats/cvrplib.ts'
import { readSolomon } from '../../packages/analytics/src/planning/routing/formats/solomon.ts'
import { readSplitDelivery } from '../../packages/analytics/src/planning/routing/formats/splitDelivery.ts'
import { solveClassical, solveSplit } from '../../packages/analytics/src/planning/routing/node/threads.ts'
import type { Format, RunRequest, RunResult } from './instances.ts'

const isVrp = (file: string) => /\.vrp$/i.test(file)
const isWindowed = (file: string, text: string) => /\.txt$/i.test(file) && /^\s*VEHICLE\b/im.test(text.slice(0, 400))
/** `n capacity`, n demands and n + 1 coordinates, whatever the file is called. */
function isSplit(file: string, text: string): boolean {
  if (!/\.(sd|sdvrp|txt|dat)$/i.test(file) || !/^\s*\d+\s+\d+\s/.test(text)) return false
  const numbers = text.trim().split(/\s+/)
  const n = Number(numbers[0])
  return numbers.length === 2 + n + 2 * (n + 1) && numbers.every((word) => Number.isFinite(Number(word)))
}

export const formats: readonly Format[] = [
  { name: 'cvrplib', matches: (file) => isVrp(file) },
  { name: 'solomon', matches: isWindowed },
  { name: 'split-delivery', matches: isSplit },
]

/** Best known values of a folder: `<file>` beside it holds `{values: {name: value}}`. */
function listedValue(file: string, list: string, name: string): number | undefined {
  for (const folder of [dirname(file), dirname(dirname(file))]) {
    const path = join(folder, list)
    if (!existsSync(path)) continue
    const { values } = JSON.parse(readFileSync(path, 'utf8')) as { values: Record<string, number> }
    const key = Object.keys(values).find((known) => known.toLowerCase() === name.toLowerCase())
    return key === undefined ? undefined : values[key]
  }
  return undefined
}

/** Runs one instance and has the result checked. */
export async function runInstance(request: RunRequest): Promise<RunResult> {
  const { file, text } = request
  if (isVrp(file)) return capacitated(request)
  return isWindowed(file, text) ? windowed(request) : split(request)
}

/** More vehicles than a plan should need: the fleet of these families is not limited. */
const freeFleet = (demand: Int32Array, capacity: number, share: number) => {
  const fewest = Math.ceil(demand.reduce((sum, amount) => sum + amount, 0) / capacity)
  return fewest + Math.ceil(fewest * share) + 3
}

async function capacitated(request: RunRequest): Promise<RunResult> {
  const instance = readCvrplib(request.text)
  const { x, y, demand, capacity, leg, longestRoute } = instance
  const beside = request.file.replace(/\.vrp$/i, '.sol')
  const bestKnown = existsSync(beside) ? readSolutionCost(readFileSync(beside, 'utf8')) : costInComment(request.text)
  // A published cost with a fraction says that this family does not round: count in thousandths then.
  const unit = bestKnown !== undefined && !Number.isInteger(bestKnown) ? 1000 : 1
  const measure = unit === 1 ? instance.round : (distance: number) => Math.round(unit * distance)
  const vehicles = longestRoute === undefined ? freeFleet(demand, capacity, 0.1) : x.length - 1
  const limits = longestRoute === undefined ? {} : { windows: limitOf(longestRoute, instance.service, unit) }
  const legs = (a: number, b: number) => measure(leg(a, b))
  return measureJob(request, {
    name: instance.name,
    set: x.length <= 503 ? 'cvrp n <= 502' : 'cvrp n > 502',
    seconds: x.length <= 503 ? 30 : 60,
    bestKnown,
    unit,
    classical: { places: x.length, matrix: matrixOf(x.length, legs), demand, capacity, vehicles, ...limits },
    check: { x, y, demand, capacity, vehicles, measure, legs, ...limits },
  })
}

/** The cost that older collections state in their comment: "(…, Optimal value: 784)". */
function costInComment(text: string): number | undefined {
  const cost = /^\s*COMMENT.*(?:optimal|best)\s+(?:known\s+)?value:?\s*(\d+(?:\.\d+)?)/im.exec(text)?.[1]
  return cost === undefined ? undefined : Number(cost)
}

/** A longest route as windows: every place, and the depot on return, before the limit. */
function limitOf(longest: number, service: Float64Array, unit: number) {
  const due = new Int32Array(service.length).fill(Math.floor(longest * unit + 1e-6))
  return { ready: new Int32Array(service.length), due, service: Int32Array.from(service, (time) => Math.round(time * unit)) }
}

function matrixOf(n: number, leg: (from: number, to: number) => number): Int32Array {
  return Int32Array.from({ length: n * n }, (_, k) => (k % n === Math.floor(k / n) ? 0 : leg(Math.floor(k / n), k % n)))
}

async function windowed(request: RunRequest): Promise<RunResult> {
  const instance = readSolomon(request.text)
  const { x, y, demand, capacity, vehicles } = instance
  // DIMACS convention: distances cut to one decimal; everything counts in tenths here.
  const tenths = (distance: number) => Math.floor(10 * distance + 1e-9)
  const scaled = (values: Float64Array) => Int32Array.from(values, (value) => Math.round(10 * value))
  const windows = { ready: scaled(instance.ready), due: scaled(instance.due), service: scaled(instance.service) }
  const classical = { places: x.length, matrix: planarMatrix(x, y, tenths), demand, capacity, vehicles, windows }
  const name = basename(request.file).replace(/\.txt$/i, '')
  const large = x.length > 101
  return measureJob(request, {
    name,
    set: large ? `vrptw gh${x.length - 1}` : 'vrptw solomon',
    seconds: large ? 20 : 5,
    bestKnown: listedValue(request.file, 'vrptw_dimacs_bks.json', name),
    unit: 10,
    classical,
    check: { x, y, demand, capacity, vehicles, measure: tenths, windows },
  })
}

async function split(request: RunRequest): Promise<RunResult> {
  const name = basename(request.file).replace(/\.[a-z]+$/i, '')
  const { x, y, demand, capacity } = readSplitDelivery(name, request.text)
  const vehicles = Math.max(freeFleet(demand, capacity, 0.3), x.length)
  return measureJob(request, {
    name,
    set: 'split delivery',
    seconds: 30,
    bestKnown: listedValue(request.file, 'sdvrp_bks.json', name),
    unit: 1,
    split: true,
    classical: { places: x.length, matrix: planarMatrix(x, y, Math.round), demand, capacity, vehicles },
    check: { x, y, demand, capacity, vehicles, measure: Math.round },
  })
}

interface Job {
  readonly name: string
  readonly set: string
  readonly seconds: number
  readonly bestKnown: number | undefined
  /** Matrix units per unit of the best known value. */
  readonly unit: number
  readonly split?: boolean
  readonly classical: Classical
  readonly check: Omit<CheckInput, 'routes' | 'claimedCost'>
}

async function measureJob(request: RunRequest, job: Job): Promise<RunResult> {
  const seconds = (request.seconds ?? job.seconds) * (request.share ?? 1)
  const options = { seed: request.seed, seconds, threads: request.threads }
  const start = wallClock()
  const solved = job.split === true ? await solveParts(job, options) : await solveWhole(job, options)
  const wallSeconds = wallClock() - start
  const { plan, routes } = solved
  return {
    instance: job.name,
    set: job.set,
    objective: plan.objective / job.unit,
    bestKnown: job.bestKnown,
    bound: plan.bound / job.unit,
    iterations: plan.iterations,
    cpuSeconds: plan.elapsed,
    wallSeconds,
    faults: checkClassical({ ...job.check, routes, claimedCost: plan.objective }),
    note: `${routes.length} routes`,
  }
}

type Options = Parameters<typeof solveClassical>[1]

/** Instances of public sets have plans: a refusal is a fault of the reader or of the engine. */
function found<T>(answer: Planned<T>): Plan<T> {
  if (answer.ok) return answer
  throw new Error(answer.refusal.en)
}

async function solveWhole(job: Job, options: Options) {
  const plan = found(await solveClassical(job.classical, options))
  return { plan, routes: plan.plan.map((route) => route.map((customer) => ({ customer, amount: job.classical.demand[customer] ?? 0 }))) }
}

async function solveParts(job: Job, options: Options) {
  const plan = found(await solveSplit(job.classical, options))
  return { plan, routes: plan.plan }
}
