/** Circular zones: every place with its 0, 1, 2, … nearest neighbours, up to a share of the population. */
import { demand } from '../../outcome.ts'

/** A place on a plane (any unit), or on the globe in degrees. */
export interface Point {
  /** Easting, or longitude. */
  readonly x: number
  /** Northing, or latitude. */
  readonly y: number
}

/** Zones of one centre are the prefixes of its row of neighbours, itself first. */
export interface Neighbourhoods {
  readonly neighbours: readonly Uint32Array[]
}

const degree = Math.PI / 180

/** Squared distance on the plane, or the haversine of the angle on the globe: both order neighbours as the distance does. */
function nearness(a: Point, b: Point, metric: 'plane' | 'globe'): number {
  if (metric === 'plane') return (a.x - b.x) ** 2 + (a.y - b.y) ** 2
  const across = Math.sin(((b.x - a.x) * degree) / 2) ** 2 * Math.cos(a.y * degree) * Math.cos(b.y * degree)
  return Math.sin(((b.y - a.y) * degree) / 2) ** 2 + across
}

/**
 * All places in order of distance from each centre; equal distances in order of number. Great circles by the haversine formula on the
 * globe. The circles of the scan grow along this order (M. Kulldorff 1997, doi:10.1080/03610929708831995).
 *
 * @param points x and y of each place: kilometres or any unit of a plane, degrees of longitude and latitude on the globe.
 * @returns For each centre the numbers of all places, itself first.
 * @throws InputError `place-nowhere` naming the place whose coordinates are missing or, on the globe, beyond a pole.
 */
export function orderByDistance(points: readonly Point[], metric: 'plane' | 'globe' = 'plane'): Neighbourhoods {
  points.forEach(({ x, y }, place) => {
    demand(
      Number.isFinite(x) && Number.isFinite(y) && (metric === 'plane' || Math.abs(y) <= 90),
      'place-nowhere',
      `第 ${place + 1} 个地区的坐标无效：${x}，${y}`,
      `Place ${place + 1} has no valid coordinates: ${x}, ${y}`,
      place,
    )
  })
  return {
    neighbours: points.map((centre, number) => {
      const far = points.map((point) => nearness(centre, point, metric))
      // A centre comes first even where another place has the same coordinates.
      far[number] = -1
      return Uint32Array.from(points.keys()).sort((a, b) => (far[a] as number) - (far[b] as number) || a - b)
    }),
  }
}

/**
 * Cuts each row where the zone would hold more than the given share of the population. M. Kulldorff 1997, doi:10.1080/03610929708831995,
 * takes half of all at most.
 *
 * @param population People by place, in the order of the places.
 * @param maximalShare Largest share of all people in a zone, above 0 up to 1.
 * @returns The same rows, cut.
 * @throws InputError `population-ragged`, `population-negative`.
 */
export function limitByPopulation({ neighbours }: Neighbourhoods, population: ArrayLike<number>, maximalShare: number): Neighbourhoods {
  demand(population.length === neighbours.length, 'population-ragged', '人口数与地区数不一致', 'The populations do not match the places')
  let total = 0
  for (let place = 0; place < population.length; place += 1) {
    demand(
      (population[place] as number) >= 0,
      'population-negative',
      `第 ${place + 1} 个地区人口为负`,
      `The population of place ${place + 1} is negative`,
    )
    total += population[place] as number
  }
  const limit = maximalShare * total
  return {
    neighbours: neighbours.map((row) => {
      let held = 0
      let size = 0
      for (const place of row) {
        held += population[place] as number
        if (held > limit) break
        size += 1
      }
      return row.subarray(0, size)
    }),
  }
}
