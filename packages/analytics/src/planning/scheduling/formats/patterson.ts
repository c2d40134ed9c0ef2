import { demand } from '../../../outcome.ts'
import type { Activity, Lag, SchedulingProblem } from '../types.ts'

/**
 * Reads the Patterson format (.rcp, Patterson 1984, doi:10.1287/mnsc.30.7.854; also RG300 and the sets of RanGen): numbers of jobs and
 * resources, capacities, then per job its duration, needs, number of successors and the successors. Line breaks do not matter.
 *
 * @throws InputError when numbers are missing or a successor does not exist
 */
export function parsePatterson(text: string): SchedulingProblem {
  const values = text.trim().split(/\s+/).map(Number)
  let at = 0
  const next = (): number => {
    const value = values[at++]
    demand(
      value !== undefined && Number.isInteger(value) && value >= 0,
      'patterson-number',
      `.rcp 文件第 ${at} 个数缺失或不是非负整数`,
      `Number ${at} of the .rcp file is missing or not a whole number`,
    )
    return value
  }
  const jobs = next()
  const count = next()
  const resources = Array.from({ length: count }, (_, r) => ({ id: `R${r + 1}`, capacity: next() }))
  const activities: Activity[] = []
  const lags: Lag[] = []
  for (let k = 1; k <= jobs; k++) {
    const duration = next()
    const needs = resources.map(({ id }) => ({ resource: id, amount: next() })).filter(({ amount }) => amount > 0)
    activities.push({ id: String(k), duration, needs })
    for (let s = next(); s > 0; s--) {
      const to = next()
      demand(
        to >= 1 && to <= jobs,
        'patterson-successor',
        `第 ${k} 道工序的后续 ${to} 不存在`,
        `Job ${k} names the successor ${to}, which does not exist`,
      )
      lags.push({ from: String(k), to: String(to) })
    }
  }
  return { activities, lags, resources }
}
