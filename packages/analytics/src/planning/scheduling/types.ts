/**
 * The scheduling problem as an office states it. Time is counted in whole slots (a day, a shift, an hour: the caller's choice);
 * slot t is the half-open interval [t, t + 1). The model is the resource-constrained project scheduling problem with generalised
 * precedence (Neumann, Schwindt & Zimmermann 2003, doi:10.1007/978-3-540-24800-2), break calendars and storage resources.
 */

/** So many units of a renewable resource (crew, crane, site lane) held in every working slot of the activity. */
export interface Need {
  readonly resource: string
  readonly amount: number
}

/** So much of a material taken from the store when the activity starts. */
export interface MaterialNeed {
  readonly material: string
  readonly amount: number
}

/** One activity. Ids are unique within the problem, across projects. */
export interface Activity {
  readonly id: string
  readonly name?: string
  readonly project?: string
  /** Working slots from start to finish; 0 is a milestone. */
  readonly duration: number
  /** Slots in which it may be worked on; without one every slot counts. Work pauses in the breaks and goes on after them. */
  readonly calendar?: string
  readonly needs?: readonly Need[]
  readonly materials?: readonly MaterialNeed[]
  /** Must not start before this slot. */
  readonly release?: number
  /** Must be finished by this slot: hard. */
  readonly deadline?: number
  /** Should be finished by this slot: lateness costs `priority` per slot. */
  readonly due?: number
  /** Cost of one slot of lateness behind `due`; 1 when absent. */
  readonly priority?: number
  /** Start that was promised and must be kept. */
  readonly fixedStart?: number
  /**
   * Work that has begun: when, and how many working slots remain from the problem's `now` on. Its materials are already taken and lags
   * to it are history. What is finished is left out, the lags from it given as releases; with nothing remaining it finishes at `now`.
   */
  readonly started?: { readonly at: number; readonly remaining: number }
}

export type LagType = 'FS' | 'SS' | 'FF' | 'SF'

/** Time between two activities: `min` slots at least, `max` at most, from start or finish of one to start or finish of the other. */
export interface Lag {
  readonly from: string
  readonly to: string
  /** Finish-to-start when absent. */
  readonly type?: LagType
  /** May be negative. 0 when neither `min` nor `max` is given. */
  readonly min?: number
  readonly max?: number
}

/** A crew or machine shared by all projects. */
export interface Resource {
  readonly id: string
  readonly name?: string
  /** Units from slot 0 on. */
  readonly capacity: number
  /** Changes: from slot `from` on there are `capacity` units. */
  readonly steps?: readonly { readonly from: number; readonly capacity: number }[]
  /** Slots in which it works: activities that need it work only in slots of both calendars. */
  readonly calendar?: string
}

/** A material that arrives and is used up. */
export interface Material {
  readonly id: string
  readonly name?: string
  /** In the store at slot 0; 0 when absent. */
  readonly stock?: number
  readonly arrivals?: readonly { readonly at: number; readonly amount: number }[]
}

/** A project: limits and weights that hold for all its activities together. */
export interface Project {
  readonly id: string
  readonly name?: string
  readonly release?: number
  readonly deadline?: number
  readonly due?: number
  readonly priority?: number
}

/** Working slots: those of a repeating cycle, then exceptions in their order. Without a cycle every slot is a working one. */
export interface WorkCalendar {
  readonly id: string
  readonly cycle?: { readonly length: number; readonly working: readonly (readonly [from: number, to: number])[] }
  readonly exceptions?: readonly { readonly from: number; readonly to: number; readonly working: boolean }[]
}

/** What is to be scheduled. */
export interface SchedulingProblem {
  /** Slot of the present: nothing that has not begun may start earlier. 0 when absent. */
  readonly now?: number
  readonly activities: readonly Activity[]
  readonly lags?: readonly Lag[]
  readonly resources?: readonly Resource[]
  readonly materials?: readonly Material[]
  readonly projects?: readonly Project[]
  readonly calendars?: readonly WorkCalendar[]
}

/** When one activity is worked on: from `start` to before `finish`, breaks of its calendar in between. */
export interface ScheduledActivity {
  readonly id: string
  readonly start: number
  readonly finish: number
}

/** A timetable. `end` is the latest finish; `tardiness` the lateness behind all due slots, weighted by priority. */
export interface Schedule {
  readonly activities: readonly ScheduledActivity[]
  readonly end: number
  readonly tardiness: number
}
