/**
 * Road distances estimated from coordinates: the great circle on a sphere of WGS-84's mean radius, times a detour factor for the
 * terrain. The sphere is within 0.56 % of the ellipsoid, far inside the spread of any detour factor. No network service is asked.
 */
import { demand } from '../../outcome.ts'
import type { TravelMatrix } from './matrix.ts'

/** Mean radius (2a + b) / 3 of WGS-84 in metres: Moritz (2000), doi:10.1007/s001900050278. */
const earthRadius = 6_371_008.771_4

/** Longitude and latitude in degrees, WGS-84. */
export interface Coordinates {
  readonly longitude: number
  readonly latitude: number
}

/**
 * Metres along the great circle: the haversine of the points over that of the one and the other's antipode, so that it is exact for near
 * points and for opposite ones (the haversine alone is off by metres there).
 */
export function greatCircleMetres(a: Coordinates, b: Coordinates): number {
  const radians = Math.PI / 180
  const halfTurn = ((b.longitude - a.longitude) * radians) / 2
  const cosines = Math.cos(a.latitude * radians) * Math.cos(b.latitude * radians)
  const near = Math.sin(((b.latitude - a.latitude) * radians) / 2) ** 2 + cosines * Math.sin(halfTurn) ** 2
  const opposite = Math.sin(((b.latitude + a.latitude) * radians) / 2) ** 2 + cosines * Math.cos(halfTurn) ** 2
  return 2 * earthRadius * Math.atan2(Math.sqrt(near), Math.sqrt(opposite))
}

/** Something with or without coordinates in the tree of areas. */
export interface LocatedPlace {
  readonly id: string
  readonly coordinates?: Coordinates
  /** Id of the area that holds it. */
  readonly parent?: string
  /** Key of `TerrainRules.terrains`; the parent's, or the default, where absent. */
  readonly terrain?: string
}

/** How roads wind and how fast one travels, by kind of terrain: dated parameters of the caller. */
export interface TerrainRules {
  readonly terrains: Readonly<Record<string, { readonly detour: number; readonly metresPerSecond: number }>>
  readonly defaultTerrain: string
}

/** A place without coordinates, and what stood in for it. */
export interface Substitution {
  readonly place: string
  readonly area: string
  readonly zh: string
  readonly en: string
}

export interface EstimatedMatrix {
  readonly matrix: TravelMatrix
  readonly substitutions: readonly Substitution[]
}

/**
 * Where places lie: at their coordinates, or at those of the nearest area above them that has any; an area without its own takes the mean
 * of the located places in it. Every substitution is listed.
 *
 * @throws InputError with the position of the place when nothing above it can be located; when coordinates are out of range
 */
export function locatePlaces(
  places: readonly LocatedPlace[],
  areas: readonly LocatedPlace[],
): { readonly points: readonly Coordinates[]; readonly substitutions: readonly Substitution[] } {
  const known = new Map([...areas, ...places].map((place) => [place.id, place]))
  const members = new Map<string, Coordinates[]>()
  for (const { coordinates, parent } of [...areas, ...places])
    if (coordinates !== undefined && parent !== undefined) members.set(parent, [...(members.get(parent) ?? []), coordinates])
  const centre = (area: LocatedPlace): Coordinates | undefined => area.coordinates ?? mean(members.get(area.id) ?? [])
  const substitutions: Substitution[] = []
  const points = places.map((place, k) => {
    if (place.coordinates !== undefined) return inRange(place.id, place.coordinates)
    for (const area of above(place, known)) {
      const point = centre(area)
      if (point === undefined) continue
      substitutions.push({
        place: place.id,
        area: area.id,
        zh: `“${place.id}”没有坐标，以“${area.id}”的中心代替`,
        en: `"${place.id}" has no coordinates: the centre of "${area.id}" stands in`,
      })
      return inRange(area.id, point)
    }
    demand(
      false,
      'no-coordinates',
      `“${place.id}”及其上级均无坐标，请补录其一`,
      `Neither "${place.id}" nor an area above it has coordinates: enter one`,
      k,
    )
    return { longitude: 0, latitude: 0 }
  })
  return { points, substitutions }
}

