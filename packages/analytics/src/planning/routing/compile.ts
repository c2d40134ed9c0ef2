/** The office's problem as the search sees it: pieces of requests as stops, coaches by kind and destination as slots. */

import { placeIndex } from '../distances/matrix.ts'
import { type Compiled, horizon, mandatoryPrize, type Surcharge } from './core/compiled.ts'
import { tourAllowed } from './driverHours.ts'
import { type CoachKind, type RoutingPlan, type RoutingProblem, type TransportRequest, usableSeats } from './model.ts'
import { cutIntoPieces, type Piece } from './pieces.ts'
import { destinationsOf, endOf, mayServe, type Slot } from './slots.ts'
import { tourOf } from './tour.ts'

export interface CompiledRouting {
  readonly problem: Compiled
  readonly pieces: readonly Piece[]
  readonly slots: readonly Slot[]
  /** Pieces of every slot in the plan before; empty where there was none. */
  readonly start: readonly Int32Array[]
}

/** Compiles; the input must have passed `checkInput`. */
export function compileRouting(routing: RoutingProblem, previous: RoutingPlan | undefined, changeCost: number): CompiledRouting {
  const { requests, coaches, rules } = routing
  const destinations = destinationsOf(requests)
  const pieces = requests.flatMap((request, k) => {
    const able = coaches.filter((coach) => destinations.some((destination) => mayServe(request, coach, destination)))
    const seats = able.map((coach) => usableSeats(coach, rules)).filter((count) => count > 0)
    return cutIntoPieces(request, k, seats.length > 0 ? Math.min(...seats) : 0)
  })
  const slots: Slot[] = []
  const kinds: number[] = []
  coaches.forEach((coach, kind) => {
    destinations.forEach((destination, d) => {
      const used = previous?.coaches.filter((before) => before.kind === coach.id && before.destination === destination) ?? []
      const useful = pieces.filter(({ request }) => mayServe(requests[request] as TransportRequest, coach, destination)).length
      for (let k = 0; k < Math.min(coach.count, useful); k++) {
        slots.push({ kind, destination, number: used[k]?.number })
        kinds.push(kind * destinations.length + d)
      }
    })
  })
  const ground = groundOf(routing, slots)
  const people = Int32Array.from(pieces, (piece) => piece.people)
  const kindOf = (r: number) => coaches[(slots[r] as Slot).kind] as CoachKind
  const requestOf = (v: number) => requests[(pieces[v] as Piece).request] as TransportRequest
  const ints = (length: number, value: (k: number) => number) => Int32Array.from({ length }, (_, k) => value(k))
  const nodes = pieces.length
  const fits = new Uint8Array(nodes * slots.length)
  for (let v = 0; v < nodes; v++)
    for (let r = 0; r < slots.length; r++) fits[v * slots.length + r] = mayServe(requestOf(v), kindOf(r), slots[r]?.destination) ? 1 : 0
  const start = slots.map(() => new Int32Array(0))
  const home = new Int32Array(nodes).fill(-1)
  if (previous !== undefined) assignHomes(routing, previous, pieces, slots, home, start)
  // Pieces of one request that board together are one call, and only its beginning has to lie in the window: the others begin later.
  const dueOf = (v: number) => {
    const { people, window } = requestOf(v)
    if (window === undefined) return horizon
    return Math.min(horizon, window.until + (people - (pieces[v] as Piece).people) * rules.boardingSecondsPerPerson)
  }
  const shared = pieces.some((_, v) => dueOf(v) < horizon && dueOf(v) > (requestOf(v).window?.until ?? horizon))
  const ruled = rules.driving !== undefined || rules.longestTour !== undefined || shared
  const problem: Compiled = {
    nodes,
    places: ground.places,
    cost: ground.cost,
    time: ground.time,
    timeOfSlot: undefined,
    symmetric: false,
    place: ints(nodes, (v) => ground.pickUp.get(requestOf(v).from) ?? 0),
    demand: people,
    ready: ints(nodes, (v) => requestOf(v).window?.from ?? 0),
    due: ints(nodes, dueOf),
    service: ints(nodes, (v) => (pieces[v] as Piece).people * rules.boardingSecondsPerPerson),
    timed: true,
    prize: Float64Array.from(pieces, (piece, v) => {
      const perPerson = requestOf(v).leavingCost
      return perPerson === undefined ? mandatoryPrize : perPerson * piece.people
    }),
    slots: slots.length,
    capacity: ints(slots.length, (r) => usableSeats(kindOf(r), rules)),
    startPlace: ints(slots.length, (r) => ground.starts[r] ?? 0),
    endPlace: ints(slots.length, (r) => ground.ends[r] ?? 0),
    open: ints(slots.length, (r) => kindOf(r).shift.from),
    close: ints(slots.length, (r) => kindOf(r).shift.until),
    fixed: Float64Array.from(slots, (_, r) => kindOf(r).fixedCost),
    rate: Float64Array.from(slots, (_, r) => kindOf(r).costPerMetre),
    kind: Int32Array.from(kinds),
    pool: ints(slots.length, (r) => (slots[r] as Slot).kind),
    poolSize: Int32Array.from(coaches, ({ count }) => count),
    fits: fits.every((value) => value === 1) ? undefined : fits,
    surcharge: surchargeOf(routing, pieces, home, changeCost),
    routeAllowed: ruled
      ? (r, stops, length) => tourAllowed(tourOf(routing, slots[r] as Slot, pieces, stops, length).tour, rules.driving)
      : undefined,
  }
  return { problem, pieces, slots, start }
}

