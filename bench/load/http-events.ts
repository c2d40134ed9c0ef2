// Events accepted over HTTP, one request each, over kept-alive connections; beside it, in the same run, a bare handler that only batches an insert.
// Usage: node bench/load/http-events.ts [--connections 128] [--seconds 10] [--rounds 2] [--only server|bare] [--database URL of an empty database]
import { parseArgs } from 'node:util'
import { type Driven, drive } from './drive.ts'

const { values } = parseArgs({
  options: {
    connections: { type: 'string', default: '128' },
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '2' },
    only: { type: 'string' },
    database: { type: 'string' },
    profile: { type: 'string' },
  },
})

const how = { connections: Number(values.connections), seconds: Number(values.seconds), database: values.database, profile: values.profile }
const runs: Record<string, Driven[]> = { bare: [], server: [] }
// Taken in turns, so that a neighbour's noise meets both.
for (let round = 0; round < Number(values.rounds); round += 1)
  for (const [name, list] of Object.entries(runs))
    if (values.only === undefined || values.only === name) list.push(await drive(`${name}.ts`, how))

const mean = (list: readonly Driven[], of: (one: Driven) => number) =>
  list.reduce((sum, one) => sum + of(one), 0) / Math.max(1, list.length)
const summary = (list: readonly Driven[]) => ({
  perSecond: Math.round(mean(list, (one) => one.perSecond)),
  refused: list.reduce((sum, one) => sum + one.refused, 0),
  p50: Number(mean(list, (one) => one.p50).toFixed(1)),
  p99: Number(mean(list, (one) => one.p99).toFixed(1)),
  microsecondsPerEvent: {
    server: Math.round(mean(list, (one) => one.serverMicroseconds)),
    mainThread: Math.round(mean(list, (one) => one.mainMicroseconds)),
    client: Math.round(mean(list, (one) => one.clientMicroseconds)),
  },
  memory: Math.max(0, ...list.map((one) => one.memory)),
})
const server = summary(runs.server ?? [])
const bare = summary(runs.bare ?? [])
const { perSecond, refused, p50, p99, microsecondsPerEvent: micros, memory } = server
console.log(
  JSON.stringify([
    {
      key: 'http',
      value: perSecond,
      more: {
        refused,
        p50,
        p99,
        µs: micros.server,
        'µs of the main thread': micros.mainThread,
        'µs of the client': micros.client,
        MB: memory,
      },
    },
    ...(bare.perSecond > 0
      ? [
          {
            key: 'http-ratio',
            value: Number((perSecond / bare.perSecond).toFixed(2)),
            more: { bare: bare.perSecond, 'µs bare': bare.microsecondsPerEvent.server },
          },
        ]
      : []),
  ]),
)
process.exit(0)
