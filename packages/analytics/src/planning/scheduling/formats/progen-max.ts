import { demand } from '../../../outcome.ts'
import type { Activity, Lag, SchedulingProblem } from '../types.ts'

/**
 * Reads single-mode ProGen/max files (.sch, Schwindt 1998): activities 0..n+1, start-to-start lags in brackets, a negative lag being
 * a maximal one, then durations with needs, then capacities.
 *
 * @throws InputError when a row is incomplete
 */
export function parseProgenMax(text: string): SchedulingProblem {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)
  const numbers = (line: string | undefined) => (line ?? '').replace(/[[\]]/g, ' ').split(/\s+/).filter(Boolean).map(Number)
  const [inner, renewable] = numbers(lines[0])
  demand(
    Number.isInteger(inner) && Number.isInteger(renewable),
    'progen-head',
    '文件首行应为工序数与资源数（ProGen/max .sch）',
    'The first line must state the numbers of activities and resources (ProGen/max .sch)',
  )
  const size = (inner as number) + 2
  const broken = (k: number) => [`第 ${k} 道工序的行不完整`, `The rows of activity ${k} are incomplete`] as const
  const lags: Lag[] = []
  const activities: Activity[] = []
  for (let k = 0; k < size; k++) {
    const [id, modes, successors, ...rest] = numbers(lines[1 + k])
    const count = successors ?? 0
    demand(id === k && modes === 1 && rest.length === 2 * count, 'progen-row', ...broken(k))
    for (let s = 0; s < count; s++) {
      const lag = rest[count + s] as number
      const to = rest[s] as number
      // start(to) >= start(from) + lag; a negative lag says that `from` starts at most -lag after `to`.
      if (lag >= 0) lags.push({ from: String(k), to: String(to), type: 'SS', min: lag })
      else lags.push({ from: String(to), to: String(k), type: 'SS', max: -lag })
    }
    const [same, , duration, ...needs] = numbers(lines[1 + size + k])
    demand(same === k && Number.isInteger(duration) && needs.length === renewable, 'progen-row', ...broken(k))
    activities.push({
      id: String(k),
      duration: duration as number,
      needs: needs.flatMap((amount, r) => (amount > 0 ? [{ resource: `R${r + 1}`, amount }] : [])),
    })
  }
  const capacities = numbers(lines[1 + 2 * size])
  demand(capacities.length === renewable, 'progen-capacities', '缺少资源能力行', 'The line of capacities is missing')
  return { activities, lags, resources: capacities.map((capacity, r) => ({ id: `R${r + 1}`, capacity })) }
}
