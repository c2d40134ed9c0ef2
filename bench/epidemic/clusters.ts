/** Prospective space-time scan of a city's townships with 999 replicates; the default of 9,999 takes ten times as long. */
import { pathToFileURL } from 'node:url'
import { orderByDistance, scanSpaceTime } from '../../packages/analytics/src/epidemic/clusters/index.ts'
import { RandomStream } from '../../packages/analytics/src/statistics/index.ts'

export const name = 'scan statistic'

export function run(): { what: string; value: number; unit: string; target?: string }[] {
  const random = new RandomStream(4)
  const towns = 200
  const points = Array.from({ length: towns }, () => ({ x: random.uniform() * 100, y: random.uniform() * 100 }))
  const population = points.map(() => 2000 + random.integer(60_000))
  const counts = points.map((_, k) => Array.from({ length: 28 }, () => random.poisson((population[k] ?? 0) / 250_000)))
  const neighbourhoods = orderByDistance(points)
  return (['poisson', 'permutation'] as const).flatMap((model) => {
    const start = performance.now()
    const cpu = process.cpuUsage()
    const result = scanSpaceTime(
      { neighbourhoods, counts, population },
      { asOf: '2020-02-14', seed: 1, model, maximalDays: 7, replicates: 999 },
    )
    const used = process.cpuUsage(cpu)
    return [
      {
        what: `${model}: 200 places x 7 windows x 999 replicates, wall`,
        value: (performance.now() - start) / 1000,
        unit: 's',
        target: '< 2',
      },
      { what: `${model}: the same, CPU`, value: (used.user + used.system) / 1e6, unit: 's', target: '< 2' },
      { what: `${model}: cases`, value: result.ok ? result.total : 0, unit: 'cases' },
    ]
  })
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) console.table(run())
