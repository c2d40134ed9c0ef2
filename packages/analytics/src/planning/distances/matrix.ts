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

/** Twice around the earth in metres, three years in seconds: sums of a tour stay in 32 bits. */
const farthest = 100_000_000

/** @throws InputError when names repeat, sizes do not match or values are negative or beyond all roads. */
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
    [matrix.distance, matrix.duration].every((cells) => cells.every((value) => value >= 0 && value <= farthest)),
    'distance-range',
    `距离和时间应在 0 与 ${farthest} 之间（米、秒）`,
    `Distances and durations must lie between 0 and ${farthest} (metres, seconds)`,
  )
}
