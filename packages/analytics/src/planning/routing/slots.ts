/** Which coach may serve whom, and where its tour ends. */
import type { CoachKind, TransportRequest } from './model.ts'

/** A coach that may be used, bound for one destination. */
export interface Slot {
  /** Position of the coach kind. */
  readonly kind: number
  readonly destination: string | undefined
  /** Number of the coach in the plan before, or undefined. */
  readonly number: number | undefined
}

/** Whether a coach of this kind bound for `destination` may serve the request at all. */
export function mayServe(request: TransportRequest, coach: CoachKind, destination: string | undefined): boolean {
  if (request.to !== undefined && request.to !== destination) return false
  return (request.needs ?? []).every((need) => coach.offers?.includes(need) === true)
}

/** Destinations of the requests; one undefined destination where none is named. */
export function destinationsOf(requests: readonly TransportRequest[]): (string | undefined)[] {
  const named = [...new Set(requests.flatMap(({ to }) => to ?? []))]
  return named.length > 0 ? named : [undefined]
}

/** Places that follow the last stop. */
export function endOf(coach: CoachKind, destination: string | undefined): string[] {
  const there = destination === undefined ? [] : [destination]
  return coach.ends === 'at-depot' ? [...there, coach.depot] : there
}
