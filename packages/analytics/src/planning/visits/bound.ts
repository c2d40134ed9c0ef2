/** A lower bound for rounds of visits. */
import type { Proof } from '../anytime/plan.ts'
import { placeIndex } from '../distances/matrix.ts'
import { travelSeconds, type VisitsProblem } from './model.ts'

export const visitsProof: Proof = {
  method: 'entries-and-hours',
  zh: '下界：每户最短进入路程与推迟代价取小，再加工时不足时必须推迟的代价',
  en: 'Bound: the shortest way to each household or the cost of putting it off, and what the hours of all shifts cannot hold',
}

/**
 * Every visit made costs at least its cheapest way in; visits whose time exceeds all shifts together must be put off,
 * the cheapest per second first (the linear relaxation of a knapsack).
 */
export function visitsBound({ matrix, visits, workers }: VisitsProblem): number {
  const index = placeIndex(matrix)
  const size = matrix.places.length
  const rate = workers.reduce((least, { costPerMetre }) => Math.min(least, costPerMetre ?? 1), Infinity)
  // Workers of one pace need the same time.
  const paces = [...new Map(workers.map((worker) => [worker.secondsPerMetre, worker])).values()]
  const origins = [...new Set([...visits.map(({ place }) => place), ...workers.map(({ start }) => start)])].map(
    (place) => index.get(place) as number,
  )
  const crowded = new Map<string, number>()
  for (const { place } of visits) crowded.set(place, (crowded.get(place) ?? 0) + 1)
  const started = new Set(workers.map(({ start }) => start))
  const items = visits.map((visit) => {
    const to = index.get(visit.place) as number
    // Another visit, or a start, at the same place makes the way in free.
    const free = (crowded.get(visit.place) ?? 0) > 1 || started.has(visit.place)
    let metres = free ? 0 : Infinity
    let seconds = free ? 0 : Infinity
    for (const from of origins) {
      if (from === to || free) continue
      metres = Math.min(metres, matrix.distance[from * size + to] as number)
      for (const worker of paces) seconds = Math.min(seconds, travelSeconds(matrix, worker, from, to))
    }
    const way = metres === Infinity ? 0 : metres * rate
    const put = visit.leavingCost ?? Infinity
    return { cost: Math.min(way, put), extra: Math.max(0, put - way), seconds: visit.serviceSeconds + (seconds === Infinity ? 0 : seconds) }
  })
  const hours = workers.reduce((sum, { shift }) => sum + shift.until - shift.from, 0)
  let excess = items.reduce((sum, { seconds }) => sum + seconds, 0) - hours
  let bound = items.reduce((sum, { cost }) => sum + cost, 0)
  for (const item of items.filter(({ seconds }) => seconds > 0).sort((a, b) => a.extra / a.seconds - b.extra / b.seconds)) {
    if (excess <= 0) break
    const share = Math.min(1, excess / item.seconds)
    if (item.extra < Infinity) bound += item.extra * share
    excess -= item.seconds
  }
  return bound
}
