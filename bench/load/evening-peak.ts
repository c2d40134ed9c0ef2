// The evening peak of a city: everybody under observation is read twice, and all readings arrive from phones that retry, repeat and reorder. They are sent
// as fast as the server takes them; in a city they come within 30 minutes. Nothing may be lost or counted twice, the books are exact, nothing waits.
// Usage: node bench/load/evening-peak.ts [--people 300000] [--devices 3000] [--connections 32] [--each 50] [--seed 1] [--database URL]
import { parseArgs } from 'node:util'
import { derivedId } from '@guatu/kernel'
import { chanceOf } from '../../packages/server/src/demo/city/random.ts'
import { openConnection, percentile } from './connection.ts'
import { readingOf, startObserved } from './observed.ts'

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '300000' },
    devices: { type: 'string', default: '3000' },
    connections: { type: 'string', default: '32' },
    each: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
    database: { type: 'string' },
  },
})
const [people, devices, each] = [Number(values.people), Number(values.devices), Number(values.each)]
const connections = Math.min(Number(values.connections), devices)
/** Shares of calls whose answer the phone does not wait for, and that it sends once more although it was answered. */
const HUNG_UP = 0.05
const REPEATED = 0.1
const chance = chanceOf(Number(values.seed))
const begun = performance.now()
const city = await startObserved({ people, devices, database: values.database })
const setUp = Math.round((performance.now() - begun) / 1000)
console.error(`${people} people, ${devices} phones after ${setUp} s`)
type Reading = ReturnType<typeof readingOf>

/** What one phone has to send, in an order of its own. */
function workOf(phone: number): Reading[][] {
  const readings: Reading[] = []
  for (let k = phone; k < people; k += devices)
    for (const half of ['morning', 'evening'] as const) {
      const watch = city.watches[k] ?? ''
      readings.push(readingOf(watch, half, derivedId(`${watch} ${half}`), k))
    }
  for (let i = readings.length - 1; i > 0; i -= 1) {
    const j = chance.whole('order', phone * 1_000 + i, i + 1)
    const [a, b] = [readings[i], readings[j]]
    if (a && b) {
      readings[i] = b
      readings[j] = a
    }
  }
  return Array.from({ length: Math.ceil(readings.length / each) }, (_, i) => readings.slice(i * each, (i + 1) * each))
}

const times: number[] = []
const tally = { confirmed: 0, repeated: 0, refused: 0, calls: 0, hungUp: 0, again: 0 }
let nextPhone = 0
let nextCall = 0
async function sender(): Promise<void> {
  const { post, postAndLeave } = openConnection(city.url, city.token)
  for (let phone = nextPhone++; phone < devices; phone = nextPhone++) {
    const device = city.devices[phone]
    if (phone > 0 && phone % 500 === 0) console.error(`phone ${phone} of ${devices}, ${tally.confirmed} readings`)
    for (const acts of workOf(phone)) {
      const body = JSON.stringify({ device, acts })
      const n = nextCall++
      if (chance.at('hung up', n) < HUNG_UP) {
        tally.hungUp += 1
        postAndLeave('/api/field/acts', body)
      }
      // Until it is answered, and now and then once more.
      for (let again = chance.at('again', n) < REPEATED ? 2 : 1; again > 0; again -= 1) {
        const asked = performance.now()
        const reply = await post('/api/field/acts', body)
        times.push(performance.now() - asked)
        tally.calls += 1
        if (reply.status !== 200) throw new Error(`answered ${reply.status}: ${reply.body}`)
        for (const one of (JSON.parse(reply.body) as { results: { record?: object; repeated?: boolean }[] }).results) {
          if (one.record === undefined) tally.refused += 1
          else if (one.repeated) tally.repeated += 1
          else tally.confirmed += 1
        }
        if (again > 1) tally.again += 1
      }
    }
  }
}
const started = performance.now()
await Promise.all(Array.from({ length: connections }, sender))
const seconds = (performance.now() - started) / 1000
const counted = await city.counted()
await city.stop()
times.sort((a, b) => a - b)
const all = people * 2
const exact =
  counted.events === all &&
  counted.ids === all &&
  counted.checksDone === all &&
  counted.bothHalves === people &&
  counted.books === all &&
  counted.waiting === 0 &&
  tally.refused === 0
console.log(
  JSON.stringify([
    {
      key: 'evening-peak',
      value: Math.round(all / seconds),
      more: {
        people,
        phones: devices,
        'set up, s': setUp,
        'sent, s': Math.round(seconds),
        readings: all,
        stored: counted.events,
        'in the books': counted.books,
        waiting: counted.waiting,
        repeated: tally.repeated,
        'answers not awaited': tally.hungUp,
        refused: tally.refused,
        exact,
        p50: percentile(times, 0.5),
        p99: percentile(times, 0.99),
      },
    },
  ]),
)
process.exit(exact ? 0 : 1)
