/** Distances and travelling times between named places. */
import { demand } from '../../outcome.ts'

/** `distance[i * places.length + j]` in metres and `duration[…]` in seconds from place i to place j. */
export interface TravelMatrix {
  readonly places: readonly string[]
  readonly distance: Int32Array
  readonly duration: Int32Array
}

/** Position of every place in the matrix. */
export function placeIndex(matrix: TravelMatrix): Map<string, number> {
  return new Map(matrix.places.map((name, k) => [name, k]))
}

/** @throws InputError when names repeat, sizes do not match or values are negative. */
export function checkMatrix(matrix: TravelMatrix): void {
  const cells = matrix.places.length ** 2
  demand(new Set(matrix.places).size === matrix.places.length, 'repeated-place', '矩阵中有重名地点', 'The matrix names a place twice')
  demand(
    matrix.distance.length === cells && matrix.duration.length === cells,
    'matrix-size',
    '距离或时间矩阵的大小与地点数不符',
    'Distances or durations do not match the number of places',
  )
  demand(
    matrix.distance.every((value) => value >= 0) && matrix.duration.every((value) => value >= 0),
    'negative-distance',
    '距离和时间不能为负数',
    'Distances and durations must not be negative',
  )
}
