/** Benchmark instances as the search sees them. */
import { type Compiled, horizon, mandatoryPrize } from '../core/compiled.ts'

/** What the classical benchmark families have in common: one depot (place 0), one kind of vehicle. */
export interface Classical {
  readonly places: number
  readonly matrix: Int32Array
  readonly demand: Int32Array
  readonly capacity: number
  readonly vehicles: number
  readonly windows?: { readonly ready: Int32Array; readonly due: Int32Array; readonly service: Int32Array }
}

/** Compiles an instance whose stops are places 1..n and whose matrix is symmetric. */
export function compileClassical(instance: Classical): Compiled {
  const { places, matrix, vehicles, capacity, windows } = instance
  const nodes = places - 1
  const all = (value: number) => new Int32Array(vehicles).fill(value)
  const shift = (values: Int32Array | undefined, otherwise: number) => values?.slice(1) ?? new Int32Array(nodes).fill(otherwise)
  return {
    nodes,
    places,
    cost: matrix,
    time: matrix,
    timeOfSlot: undefined,
    symmetric: true,
    place: Int32Array.from({ length: nodes }, (_, v) => v + 1),
    demand: instance.demand.slice(1),
    ready: shift(windows?.ready, 0),
    due: shift(windows?.due, horizon),
    service: shift(windows?.service, 0),
    timed: windows !== undefined,
    prize: new Float64Array(nodes).fill(mandatoryPrize),
    slots: vehicles,
    capacity: all(capacity),
    startPlace: all(0),
    endPlace: all(0),
    open: all(windows?.ready[0] ?? 0),
    close: all(windows?.due[0] ?? horizon),
    fixed: new Float64Array(vehicles),
    rate: new Float64Array(vehicles).fill(1),
    kind: all(0),
    pool: all(0),
    poolSize: Int32Array.of(vehicles),
    fits: undefined,
    surcharge: undefined,
    routeAllowed: undefined,
  }
}

/** Euclidean distances through `measure` (for example `Math.round`), as a square matrix. */
export function planarMatrix(x: Float64Array, y: Float64Array, measure: (distance: number) => number): Int32Array {
  const n = x.length
  const matrix = new Int32Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const value = measure(Math.hypot((x[i] as number) - (x[j] as number), (y[i] as number) - (y[j] as number)))
      matrix[i * n + j] = value
      matrix[j * n + i] = value
    }
  }
  return matrix
}
