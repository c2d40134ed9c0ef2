/** Rounds of visits to households, as a town plans them for one day. Metres and seconds since an agreed start. */

import type { TravelMatrix } from '../distances/matrix.ts'
import type { TimeWindow } from '../routing/model.ts'

export interface VisitWorker {
  readonly id: string
  readonly start: string
  /** Where the round ends; absent where it may end at the last household. */
  readonly end?: string
  readonly shift: TimeWindow
  readonly skills?: readonly string[]
  /** Pace of somebody on foot or by bicycle in seconds a metre; absent for the durations of the matrix. */
  readonly secondsPerMetre?: number
  /** Cost of a metre, for example higher on foot; 1 by default. */
  readonly costPerMetre?: number
}

export interface HouseholdVisit {
  readonly id: string
  readonly place: string
  readonly serviceSeconds: number
  /** When the visit may begin. */
  readonly window?: TimeWindow
  readonly needs?: readonly string[]
  /** Cost of putting the visit off to another day: its priority. Absent where it must be made today. */
  readonly leavingCost?: number
}

export interface VisitsProblem {
  readonly matrix: TravelMatrix
  readonly visits: readonly HouseholdVisit[]
  readonly workers: readonly VisitWorker[]
}

export interface PlannedVisit {
  readonly visit: string
  readonly place: string
  readonly arrive: number
  readonly begin: number
  readonly leave: number
}

export interface VisitRound {
  readonly worker: string
  readonly visits: readonly PlannedVisit[]
  readonly depart: number
  /** Return, or the end of the last visit. */
  readonly arrive: number
  readonly metres: number
}

export interface VisitsPlan {
  readonly rounds: readonly VisitRound[]
  /** Visits put off, dearest first. */
  readonly putOff: readonly string[]
  /** Visits made by another worker than in the plan before although that one is still at work. */
  readonly moved: readonly string[]
}

/** Seconds from place i to place j for a worker. */
export function travelSeconds(matrix: TravelMatrix, worker: VisitWorker, i: number, j: number): number {
  const at = i * matrix.places.length + j
  if (worker.secondsPerMetre === undefined) return matrix.duration[at] as number
  return Math.round((matrix.distance[at] as number) * worker.secondsPerMetre)
}
