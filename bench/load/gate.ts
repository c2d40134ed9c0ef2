// A gate: pass checks online, offline verification on a slow processor, and the queue of a county border post.
// Usage: node bench/load/gate.ts [--passes 30000] [--crossings 60000] [--people 10000] [--checks 4000] [--database URL] [--only online|offline|queue]
import { parseArgs } from 'node:util'
import { round } from './gate-figures.ts'
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
const wanted = (part: string) => values.only === undefined || values.only === part

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

const report: Record<string, unknown> = {}
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
process.exit(0)
