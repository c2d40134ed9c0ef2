/**
 * What every planner answers: a plan with a proven bound beside it, or the smallest reason that could be found why there is none.
 */
import type { Refusal } from '../../outcome.ts'

/** How the bound was proven, in words that can be printed below the plan. */
export interface Proof {
  /** Stable name in kebab case, for example `capacity-and-assignment`. */
  readonly method: string
  readonly zh: string
  readonly en: string
}

/** A ratio kept in two parts until it is shown. */
export interface Ratio {
  readonly numerator: number
  readonly denominator: number
}

/** A plan found, in the units of the problem. */
export interface Plan<T> {
  readonly ok: true
  readonly plan: T
  /** Value of the plan; smaller is better unless the planner says otherwise. */
  readonly objective: number
  /** No plan can be better than this. */
  readonly bound: number
  /** |objective - bound| over |bound|: how far the plan can be from the best, at most. */
  readonly gap: Ratio
  readonly proof: Proof
  readonly seed: number
  readonly iterations: number
  /** Seconds of the caller's clock; 0 without one. */
  readonly elapsed: number
}

/** No plan can satisfy the input, and why. */
export interface Infeasible {
  readonly ok: false
  readonly refusal: Refusal
  /** Ids of the smallest set of inputs found that cannot go together. */
  readonly cause: readonly string[]
}

export type Planned<T> = Plan<T> | Infeasible

/** The gap between an objective and its bound. */
export function gapBetween(objective: number, bound: number): Ratio {
  return { numerator: Math.abs(objective - bound), denominator: Math.abs(bound) }
}

/** An `Infeasible` answer. */
export function infeasible(code: string, zh: string, en: string, cause: readonly string[]): Infeasible {
  return { ok: false, refusal: { code, zh, en }, cause }
}
