/**
 * Why a transport problem has no plan: simple proofs first, each naming the fewest requests it needs.
 * What these proofs do not catch is left to the search, which then names what it could not place.
 */
import { type Infeasible, infeasible } from '../anytime/plan.ts'
import { fastestWays } from '../distances/fastest-ways.ts'
import { placeIndex } from '../distances/matrix.ts'
import { keepsWindows, timetable } from './driverHours.ts'
import { type CoachKind, type RoutingProblem, type TransportRequest, usableSeats } from './model.ts'
import { destinationsOf, endOf, mayServe } from './slots.ts'

/** The first proof found that no plan exists, or undefined. Requests with a cost of leaving people behind never make a problem infeasible. */
export function provenInfeasible(problem: RoutingProblem): Infeasible | undefined {
  const mandatory = problem.requests.filter(({ leavingCost }) => leavingCost === undefined)
  for (const request of mandatory) {
    const reason = aloneImpossible(problem, request)
    if (reason !== undefined) return reason
  }
  return tooManyPeople(problem, mandatory)
}

/** Why the request could not be served even if it were the only one. */
export function aloneImpossible(problem: RoutingProblem, request: TransportRequest): Infeasible | undefined {
  const { coaches, rules, requests } = problem
  const { id, people } = request
  const able = coaches.filter((coach) => coach.count > 0 && destinationsOf(requests).some((to) => mayServe(request, coach, to)))
  if (able.length === 0) {
    const needs = request.needs ?? []
    const lacking = needs.length === 0
    return infeasible(
      'no-suitable-coach',
      lacking ? `需求 ${id}：没有可派的车辆` : `需求 ${id}：没有车辆满足要求（${needs.join('、')}）`,
      lacking ? `request ${id}: there is no coach to send` : `request ${id}: no coach offers what it needs (${needs.join(', ')})`,
      [id],
    )
  }
  const largest = Math.max(...able.map((coach) => usableSeats(coach, rules)))
  const family = Math.max(largest > 0 ? 0 : 1, ...(request.families ?? []))
  if (family > largest) {
    return infeasible(
      'family-too-large',
      `需求 ${id}：一家 ${family} 人须同车，最大的车可用座位只有 ${largest} 个`,
      `request ${id}: a family of ${family} must share a coach, the largest has ${largest} usable seats`,
      [id],
    )
  }
  const inTime = able.filter((coach) => canReach(problem, request, coach))
  if (inTime.length === 0) {
    return infeasible(
      'out-of-reach',
      `需求 ${id}：在时间窗、班次和驾驶时限内没有车能到达并完成行程`,
      `request ${id}: no coach can get there and finish its tour within the window, its shift and the driving hours`,
      [id],
    )
  }
  const seats = inTime.reduce((sum, coach) => sum + coach.count * usableSeats(coach, rules), 0)
  if (people > seats) {
    return infeasible(
      'too-few-seats',
      `需求 ${id}：时间窗内需要 ${people} 个座位，只能提供 ${seats} 个`,
      `request ${id} needs ${people} seats within the window, ${seats} can be had`,
      [id],
    )
  }
  return undefined
}

/** Whether a coach of this kind can serve one person of the request and finish its tour. */
function canReach({ matrix, rules, requests }: RoutingProblem, request: TransportRequest, coach: CoachKind): boolean {
  const index = placeIndex(matrix)
  const fastest = fastestWays(matrix)
  return destinationsOf(requests).some((destination) => {
    if (!mayServe(request, coach, destination)) return false
    const way = [coach.depot, request.from, ...endOf(coach, destination)]
    // Another stop may lie on a faster way than the direct one, so a proof goes by the fastest ways over all places.
    const driving = way.slice(1).map((place, k) => fastest(index.get(way[k] as string) as number, index.get(place) as number))
    const smallest =
      request.families?.length && request.families.reduce((sum, family) => sum + family, 0) === request.people
        ? Math.min(...request.families)
        : 1
    const tour = {
      driving,
      ready: driving.map((_, k) => (k === 0 ? (request.window?.from ?? 0) : 0)),
      due: driving.map((_, k) => (k === 0 ? (request.window?.until ?? Infinity) : Infinity)),
      service: driving.map((_, k) =>
        k === 0 ? smallest * rules.boardingSecondsPerPerson + (driving.length > 1 ? rules.stopSeconds : 0) : 0,
      ),
      shift: coach.shift,
      drivers: coach.drivers,
      ...(rules.longestTour === undefined ? {} : { longestTour: rules.longestTour }),
    }
    // Each alone is exact; both together are left to the search.
    return keepsWindows(tour, rules.driving) && timetable(tour, undefined) !== undefined
  })
}

/**
 * More people than seats among requests that depend on the same coaches. Looks at every set of coach kinds that some request
 * depends on (Hall's condition on these sets), the smallest first, then drops requests that the proof does not need.
 */
function tooManyPeople(problem: RoutingProblem, mandatory: readonly TransportRequest[]): Infeasible | undefined {
  const { coaches, rules, requests } = problem
  const destinations = destinationsOf(requests)
  const able = mandatory.map((request) =>
    coaches.flatMap((coach, k) =>
      destinations.some((to) => mayServe(request, coach, to)) && canReach(problem, request, coach) ? [k] : [],
    ),
  )
  const sets = new Map(able.map((kinds) => [kinds.join(), kinds]))
  sets.set(
    'all',
    coaches.map((_, k) => k),
  )
  for (const kinds of [...sets.values()].sort((a, b) => a.length - b.length)) {
    const seats = kinds.reduce((sum, k) => sum + (coaches[k]?.count ?? 0) * usableSeats(coaches[k] as CoachKind, rules), 0)
    const dependent = mandatory.filter((_, k) => (able[k] as number[]).every((kind) => kinds.includes(kind)))
    let people = dependent.reduce((sum, request) => sum + request.people, 0)
    if (people <= seats) continue
    const cause = [...dependent].sort((a, b) => a.people - b.people)
    while (cause.length > 1 && people - (cause[0] as TransportRequest).people > seats) people -= (cause.shift() as TransportRequest).people
    const ids = cause.map(({ id }) => id)
    return infeasible(
      'too-few-seats',
      `需求 ${ids.join('、')} 共需 ${people} 个座位，可用车辆只有 ${seats} 个`,
      `requests ${ids.join(', ')} need ${people} seats together, the coaches that may serve them have ${seats}`,
      ids,
    )
  }
  return undefined
}
