import type { Network } from '../model/network.ts'

/** A list that cannot be turned into a schedule. */
export const IMPOSSIBLE = Number.POSITIVE_INFINITY

/**
 * Turns orders of activities into schedules. `schedules` counts one for every `size` placements, whoever makes them: a serial pass
 * counts 1, each justification pass counts 1, a pass over half the activities or one cut short counts its share.
 */
export interface Decoder {
  readonly net: Network
  readonly schedules: number
  /** Serial schedule generation in order of `keys`; writes starts and returns the cost, or `IMPOSSIBLE`. */
  build(keys: Int32Array, out: Int32Array): number
  /** Cost of starts; smaller is better. */
  cost(start: Int32Array): number
  /** Double justification: everything to the right, then to the left. `out` may be `start`. Returns the cost. */
  justify(start: Int32Array, cost: number, out: Int32Array): number
}

/**
 * Cost of a schedule: lateness behind deadlines first, then weighted tardiness, then the end. Smaller is better.
 */
export interface Weights {
  readonly tardiness: number
  readonly violation: number
}

/** Weights that keep the three parts apart. */
export function weightsOf(net: Network): Weights {
  const tardiness = net.hasDue ? net.horizon + 1 : 0
  return { tardiness, violation: (net.horizon + 1) * 1e5 }
}
