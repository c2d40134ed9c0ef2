/**
 * Rounds of visits at the size of a town: 300 households, 10 workers on foot and by car. Prints what half a second of CPU gives, its proof included,
 * and what planning again costs when one worker falls out. `node bench/planning/routing-rounds.ts`
 */
import { threadCpuClock } from '../../packages/analytics/src/planning/anytime/node/clocks.ts'
import { SearchRandom } from '../../packages/analytics/src/planning/anytime/random.ts'
import {
  checkRounds,
  type HouseholdVisit,
  planVisits,
  replanVisits,
  type VisitsProblem,
  type VisitWorker,
} from '../../packages/analytics/src/planning/visits/index.ts'

const hour = 3600

/** A town of 6 × 6 km; two fifths of the visits have a morning window, a tenth needs a nurse. */
function town(seed: number, households: number, workers: number): VisitsProblem {
  const random = new SearchRandom(seed)
  const n = households + workers
  const x = Float64Array.from({ length: n }, () => 6000 * random.unit())
  const y = Float64Array.from({ length: n }, () => 6000 * random.unit())
  const at = (i: number, j: number) => Math.round(1.3 * Math.hypot((x[i] ?? 0) - (x[j] ?? 0), (y[i] ?? 0) - (y[j] ?? 0)))
  const distance = Int32Array.from({ length: n * n }, (_, k) => at(Math.floor(k / n), k % n))
  const visits = Array.from({ length: households }, (_, k): HouseholdVisit => {
    const nurse = random.unit() < 0.1 ? { needs: ['nurse'] } : {}
    const window = random.unit() < 0.4 ? { window: { from: 9 * hour, until: 12 * hour } } : {}
    return {
      id: `h${k}`,
      place: `p${k}`,
      serviceSeconds: 420 + random.below(480),
      leavingCost: random.unit() < 0.2 ? 20_000 : 5000,
      ...nurse,
      ...window,
    }
  })
  const crew = Array.from({ length: workers }, (_, k): VisitWorker => {
    const place = `p${households + k}`
    const pace = k % 2 === 1 ? { secondsPerMetre: 0.8 } : {}
    return { id: `w${k}`, start: place, end: place, shift: { from: 8 * hour, until: 18 * hour }, skills: k < 3 ? ['nurse'] : [], ...pace }
  })
  const places = Array.from({ length: n }, (_, k) => `p${k}`)
  return { matrix: { places, distance, duration: distance.map((metres) => Math.round(metres / 6)) }, visits, workers: crew }
}

for (const seed of [1, 2, 3, 4, 5]) {
  const problem = town(seed, 300, 10)
  const before = threadCpuClock()
  const day = planVisits(problem, { seed, budget: { clock: threadCpuClock, seconds: 0.42 } })
  const planned = threadCpuClock() - before
  if (!day.ok) throw new Error(day.refusal.en)
  const later = { ...problem, workers: problem.workers.slice(1) }
  const start = threadCpuClock()
  const again = replanVisits(later, day.plan, { seed, budget: { clock: threadCpuClock, seconds: 0.03 }, changeCost: 4000 })
  const replanned = threadCpuClock() - start
  if (!again.ok) throw new Error(again.refusal.en)
  const faults = [...checkRounds(problem, day.plan), ...checkRounds(later, again.plan, day.plan)]
  console.log(
    `town ${seed}: ${planned.toFixed(3)} CPU s, ${day.iterations} steps, cost ${day.objective.toFixed(0)} (bound ${day.bound.toFixed(0)}), put off ${day.plan.putOff.length}; ` +
      `without one worker: ${(1000 * replanned).toFixed(1)} CPU ms, ${again.iterations} steps, put off ${again.plan.putOff.length}, moved between others ${again.plan.moved.length}; faults ${faults.length}`,
  )
}