/**
 * A matrix between `places`. A place without coordinates takes those of the nearest area above it that has any; an area without its own
 * takes the mean of the located places in it. Every substitution is listed. The factors of both ends are averaged.
 *
 * @param areas areas above the places, in any order
 * @throws InputError when no area above a place can be located, a terrain is unknown, or coordinates are out of range
 */
export function estimateMatrix(places: readonly LocatedPlace[], areas: readonly LocatedPlace[], rules: TerrainRules): EstimatedMatrix {
  const known = new Map([...areas, ...places].map((place) => [place.id, place]))
  const { points, substitutions } = locatePlaces(places, areas)
  const terrains = places.map((place) => {
    const name = place.terrain ?? above(place, known).find(({ terrain }) => terrain !== undefined)?.terrain ?? rules.defaultTerrain
    const terrain = rules.terrains[name]
    demand(
      terrain !== undefined,
      'unknown-terrain',
      `“${place.id}”的地形“${name}”没有参数`,
      `Terrain "${name}" of "${place.id}" has no parameters`,
    )
    demand(
      terrain.detour >= 1 && terrain.detour <= 100 && terrain.metresPerSecond >= 0.01 && Number.isFinite(terrain.metresPerSecond),
      'terrain-parameters',
      `地形“${name}”：绕行系数应在 1 与 100 之间，速度至少 0.01 米/秒`,
      `Terrain "${name}": the detour factor must lie between 1 and 100, the speed be at least 0.01 m/s`,
    )
    return terrain
  })
  const n = places.length
  // What no road can be stays recognisable instead of turning round in 32 bits; `checkMatrix` refuses it.
  const beyond = 2 ** 31 - 1
  const distance = new Int32Array(n * n)
  const duration = new Int32Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const a = terrains[i]
      const b = terrains[j]
      if (a === undefined || b === undefined) continue
      const metres = (greatCircleMetres(points[i] as Coordinates, points[j] as Coordinates) * (a.detour + b.detour)) / 2
      const seconds = (metres * (1 / a.metresPerSecond + 1 / b.metresPerSecond)) / 2
      distance[i * n + j] = distance[j * n + i] = Math.min(beyond, Math.round(metres))
      duration[i * n + j] = duration[j * n + i] = Math.min(beyond, Math.round(seconds))
    }
  }
  return { matrix: { places: places.map(({ id }) => id), distance, duration }, substitutions }
}

/** Areas above a place, the nearest first; a circle in the tree ends the list. */
function above(place: LocatedPlace, known: ReadonlyMap<string, LocatedPlace>): LocatedPlace[] {
  const chain: LocatedPlace[] = []
  const seen = new Set([place.id])
  for (let id = place.parent; id !== undefined && !seen.has(id); id = known.get(id)?.parent) {
    seen.add(id)
    const area = known.get(id)
    if (area !== undefined) chain.push(area)
  }
  return chain
}

function mean(points: readonly Coordinates[]): Coordinates | undefined {
  if (points.length === 0) return undefined
  const sum = (value: (point: Coordinates) => number) => points.reduce((total, point) => total + value(point), 0) / points.length
  return { longitude: sum(({ longitude }) => longitude), latitude: sum(({ latitude }) => latitude) }
}

function inRange(id: string, point: Coordinates): Coordinates {
  demand(
    Math.abs(point.longitude) <= 180 && Math.abs(point.latitude) <= 90,
    'coordinates-range',
    `“${id}”的坐标超出范围：经度 ±180°，纬度 ±90°`,
    `The coordinates of "${id}" are out of range: longitude ±180°, latitude ±90°`,
  )
  return point
}
