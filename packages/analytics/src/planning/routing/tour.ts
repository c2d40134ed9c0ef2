/** A slot's pieces in order as the calls of a tour: pieces of one request that follow one another are one call. */

import { placeIndex, type TravelMatrix } from '../distances/matrix.ts'
import type { Tour } from './driverHours.ts'
import type { CoachKind, RoutingProblem, TransportRequest } from './model.ts'
import type { Piece } from './pieces.ts'
import { endOf, type Slot } from './slots.ts'

export interface DraftCall {
  readonly request: number
  people: number
  readonly families: number[]
}

export interface DraftTour {
  readonly tour: Tour
  readonly calls: readonly DraftCall[]
  readonly metres: number
}

const indices = new WeakMap<TravelMatrix, Map<string, number>>()

function indexOf(matrix: TravelMatrix): Map<string, number> {
  const known = indices.get(matrix) ?? placeIndex(matrix)
  indices.set(matrix, known)
  return known
}

export function tourOf(routing: RoutingProblem, slot: Slot, pieces: readonly Piece[], stops: ArrayLike<number>, length: number): DraftTour {
  const { matrix, requests, coaches, rules } = routing
  const index = indexOf(matrix)
  const size = matrix.places.length
  const coach = coaches[slot.kind] as CoachKind
  const calls: DraftCall[] = []
  for (let k = 0; k < length; k++) {
    const piece = pieces[stops[k] as number] as Piece
    let call = calls.at(-1)
    if (call?.request !== piece.request) {
      call = { request: piece.request, people: 0, families: [] }
      calls.push(call)
    }
    call.people += piece.people
    if (piece.family >= 0) call.families.push(piece.family)
  }
  const places = [...calls.map(({ request }) => (requests[request] as TransportRequest).from), ...endOf(coach, slot.destination)]
  const driving: number[] = []
  let metres = 0
  let here = index.get(coach.depot) as number
  for (const place of places) {
    const there = index.get(place) as number
    driving.push(matrix.duration[here * size + there] as number)
    metres += matrix.distance[here * size + there] as number
    here = there
  }
  const windows = calls.map(({ request }) => requests[request]?.window)
  const tour: Tour = {
    driving,
    ready: places.map((_, k) => windows[k]?.from ?? 0),
    due: places.map((_, k) => windows[k]?.until ?? Infinity),
    // A stop takes its time once, when the coach leaves the place.
    service: calls.map(({ people }, k) => people * rules.boardingSecondsPerPerson + (places[k + 1] === places[k] ? 0 : rules.stopSeconds)),
    shift: coach.shift,
    drivers: coach.drivers,
    ...(rules.longestTour === undefined ? {} : { longestTour: rules.longestTour }),
  }
  return { tour, calls, metres }
}
