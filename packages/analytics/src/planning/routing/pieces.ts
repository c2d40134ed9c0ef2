/**
 * Requests cut into pieces that one coach carries whole: families stay together; single travellers go in full coach loads
 * as far as they fill them, and the rest in parts of 20, 10, 5 and 1 % of a coach (Chen, Golden, Wang & Wasil 2017,
 * doi:10.1111/itor.12250), which later meet again at no cost where they share a coach.
 */
import type { TransportRequest } from './model.ts'

export interface Piece {
  /** Position of the request. */
  readonly request: number
  readonly people: number
  /** Position in `families`, or -1 for single travellers. */
  readonly family: number
}

/** The pieces of one request for coaches of `seats` usable seats, the smallest that may serve it. */
export function cutIntoPieces(request: TransportRequest, position: number, seats: number): Piece[] {
  const families = request.families ?? []
  const pieces: Piece[] = families.map((people, family) => ({ request: position, people, family }))
  let left = request.people - families.reduce((sum, people) => sum + people, 0)
  const add = (people: number) => {
    pieces.push({ request: position, people, family: -1 })
    left -= people
  }
  while (seats > 0 && left >= seats) add(seats)
  for (const percent of [20, 10, 5, 1]) {
    const part = Math.max(1, Math.floor((seats * percent) / 100))
    const most = percent === 20 ? Math.floor(left / part) : percent === 1 ? left : 1
    for (let k = 0; k < most && left >= part; k++) add(part)
  }
  while (left > 0) add(1)
  return pieces
}
