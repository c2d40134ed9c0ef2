// Readings accepted over HTTP from many phones at once, in calls such as outboxes send; the time of a call is its whole way.
// Usage: node bench/load/readings.ts [--people 100000] [--connections 32] [--each 20] [--seconds 10] [--database URL]
import { parseArgs } from 'node:util'
import { openConnection, percentile } from './connection.ts'
import { readingOf, startObserved } from './observed.ts'

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '100000' },
    connections: { type: 'string', default: '32' },
    each: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '10' },
    database: { type: 'string' },
  },
})
const [people, connections, each] = [Number(values.people), Number(values.connections), Number(values.each)]
const city = await startObserved({ people, devices: connections, database: values.database })
const times: number[] = []
let sent = 0
let accepted = 0
const before = await city.usage()
const own = process.cpuUsage()
const started = performance.now()
const end = started + Number(values.seconds) * 1000
async function phone(device: string): Promise<void> {
  const { post } = openConnection(city.url, city.token)
  while (performance.now() < end) {
    const acts = Array.from({ length: each }, () => {
      const k = sent
      sent += 1
      return readingOf(city.watches[k % people] ?? '', Math.floor(k / people) % 2 === 0 ? 'morning' : 'evening', crypto.randomUUID(), k)
    })
    const asked = performance.now()
    const { status, body } = await post('/api/field/acts', JSON.stringify({ device, acts }))
    times.push(performance.now() - asked)
    if (status === 200)
      accepted += (JSON.parse(body) as { results: { record?: object }[] }).results.filter((one) => one.record !== undefined).length
  }
}
await Promise.all(city.devices.map(phone))
const seconds = (performance.now() - started) / 1000
const after = await city.usage()
const { user, system } = process.cpuUsage(own)
const micros = (cpu: number) => Math.round((cpu * 1e6) / Math.max(1, accepted))
times.sort((a, b) => a - b)
const { events } = await city.counted()
await city.stop()
console.log(
  JSON.stringify([
    {
      key: 'readings',
      value: Math.round(accepted / seconds),
      more: {
        phones: connections,
        each,
        accepted,
        stored: events,
        refused: sent - accepted,
        µs: micros(after.cpu - before.cpu),
        'µs of the main thread': micros(after.main - before.main),
        'µs of the client': micros((user + system) / 1e6),
        MB: after.memory,
      },
    },
    { key: 'readings-p99', value: percentile(times, 0.99), more: { p50: percentile(times, 0.5), p95: percentile(times, 0.95) } },
  ]),
)
process.exit(events === accepted ? 0 : 1)