function surchargeOf(routing: RoutingProblem, pieces: readonly Piece[], home: Int32Array, changeCost: number): Surcharge | undefined {
  const villages = [...new Set(routing.requests.flatMap(({ village }) => village ?? []))]
  const cohesive = routing.rules.villageSplitCost > 0 && villages.length > 0
  if (!cohesive && home.every((slot) => slot < 0)) return undefined
  const at = new Map(villages.map((village, k) => [village, k]))
  const group = Int32Array.from(pieces, ({ request }) => at.get(routing.requests[request]?.village ?? '') ?? -1)
  return { home, changeCost, group, groups: villages.length, splitCost: routing.rules.villageSplitCost }
}

/** Matches the pieces to the coaches of the plan before: families by position, single travellers by number. */
function assignHomes(
  routing: RoutingProblem,
  previous: RoutingPlan,
  pieces: readonly Piece[],
  slots: readonly Slot[],
  home: Int32Array,
  start: Int32Array[],
): void {
  const position = new Map(routing.requests.map(({ id }, k) => [id, k]))
  slots.forEach((slot, r) => {
    const before = previous.coaches.find(
      ({ kind, number, destination }) =>
        kind === routing.coaches[slot.kind]?.id && number === slot.number && destination === slot.destination && slot.number !== undefined,
    )
    const taken: number[] = []
    for (const call of before?.calls ?? []) {
      const request = position.get(call.request)
      let singles = call.people
      for (const family of call.families) singles -= routing.requests[request ?? -1]?.families?.[family] ?? 0
      pieces.forEach((piece, v) => {
        if (piece.request !== request || (home[v] as number) >= 0) return
        if (piece.family >= 0 ? !call.families.includes(piece.family) : piece.people > singles) return
        if (piece.family < 0) singles -= piece.people
        home[v] = r
        taken.push(v)
      })
    }
    start[r] = Int32Array.from(taken)
  })
}

interface Ground {
  readonly places: number
  readonly cost: Int32Array
  readonly time: Int32Array
  readonly pickUp: ReadonlyMap<string, number>
  /** Start and end place of every slot. */
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

/**
 * Matrices over the pick-up places, the depots and the ends. The time of a stop lies on the way out of a place, so that several
 * pieces at one place share it; a tour that goes home after its destination has both last legs in one.
 */
function groundOf(routing: RoutingProblem, slots: readonly Slot[]): Ground {
  const { matrix, requests, coaches, rules } = routing
  const index = placeIndex(matrix)
  const size = matrix.places.length
  const names = [...new Set(requests.map(({ from }) => from))]
  const pickUp = new Map(names.map((name, k) => [name, k]))
  const depots = [...new Set(coaches.map(({ depot }) => depot))]
  const depotAt = new Map(depots.map((name, k) => [name, names.length + k]))
  const endKeys = new Map<string, number>()
  const endWays: string[][] = []
  const starts: number[] = []
  const ends: number[] = []
  for (const slot of slots) {
    const coach = coaches[slot.kind] as CoachKind
    const way = endOf(coach, slot.destination)
    const key = JSON.stringify(way)
    if (!endKeys.has(key)) {
      endKeys.set(key, names.length + depots.length + endWays.length)
      endWays.push(way)
    }
    starts.push(depotAt.get(coach.depot) as number)
    ends.push(endKeys.get(key) as number)
  }
  const places = names.length + depots.length + endWays.length
  const cost = new Int32Array(places * places)
  const time = new Int32Array(places * places)
  const origins = [...names, ...depots]
  origins.forEach((from, i) => {
    const stop = i < names.length ? rules.stopSeconds : 0
    for (let j = 0; j < places; j++) {
      if (i === j) continue
      const way = j < origins.length ? [origins[j] as string] : (endWays[j - origins.length] as string[])
      let here = index.get(from) as number
      let metres = 0
      let seconds = 0
      for (const name of way) {
        const there = index.get(name) as number
        metres += matrix.distance[here * size + there] as number
        seconds += matrix.duration[here * size + there] as number
        here = there
      }
      cost[i * places + j] = metres
      time[i * places + j] = seconds + stop
    }
  })
  return { places, cost, time, pickUp, starts, ends }
}
