/**
 * Instances of project scheduling for the planning bench, and a command of its own that limits by schedules instead of seconds:
 * `node bench/planning/scheduling.ts --set DIR [--schedules N] [--conflicts N] [--every K] [--seed N]`.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { scheduling } from '../../packages/analytics/src/index.ts'
import { processCpuClock, threadCpuClock } from '../../packages/analytics/src/planning/anytime/node/clocks.ts'
import { scheduleOnThreads } from '../../packages/analytics/src/planning/scheduling/node/parallel.ts'
import type { Format, RunRequest, RunResult } from './instances.ts'

/** Schedules granted where no seconds are given: the first level of the literature's tables. */
const USUAL_SCHEDULES = 5000

/** Seconds granted where threads are compared and no seconds are given. */
const COMPARED_SECONDS = 4

export const formats: readonly Format[] = [
  { name: 'PSPLIB single mode', matches: (file, text) => extname(file) === '.sm' && text.includes('PRECEDENCE RELATIONS') },
  { name: 'Patterson', matches: (file) => extname(file) === '.rcp' },
  { name: 'ProGen/max', matches: (file) => extname(file) === '.sch' },
]

/** Best-known ends and bounds: `rcpsp_bks.json` in the folder of the instance or the one above, by name. */
function bestKnown(file: string): { ub?: number; lb?: number } {
  const name = basename(file, extname(file))
  for (const folder of [dirname(file), dirname(dirname(file))]) {
    const path = join(folder, 'rcpsp_bks.json')
    if (!existsSync(path)) continue
    const table = JSON.parse(readFileSync(path, 'utf8')) as Record<string, { ub?: number; lb?: number }>
    return table[name] ?? {}
  }
  return {}
}

function read(file: string, text: string): scheduling.SchedulingProblem {
  if (extname(file) === '.rcp') return scheduling.parsePatterson(text)
  return extname(file) === '.sch' ? scheduling.parseProgenMax(text) : scheduling.parsePsplib(text)
}

/** Runs one instance; limited by `schedules` when no seconds are given. `conflicts` limits the clause search, 0 leaves it out. */
export async function runInstance(request: RunRequest & { readonly schedules?: number; readonly conflicts?: number }): Promise<RunResult> {
  const { file, text, threads, seed } = request
  const granted = request.seconds ?? (request.share === undefined ? undefined : COMPARED_SECONDS)
  const seconds = granted === undefined ? undefined : granted * (request.share ?? 1)
  const problem = read(file, text)
  const cpu = processCpuClock()
  const wall = performance.now()
  const limit = seconds === undefined ? { iterations: request.schedules ?? USUAL_SCHEDULES } : { seconds, clock: threadCpuClock }
  const clauses = request.conflicts === undefined ? {} : { conflicts: request.conflicts }
  const planned =
    threads > 1 && seconds !== undefined
      ? await scheduleOnThreads(problem, { seconds, threads, seed, ...clauses })
      : scheduling.schedule(problem, { ...limit, ...clauses, seed })
  const cpuSeconds = processCpuClock() - cpu
  const wallSeconds = (performance.now() - wall) / 1000
  const name = basename(file, extname(file))
  const known = bestKnown(file)
  const set = `rcpsp ${basename(dirname(file))}`
  if (!planned.ok) {
    const faults = known.ub === undefined ? [] : [planned.refusal.en]
    const none = Number.NaN
    return {
      instance: name,
      set,
      objective: none,
      bestKnown: known.ub,
      bound: none,
      iterations: 0,
      cpuSeconds,
      wallSeconds,
      faults,
      note: planned.refusal.code,
    }
  }
  const { plan } = planned
  const faults = scheduling.checkSchedule(problem, plan).map((violation) => violation.en)
  if (known.lb !== undefined && plan.end < known.lb) faults.push(`ends before the best known lower bound ${known.lb}`)
  if (known.ub !== undefined && plan.endBound > known.ub)
    faults.push(`claims the bound ${plan.endBound} above the best known end ${known.ub}`)
  return {
    instance: name,
    set,
    objective: plan.end,
    bestKnown: known.ub,
    bound: plan.endBound,
    iterations: plan.schedules,
    cpuSeconds,
    wallSeconds,
    faults,
    note: plan.end === plan.endBound ? `proven optimal: ${planned.proof.method}` : planned.proof.method,
  }
}

/** The command: every K-th instance of a folder, means at the end. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      set: { type: 'string' },
      schedules: { type: 'string', default: String(USUAL_SCHEDULES) },
      seconds: { type: 'string' },
      threads: { type: 'string', default: '1' },
      conflicts: { type: 'string' },
      every: { type: 'string', default: '1' },
      seed: { type: 'string', default: '1' },
      rows: { type: 'boolean', default: false },
    },
  })
  const folder = values.set ?? '../shared/data/scheduling/j60'
  const files = readdirSync(folder)
    .filter((file) => ['.sm', '.rcp', '.sch'].includes(extname(file)))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .filter((_, k) => k % Number(values.every) === 0)
  const sums = { gap: 0, bound: 0, proven: 0, cpu: 0, wall: 0, count: 0, known: 0, faults: 0 }
  for (const name of files) {
    const file = join(folder, name)
    const result = await runInstance({
      file,
      text: readFileSync(file, 'utf8'),
      seconds: values.seconds === undefined ? undefined : Number(values.seconds),
      threads: Number(values.threads),
      seed: Number(values.seed),
      schedules: Number(values.schedules),
      ...(values.conflicts === undefined ? {} : { conflicts: Number(values.conflicts) }),
    })
    if (values.rows) console.log(JSON.stringify(result))
    sums.faults += result.faults.length
    sums.cpu += result.cpuSeconds
    sums.wall += result.wallSeconds
    if (Number.isNaN(result.objective)) continue
    sums.count++
    sums.bound += result.objective / result.bound - 1
    if (result.objective === result.bound) sums.proven++
    if (result.bestKnown === undefined) continue
    sums.known++
    sums.gap += result.objective / result.bestKnown - 1
  }
  const percent = (sum: number, count: number) => `${((100 * sum) / count).toFixed(3)} %`
  console.log(
    `${folder}: ${sums.count} instances, mean above best known ${percent(sums.gap, sums.known)}, mean above own bound ${percent(sums.bound, sums.count)}, ` +
      `proven optimal ${sums.proven}, ${(sums.cpu / files.length).toFixed(3)} CPU s and ${(sums.wall / files.length).toFixed(3)} wall s each, ` +
      `${Math.round(process.memoryUsage().rss / 1e6)} MB, faults ${sums.faults}`,
  )
}

if (import.meta.main) await main()
