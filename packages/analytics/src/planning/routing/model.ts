/**
 * Transport of groups of people from many places to few destinations by hired coaches, as an office states it.
 * Distances are metres, times are seconds since an agreed start, costs are in one unit throughout (for example metres or fen).
 */
import type { Ratio } from '../anytime/plan.ts'
import type { TravelMatrix } from '../distances/matrix.ts'

export interface TimeWindow {
  readonly from: number
  readonly until: number
}

/** People to be fetched at one place. */
export interface TransportRequest {
  readonly id: string
  readonly from: string
  /** Where they travel to; absent where any end of a coach will do. A coach drives to one destination only. */
  readonly to?: string
  readonly people: number
  /** Sizes of families that travel in one coach; people beyond their sum may be seated anywhere. */
  readonly families?: readonly number[]
  /** Village (or other circle) whose people should share coaches if they can. */
  readonly village?: string
  /** When boarding may begin. */
  readonly window?: TimeWindow
  /** What the coach must offer, for example a lift. */
  readonly needs?: readonly string[]
  /** Cost of leaving one person behind; absent where everybody must travel. */
  readonly leavingCost?: number
}

/** Coaches of one kind at one depot. */
export interface CoachKind {
  readonly id: string
  readonly count: number
  readonly approvedSeats: number
  /** Seats of the rows kept free. */
  readonly reservedSeats?: number
  readonly depot: string
  /** Where the coach ends: at the destination (the hire is one way), back at its depot, or wherever the last stop is. */
  readonly ends: 'at-destination' | 'at-depot' | 'anywhere'
  readonly shift: TimeWindow
  readonly fixedCost: number
  /** Cost of one metre. */
  readonly costPerMetre: number
  readonly offers?: readonly string[]
  readonly drivers: number
}

/** Rules that come from dated instruments; the caller passes what is in force. */
export interface RoutingRules {
  /** Share of the approved seats that may be used. */
  readonly loadFactor: Ratio
  /** Longest driving without a rest, the rest that ends it, and the most a driver drives a day. */
  readonly driving?: DrivingRules
  readonly boardingSecondsPerPerson: number
  /** Time of one stop besides boarding. */
  readonly stopSeconds: number
  /** Cost of each coach beyond the first that carries people of one village. */
  readonly villageSplitCost: number
  /** Longest time from the first departure to the last arrival. */
  readonly longestTour?: number
}

export interface DrivingRules {
  readonly longestDriving: number
  readonly restSeconds: number
  readonly dailyDrivingPerDriver: number
  /** Pause for changing drivers, which takes the place of the rest where there are two or more. */
  readonly changeSeconds: number
}

export interface RoutingProblem {
  readonly matrix: TravelMatrix
  readonly requests: readonly TransportRequest[]
  readonly coaches: readonly CoachKind[]
  readonly rules: RoutingRules
}

/** One stop of a coach for one request. */
export interface PlannedCall {
  readonly request: string
  readonly place: string
  readonly people: number
  /** Positions in `families` of the families that board here; the others of `people` travel singly. */
  readonly families: readonly number[]
  readonly arrive: number
  readonly begin: number
  readonly leave: number
}

export interface PlannedCoach {
  readonly kind: string
  /** 1 … count within the kind. */
  readonly number: number
  readonly destination: string | undefined
  readonly calls: readonly PlannedCall[]
  readonly depart: number
  /** Arrival at the last place of the tour. */
  readonly arrive: number
  /** Rests or changes of drivers that the driving rules ask for, on the road or at a stop. */
  readonly rests: readonly TimeWindow[]
  readonly people: number
  readonly usableSeats: number
  readonly metres: number
  readonly drivingSeconds: number
  readonly cost: number
}

/** People who stay behind because carrying them would cost more than `leavingCost`. */
export interface LeftBehind {
  readonly request: string
  readonly people: number
}

export interface RoutingPlan {
  readonly coaches: readonly PlannedCoach[]
  readonly leftBehind: readonly LeftBehind[]
  readonly metres: number
  /** Proven: no plan needs fewer coaches. */
  readonly fewestCoaches: number
  /** Requests whose coach differs from the plan before, where one was given. */
  readonly changed: readonly string[]
}

/** Seats of a kind that people may take: `min(floor(load factor × approved), approved − reserved)`. */
export function usableSeats(coach: CoachKind, rules: RoutingRules): number {
  const { numerator, denominator } = rules.loadFactor
  return Math.max(
    0,
    Math.min(Math.floor((coach.approvedSeats * numerator) / denominator), coach.approvedSeats - (coach.reservedSeats ?? 0)),
  )
}
