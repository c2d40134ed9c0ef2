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
  const ask = (person: number) => {
    const asked = performance.now()
    const before = process.cpuUsage()
    const rings = tracer.rings(person, { from: 0, to: 4 * 1440 })
    const { user, system } = process.cpuUsage(before)
    return { wall: performance.now() - asked, cpu: (user + system) / 1000, first: rings.first.count, second: rings.second.count }
  }
  const cases = 2000
  const asked = Array.from({ length: cases }, (_, k) => ask(Math.floor(((k + 0.5) / cases) * people)))
  const times = asked.map((one) => one.wall)
  const used = asked.map((one) => one.cpu)
  const first = asked.map((one) => one.first)
  const second = asked.map((one) => one.second)
  // The worst that can be asked: visitors of the busiest hall, whose first ring is the largest in the prefecture.
  let busiest = 0
  const visitors = (place: number) => (index.placeOffsets[place + 1] ?? 0) - (index.placeOffsets[place] ?? 0)
  for (let place = 0; place < index.places; place += 1) if (visitors(place) > visitors(busiest)) busiest = place
  // Rows of the index have four cells, the visitor in the third.
  const hall = Array.from({ length: 100 }, (_, k) =>
    ask(index.byPlace[((index.placeOffsets[busiest] ?? 0) + Math.floor((k / 100) * visitors(busiest))) * 4 + 2] ?? 0),
  )
  return [
    { what: `index of ${stays} stays of ${people} people, wall`, value: built / 1000, unit: 's' },
    { what: 'the same, CPU', value: (building.user + building.system) / 1e6, unit: 's' },
    { what: 'index size', value: index.bytes / index.stays, unit: 'bytes/stay', target: '<= 60' },
    { what: 'two rings of one case, first asked', value: times[0] ?? Number.NaN, unit: 'ms', target: '<= 100' },
    { what: `two rings of one of ${cases} cases, median`, value: quantile(times, 0.5), unit: 'ms', target: '<= 100' },
    { what: 'the same, 99 %', value: quantile(times, 0.99), unit: 'ms', target: '<= 100' },
    { what: 'the same, slowest', value: quantile(times, 1), unit: 'ms', target: '<= 100' },
    { what: 'the same in CPU, median', value: quantile(used, 0.5), unit: 'ms' },
    { what: 'the same in CPU, 99 %', value: quantile(used, 0.99), unit: 'ms' },
    { what: 'the same in CPU, slowest', value: quantile(used, 1), unit: 'ms' },
    {
      what: `100 of the ${visitors(busiest)} visits to the busiest place, median`,
      value: quantile(
        hall.map((one) => one.wall),
        0.5,
      ),
      unit: 'ms',
    },
    {
      what: 'the same, slowest',
      value: quantile(
        hall.map((one) => one.wall),
        1,
      ),
      unit: 'ms',
      target: '<= 100',
    },
    {
      what: 'the same in CPU, slowest',
      value: quantile(
        hall.map((one) => one.cpu),
        1,
      ),
      unit: 'ms',
    },
    {
      what: 'their largest first ring',
      value: quantile(
        hall.map((one) => one.first),
        1,
      ),
      unit: 'people',
    },
    {
      what: 'their largest second ring',
      value: quantile(
        hall.map((one) => one.second),
        1,
      ),
      unit: 'people',
    },
    { what: 'first ring, median', value: quantile(first, 0.5), unit: 'people' },
    { what: 'second ring, median', value: quantile(second, 0.5), unit: 'people' },
    { what: 'second ring, largest', value: quantile(second, 1), unit: 'people' },
  ]
}

export function run(): Row[] {
  return [...joinMillion(), ...twoRings(3_800_000, 50_000_000)]
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) console.table(run())
