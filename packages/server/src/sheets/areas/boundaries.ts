import { no, ok, type Result, refuse } from '@guatu/kernel'
import gcoord from 'gcoord'
import type { Feature } from '../../store/geo/geo.ts'
import { writeGeo } from '../../store/geo/geo.ts'
import type { Store } from '../../store/store.ts'
import { areaFinder } from '../area-finder.ts'

/** Coordinate systems in which Chinese boundaries are published; which one a file is in cannot be seen from it. */
export const COORDINATE_SYSTEMS = { wgs84: gcoord.WGS84, gcj02: gcoord.GCJ02, bd09: gcoord.BD09 } as const
export type CoordinateSystem = keyof typeof COORDINATE_SYSTEMS
export const isCoordinateSystem = (name: string): name is CoordinateSystem => Object.hasOwn(COORDINATE_SYSTEMS, name)

export interface BoundariesDone {
  readonly kept: number
  /** Features whose area is not known, by what they call themselves. */
  readonly unknown: readonly string[]
  readonly faulty: readonly string[]
}

const CODES = ['code', 'adcode', 'id', 'CODE', 'ADCODE', '代码', '区划代码'] as const
const NAMES = ['name', 'NAME', '名称', 'fullname'] as const

const malformed = () =>
  refuse('boundaries-malformed', {
    zh: '文件不是GeoJSON的FeatureCollection；请导出为GeoJSON后重试。',
    en: 'The file is no GeoJSON FeatureCollection; export it as GeoJSON.',
  })

/**
 * Takes boundaries in: converts them to WGS-84, finds the area of each by code or by name, and keeps them beside those that are there.
 * Boundaries of areas that this file names are replaced.
 */
export async function importBoundaries(
  store: Store,
  geoJson: unknown,
  crs: CoordinateSystem,
  day: string,
): Promise<Result<BoundariesDone>> {
  const features = featuresOf(geoJson)
  if (!features) return no(malformed())
  const view = store.areas.tree.asOf(day)
  const find = areaFinder(view)
  const kept = new Map<string, Feature>()
  const unknown: string[] = []
  const faulty: string[] = []
  for (const { properties, geometry } of features) {
    const said = (names: readonly string[]) => names.map((name) => properties[name]).find((value) => value !== undefined && value !== null)
    const [code, name] = [said(CODES), said(NAMES)]
    const called = [name, code].filter((one) => one !== undefined).join(' ') || '—'
    const byCode = code === undefined ? undefined : (view.byCode(String(code).replace(/(?:00){1,2}$/, '')) ?? view.byCode(String(code)))
    const found = byCode ? ok(byCode.id) : name === undefined ? undefined : find(String(name))
    if (!found?.ok) unknown.push(called)
    else if (!isSurface(geometry)) faulty.push(called)
    else {
      const coordinates = crs === 'wgs84' ? geometry.coordinates : converted(geometry.coordinates, crs)
      kept.set(found.value, { type: 'Feature', properties: { area: found.value }, geometry: { type: geometry.type, coordinates } })
    }
  }
  if (kept.size > 0) {
    const before = (await store.geo()).boundaries?.features ?? []
    await writeGeo(store.db, {
      boundaries: { type: 'FeatureCollection', features: [...before.filter((one) => !kept.has(one.properties.area)), ...kept.values()] },
    })
  }
  return ok({ kept: kept.size, unknown, faulty })
}

/** Corners at any depth of nesting, each converted on its own. */
const converted = (at: unknown, crs: CoordinateSystem): unknown => {
  if (!Array.isArray(at)) return at
  if (typeof at[0] === 'number' && typeof at[1] === 'number')
    return gcoord.transform<[number, number]>([at[0], at[1]], COORDINATE_SYSTEMS[crs], gcoord.WGS84)
  return at.map((one) => converted(one, crs))
}

interface RawFeature {
  readonly properties: Readonly<Record<string, unknown>>
  readonly geometry: unknown
}

function featuresOf(value: unknown): readonly RawFeature[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { type, features } = value as { type?: unknown; features?: unknown }
  if (type !== 'FeatureCollection' || !Array.isArray(features)) return undefined
  return features.map((one: unknown) => {
    const { properties, geometry } = (typeof one === 'object' && one !== null ? one : {}) as Partial<RawFeature>
    return { properties: properties ?? {}, geometry }
  })
}

/** A polygon or several, every corner a pair of degrees on the globe, every ring closed. */
function isSurface(value: unknown): value is Feature['geometry'] {
  const { type, coordinates } = (typeof value === 'object' && value !== null ? value : {}) as { type?: unknown; coordinates?: unknown }
  if (type === 'Polygon') return isPolygon(coordinates)
  return type === 'MultiPolygon' && Array.isArray(coordinates) && coordinates.length > 0 && coordinates.every(isPolygon)
}

const isPolygon = (rings: unknown): boolean => Array.isArray(rings) && rings.length > 0 && rings.every(isRing)

function isRing(ring: unknown): boolean {
  if (!Array.isArray(ring) || ring.length < 4 || !ring.every(isCorner)) return false
  const [first, last] = [ring[0] as number[], ring.at(-1) as number[]]
  return first[0] === last[0] && first[1] === last[1]
}

const isCorner = (at: unknown): boolean =>
  Array.isArray(at) && typeof at[0] === 'number' && typeof at[1] === 'number' && Math.abs(at[0]) <= 180 && Math.abs(at[1]) <= 90
