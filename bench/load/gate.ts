// A gate: pass checks online, offline verification on a slow processor, and the queue of a county border post.
// Usage: node bench/load/gate.ts [--passes 30000] [--crossings 60000] [--people 10000] [--checks 4000] [--database URL] [--only online|offline|queue]
import { parseArgs } from 'node:util'
import { round, type spread } from './gate-figures.ts'
import { offline } from './gate-offline.ts'
import { online } from './gate-online.ts'
import { type PostDay, simulatePost } from './gate-queue.ts'

const { values } = parseArgs({
  options: {
    passes: { type: 'string', default: '30000' },
    crossings: { type: 'string', default: '60000' },
    people: { type: 'string', default: '10000' },
    checks: { type: 'string', default: '4000' },
    database: { type: 'string' },
    only: { type: 'string' },
  },
})
// A city's own database has nothing to do with what happens without a network.
const wanted = (part: string) => (values.only === undefined ? values.database === undefined || part === 'online' : values.only === part)

/** Hours of a day at a provincial border in the days after the holiday: little by night, two broad peaks. Ours; a city enters its own counts. */
const PROFILE = [1, 0.6, 0.5, 0.5, 0.8, 1.6, 3, 5, 6.5, 7.5, 8, 7.2, 5.8, 6, 7, 7.6, 7.8, 7, 5.2, 4, 3, 2.2, 1.6, 1.2]

function queue(): Record<string, unknown> {
  const day: Omit<PostDay, 'lanes'> = {
    vehicles: 15_000,
    people: 32_000,
    profile: PROFILE,
    vehicleSeconds: 8,
    personSeconds: 9,
    spread: 0.5,
  }
  return {
    ...day,
    seeds: 20,
    lanes: Object.fromEntries(
      [8, 9, 10, 11, 12, 14, 16].map((lanes) => {
        const days = Array.from({ length: 20 }, (_, seed) => simulatePost({ ...day, lanes }, seed + 1))
        const mean = (of: (one: (typeof days)[number]) => number) => round(days.reduce((sum, one) => sum + of(one), 0) / days.length)
        return [
          lanes,
          {
            waitMeanMin: mean((one) => one.waitMean),
            waitP95Min: mean((one) => one.waitP95),
            waitMostMin: mean((one) => one.waitMost),
            longestQueue: mean((one) => one.longest),
            busiestHour: mean((one) => one.busiestHour),
          },
        ]
      }),
    ),
  }
}

/** What the table of aims shows: percentiles in milliseconds, and what they were measured over. */
function figuresOf(online: Readonly<Record<string, unknown>> | undefined, offline: Readonly<Record<string, unknown>> | undefined) {
  const line = (key: string, times: unknown, more: Readonly<Record<string, unknown>>) => {
    const { p99, ...rest } = times as ReturnType<typeof spread>
    return { key, value: p99, more: { ...rest, ...more } }
  }
  const behind = { passes: online?.passes, crossings: online?.crossings }
  return [
    ...(online
      ? [
          line('gate-pass', online.oneGate, { ...behind, 'CPU ms': online.cpuMsPerCheck }),
          line('gate-document', online.byDocument, behind),
          line('gate-cross', online.unknownRegisteredAndLogged, behind),
        ]
      : []),
    ...(offline ? [line('gate-offline', offline.checkMs, { keys: offline.keys, orders: offline.orders, stopped: offline.stopped })] : []),
  ]
}

const report: Record<string, Record<string, unknown>> = {}
if (wanted('queue')) report.queue = queue()
if (wanted('offline')) report.offline = await offline()
if (wanted('online'))
  report.online = await online({
    passes: Number(values.passes),
    crossings: Number(values.crossings),
    people: Number(values.people),
    checks: Number(values.checks),
    ...(values.database === undefined ? {} : { database: values.database }),
  })
console.log(JSON.stringify(report, null, 2))
// The table of aims reads the last line.
console.log(JSON.stringify(figuresOf(report.online, report.offline)))
process.exit(0)
