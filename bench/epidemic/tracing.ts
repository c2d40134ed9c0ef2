/** Contact tracing: joining a million visits, and two rings of one case in a whole prefecture. */
import { pathToFileURL } from 'node:url'
import { buildStayIndex, createTracer, joinCoPresence } from '../../packages/analytics/src/epidemic/tracing/index.ts'
import { contactRules, generateStays } from './generated-stays.ts'

export const name = 'contact tracing'

export interface Row {
  what: string
  value: number
  unit: string
  target?: string
}

const quantile = (values: number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))] ?? Number.NaN

function joinMillion(): Row[] {
  const visits = generateStays(76_000, 1_000_000, 7)
  const [batch] = visits.batches
  if (batch === undefined) throw new Error('no visits were generated')
  const runs: number[] = []
  const used: number[] = []
  let meetings = 0
  for (let run = 0; run < 5; run += 1) {
    const start = performance.now()
    const cpu = process.cpuUsage()
    meetings = joinCoPresence(batch, visits, contactRules).count
    runs.push(performance.now() - start)
    const { user, system } = process.cpuUsage(cpu)
    used.push((user + system) / 1000)
  }
  return [
    { what: 'join of 1,000,000 visits, first run', value: runs[0] ?? Number.NaN, unit: 'ms', target: '<= 1000' },
    { what: 'join of 1,000,000 visits, median of 5', value: quantile(runs, 0.5), unit: 'ms', target: '<= 1000' },
    { what: 'the same, CPU, median of 5', value: quantile(used, 0.5), unit: 'ms' },
    { what: 'meetings found', value: meetings, unit: 'meetings' },
  ]
}

function twoRings(people: number, stays: number): Row[] {
  const generated = generateStays(people, stays, 11)
  const start = performance.now()
  const cpu = process.cpuUsage()
  const index = buildStayIndex(generated.batches, generated)
  const built = performance.now() - start
  const building = process.cpuUsage(cpu)
  generated.batches.length = 0
  const tracer = createTracer(index, contactRules)
  const times: number[] = []
  const used: number[] = []
  const first: number[] = []
  const second: number[] = []
  const cases = 300
  for (let k = 0; k < cases; k += 1) {
    const person = Math.floor(((k + 0.5) / cases) * people)
    const asked = performance.now()
    const before = process.cpuUsage()
    const rings = tracer.rings(person, { from: 0, to: 4 * 1440 })
    times.push(performance.now() - asked)
    const { user, system } = process.cpuUsage(before)
    used.push((user + system) / 1000)
    first.push(rings.first.count)
    second.push(rings.second.count)
  }
  return [
    { what: `index of ${stays} stays of ${people} people, wall`, value: built / 1000, unit: 's' },
    { what: 'the same, CPU', value: (building.user + building.system) / 1e6, unit: 's' },
    { what: 'index size', value: index.bytes / index.stays, unit: 'bytes/stay', target: '<= 60' },
    { what: 'two rings of one case, first asked', value: times[0] ?? Number.NaN, unit: 'ms', target: '<= 100' },
    { what: 'two rings of one case, median', value: quantile(times, 0.5), unit: 'ms', target: '<= 100' },
    { what: 'two rings of one case, 95 %', value: quantile(times, 0.95), unit: 'ms', target: '<= 100' },
    { what: 'two rings of one case, slowest of 300', value: quantile(times, 1), unit: 'ms', target: '<= 100' },
    { what: 'the same in CPU, median', value: quantile(used, 0.5), unit: 'ms' },
    { what: 'the same in CPU, 95 %', value: quantile(used, 0.95), unit: 'ms' },
    { what: 'the same in CPU, slowest of 300', value: quantile(used, 1), unit: 'ms' },
    { what: 'first ring, median', value: quantile(first, 0.5), unit: 'people' },
    { what: 'second ring, median', value: quantile(second, 0.5), unit: 'people' },
    { what: 'second ring, largest', value: quantile(second, 1), unit: 'people' },
  ]
}

export function run(): Row[] {
  return [...joinMillion(), ...twoRings(3_800_000, 50_000_000)]
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) console.table(run())
