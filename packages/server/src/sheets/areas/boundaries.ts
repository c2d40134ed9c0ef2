import { type AreaView, type Label, no, ok, type Result, refuse } from '@guatu/kernel'
import gcoord from 'gcoord'
import type { Feature, GeoFacts } from '../../store/geo/geo.ts'
import { writeGeo } from '../../store/geo/geo.ts'
import type { Store } from '../../store/store.ts'
import { areaFinder } from '../area-finder.ts'
import { type Box, boxOf, cornersOf, faultOf, grown, holds, isSurface, meet } from './surface.ts'

/** Coordinate systems in which Chinese boundaries are published; which one a file is in cannot be seen from it. */
export const COORDINATE_SYSTEMS = { wgs84: gcoord.WGS84, gcj02: gcoord.GCJ02, bd09: gcoord.BD09 } as const
export type CoordinateSystem = keyof typeof COORDINATE_SYSTEMS
export const isCoordinateSystem = (name: string): name is CoordinateSystem => Object.hasOwn(COORDINATE_SYSTEMS, name)

export interface BoundariesDone {
  readonly kept: number
  /** Features whose area is not known, by what they call themselves. */
  readonly unknown: readonly string[]
  /** Features that are not taken, and what is wrong with each; what was there before of these areas stays. */
  readonly faulty: readonly { readonly name: string; readonly why: Label }[]
}

const CODES = ['code', 'adcode', 'id', 'CODE', 'ADCODE', '代码', '区划代码'] as const
const NAMES = ['name', 'NAME', '名称', 'fullname'] as const

const malformed = () =>
  refuse('boundaries-malformed', {
    zh: '文件不是GeoJSON的FeatureCollection；请导出为GeoJSON后重试。',
    en: 'The file is no GeoJSON FeatureCollection; export it as GeoJSON.',
  })

const w = (zh: string, en: string): Label => ({ zh, en })

const OTHER_NAME = w('代码和名称不是同一个区划', 'its code and its name are those of two areas')
const FOREIGN = w(
  '不在中国境内，请核对坐标系和经纬度的先后',
  'it lies outside China; check the coordinate system, and that longitude comes first',
)
const ELSEWHERE = w(
  '离本市其他区划太远，请核对代码和坐标系',
  'it lies far from the other areas of the city; check its code and the coordinate system',
)
const NOT_AT_CENTRE = w('没有围住该区划的驻地，请核对代码', 'the seat of the area lies outside of it; check its code')

/** Degrees between which every area of the list of administrative divisions lies. */
const CHINA: Box = { west: 73, east: 136, south: 3, north: 54 }

/**
 * Takes boundaries in: converts them to WGS-84, finds the area of each by code or by name, and keeps them beside those that are there.
 * Boundaries of areas that this file names are replaced, where the new one is whole and lies where the area can lie.
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
  const known = await store.geo()
  const kept = new Map<string, Feature>()
  const unknown: string[] = []
  const faulty: BoundariesDone['faulty'][number][] = []
  for (const { properties, geometry } of features) {
    const said = (names: readonly string[]) => names.map((name) => properties[name]).find((value) => value !== undefined && value !== null)
    const [code, name] = [said(CODES), said(NAMES)]
    const called = [name, code].filter((one) => one !== undefined).join(' ') || '—'
    const byCode = code === undefined ? undefined : (view.byCode(String(code).replace(/(?:00){1,2}$/, '')) ?? view.byCode(String(code)))
    const byName = name === undefined ? undefined : find(String(name))
    const area = byCode?.id ?? (byName?.ok ? byName.value : undefined)
    if (area === undefined) {
      unknown.push(called)
      continue
    }
    const fault = (byName?.ok && byName.value !== area ? OTHER_NAME : undefined) ?? faultOf(geometry)
    if (fault || !isSurface(geometry)) {
      if (fault) faulty.push({ name: called, why: fault })
      continue
    }
    const coordinates = crs === 'wgs84' ? geometry.coordinates : converted(geometry.coordinates, crs)
    const feature: Feature = { type: 'Feature', properties: { area }, geometry: { type: geometry.type, coordinates } }
    const misplaced = misplacedAt(view, known, feature)
    if (misplaced) faulty.push({ name: called, why: misplaced })
    else kept.set(area, feature)
  }
  if (kept.size > 0) {
    const before = known.boundaries?.features ?? []
    await writeGeo(store.db, {
      boundaries: { type: 'FeatureCollection', features: [...before.filter((one) => !kept.has(one.properties.area)), ...kept.values()] },
    })
  }
  return ok({ kept: kept.size, unknown, faulty })
}

/**
 * Why an area cannot lie where this boundary lies, by what is known of it and of its neighbours. A seat may lie at the edge of its area, and a
 * city that knows few places knows little: only what is clearly elsewhere is refused.
 */
function misplacedAt(view: AreaView, known: GeoFacts, { properties: { area }, geometry }: Feature): Label | undefined {
  const box = boxOf(cornersOf(geometry))
  if (!box || !holds(CHINA, box)) return FOREIGN
  const city = view.ancestors(area).find(({ level }) => level === 'city')?.id
  if (city === undefined) return undefined
  const within = (one: string) => one !== area && view.contains(city, one)
  const around = boxOf([
    ...Object.entries(known.centres).flatMap(([one, centre]) => (within(one) ? [centre] : [])),
    ...(known.boundaries?.features ?? []).flatMap((one) => (within(one.properties.area) ? [...cornersOf(one.geometry)] : [])),
  ])
  if (around && !meet(grown(around, 1, 1.5), box)) return ELSEWHERE
  const centre = known.centres[area]
  const seat = centre && boxOf([centre])
  return seat && !holds(grown(box, 0.25, 0.02), seat) ? NOT_AT_CENTRE : undefined
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
