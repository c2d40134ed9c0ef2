/** A lower bound for rounds of visits. */
import type { Proof } from '../anytime/plan.ts'
import { placeIndex } from '../distances/matrix.ts'
import { forestBound } from '../routing/bounds/forest.ts'
import { travelSeconds, type VisitsProblem } from './model.ts'

export const visitsProof: Proof = {
  method: 'entries-hours-forest',
  zh: '下界：以下两者取大：每户最短进入路程与推迟代价取小、再加工时不足时必须推迟的代价；定价的森林松弛（推迟视作单独往返，工时按价计入）',
  en: 'Bound: the larger of two: the shortest way to each household or the cost of putting it off, with what the hours of all shifts cannot hold; and a priced forest in which a visit put off is a journey of its own and hours have a price',
}

/** The simple bound, and the forest where there is time for it. @param cost of the plan at hand */
export function visitsBound(problem: VisitsProblem, cost: number, thorough: boolean): number {
  const simple = simpleBound(problem)
  if (!thorough || problem.visits.length < 2 || simple.value >= cost) return simple.value
  const { secondPrice } = simple
  const prices = secondPrice > 0 ? [0, secondPrice] : [0]
  return Math.max(simple.value, ...prices.map((price) => forest(problem, cost, price)))
}

/** Steps of the forest's prices: some hundredths of a second for some hundred visits. */
const rounds = 60

/** Dearest leg that the forest looks at, safely added up in integers. */
const dearest = 2 ** 28

/**
 * All workers together are one depot. Putting a visit off is a journey from there and back for half its cost each way. Under a price on
 * seconds, legs and visits cost their time too, and what all shifts together have is given back.
 */
function forest({ matrix, visits, workers }: VisitsProblem, cost: number, secondPrice: number): number {
  const index = placeIndex(matrix)
  const size = matrix.places.length
  const at = visits.map(({ place }) => index.get(place) as number)
  const rate = workers.reduce((least, { costPerMetre }) => Math.min(least, costPerMetre ?? 1), Infinity)
  const paces = [...new Map(workers.map((worker) => [worker.secondsPerMetre, worker])).values()]
  const leg = (from: number, to: number) => {
    const one = (a: number, b: number) => {
      let price = rate * (matrix.distance[a * size + b] as number)
      if (secondPrice > 0)
        price += secondPrice * paces.reduce((least, worker) => Math.min(least, travelSeconds(matrix, worker, a, b)), Infinity)
      return price
    }
    return Math.min(one(from, to), one(to, from))
  }
  const half = visits.map(({ serviceSeconds }) => (secondPrice * serviceSeconds) / 2)
  const ends = [...new Set(workers.flatMap(({ start, end }) => [start, end]))]
  const places = visits.length + 1
  const legs = new Int32Array(places * places)
  const set = (i: number, j: number, price: number) => {
    legs[i * places + j] = legs[j * places + i] = Math.floor(Math.min(price, dearest))
  }
  visits.forEach(({ leavingCost }, v) => {
    const way = ends.reduce(
      (least, place) => Math.min(least, place === undefined ? 0 : leg(index.get(place) as number, at[v] as number)),
      Infinity,
    )
    set(0, v + 1, Math.min(way + (half[v] as number), (leavingCost ?? Infinity) / 2))
    for (let u = 0; u < v; u++) set(u + 1, v + 1, leg(at[u] as number, at[v] as number) + (half[u] as number) + (half[v] as number))
  })
  const hours = workers.reduce((sum, { shift }) => sum + shift.until - shift.from, 0)
  const paid = secondPrice * hours
  return forestBound({ places, cost: legs, fewestRoutes: 1, mostRoutes: visits.length }, cost + paid, rounds) - paid
}

/**
 * Every visit made costs at least its cheapest way in; visits whose time exceeds all shifts together must be put off,
 * the cheapest per second first (the linear relaxation of a knapsack). The last of these says what a second is worth.
 */
function simpleBound({ matrix, visits, workers }: VisitsProblem): { readonly value: number; readonly secondPrice: number } {
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
  let secondPrice = 0
  let bound = items.reduce((sum, { cost }) => sum + cost, 0)
  for (const item of items.filter(({ seconds }) => seconds > 0).sort((a, b) => a.extra / a.seconds - b.extra / b.seconds)) {
    if (excess <= 0) break
    const share = Math.min(1, excess / item.seconds)
    if (item.extra < Infinity) bound += item.extra * share
    excess -= item.seconds
    secondPrice = item.extra < Infinity ? item.extra / item.seconds : 0
  }
  return { value: bound, secondPrice }
}
