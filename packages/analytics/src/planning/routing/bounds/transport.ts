/**
 * Bounds for transport with several kinds of coaches and destinations: shares of direct journeys by seat, cheapest ways into every
 * place, and the fewest coaches by destination. All hold for split requests, open tours and every rule that only forbids.
 */
import type { Proof } from '../../anytime/plan.ts'
import { placeIndex } from '../../distances/matrix.ts'
import { type CoachKind, type RoutingProblem, type TransportRequest, usableSeats } from '../model.ts'
import { destinationsOf, endOf, mayServe } from '../slots.ts'
import { cheapestWays } from './radial.ts'

export const transportProof: Proof = {
  method: 'seat-shares-and-entries',
  zh: '下界：按座位分摊的直达里程，与最少车次加各点最短进入距离，取较大者',
  en: 'Bound: direct journeys shared by seat, or the fewest coaches plus the shortest way into every place, whichever is larger',
}

export interface TransportBound {
  readonly cost: number
  readonly coaches: number
}

/** Lower bounds on the cost of a plan and on its coaches. O(places²) per depot. */
export function transportBound(problem: RoutingProblem): TransportBound {
  const { requests, coaches, rules, matrix } = problem
  const mandatory = requests.filter(({ leavingCost }) => leavingCost === undefined)
  const usable = coaches.filter((coach) => coach.count > 0 && usableSeats(coach, rules) > 0)
  const largest = Math.max(1, ...usable.map((coach) => usableSeats(coach, rules)))
  const headed = new Map<string | undefined, number>()
  for (const { to, people } of mandatory) headed.set(to, (headed.get(to) ?? 0) + people)
  const total = mandatory.reduce((sum, { people }) => sum + people, 0)
  const byDestination = [...headed].reduce((sum, [to, people]) => sum + (to === undefined ? 0 : Math.ceil(people / largest)), 0)
  const fewest = Math.max(byDestination, Math.ceil(total / largest))
  const leastFixed = usable.length === 0 ? 0 : Math.min(...usable.map(({ fixedCost }) => fixedCost))
  const leastRate = usable.length === 0 ? 0 : Math.min(...usable.map(({ costPerMetre }) => costPerMetre))
  const entries = [...new Set(mandatory.map(({ from }) => from))].reduce((sum, place) => sum + cheapestEntry(problem, place), 0)
  return {
    cost: Math.max(seatShares(problem), fewest * leastFixed + entries * leastRate, 0),
    coaches: matrix.places.length === 0 ? 0 : fewest,
  }
}

/** Each person pays at least a seat's share of the cheapest tour through their place, or the cost of being left. */
function seatShares(problem: RoutingProblem): number {
  const { requests, coaches, rules, matrix } = problem
  const index = placeIndex(matrix)
  const size = matrix.places.length
  const reverse = transpose(size, matrix.distance)
  const memo = new Map<string, Float64Array>()
  const ways = (place: string, towards: boolean) => {
    const key = `${towards ? '>' : '<'}${place}`
    const known = memo.get(key) ?? cheapestWays(size, towards ? reverse : matrix.distance, index.get(place) as number)
    memo.set(key, known)
    return known
  }
  const share = (request: TransportRequest, coach: CoachKind, destination: string | undefined) => {
    const at = index.get(request.from) as number
    const end = endOf(coach, destination)
    let metres = ways(coach.depot, false)[at] as number
    const [first, second] = end
    if (first !== undefined) metres += ways(first, true)[at] as number
    if (first !== undefined && second !== undefined)
      metres += matrix.distance[(index.get(first) as number) * size + (index.get(second) as number)] as number
    return (coach.fixedCost + coach.costPerMetre * metres) / usableSeats(coach, rules)
  }
  let sum = 0
  for (const request of requests) {
    let least = request.leavingCost ?? Infinity
    for (const coach of coaches) {
      if (coach.count === 0 || usableSeats(coach, rules) === 0) continue
      for (const destination of destinationsOf(requests))
        if (mayServe(request, coach, destination)) least = Math.min(least, share(request, coach, destination))
    }
    if (least < Infinity) sum += least * request.people
  }
  return sum
}

function cheapestEntry({ matrix, requests, coaches }: RoutingProblem, place: string): number {
  const index = placeIndex(matrix)
  const at = index.get(place) as number
  const origins = new Set([...requests.map(({ from }) => from), ...coaches.map(({ depot }) => depot)])
  let least = Infinity
  for (const origin of origins) {
    const from = index.get(origin) as number
    // A depot at the place itself enters it for nothing.
    if (from !== at) least = Math.min(least, matrix.distance[from * matrix.places.length + at] as number)
    else if (coaches.some(({ depot }) => depot === place)) least = 0
  }
  return least === Infinity ? 0 : least
}

function transpose(size: number, cost: Int32Array): Int32Array {
  const turned = new Int32Array(cost.length)
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) turned[j * size + i] = cost[i * size + j] as number
  return turned
}
