/** Places of a plan and how far they lie apart: coordinates with terrain, or distances that the office knows better. */
import { type EstimatedMatrix, estimateMatrix, type LocatedPlace } from '../../src/planning/distances/index.ts'
import { FileProblem, placed } from '../input/file-problem.ts'
import { optionalSheet, type Settings, type SettingValues, sheet } from './form.ts'
import { positionIn, positions, readSheet, type Workbook } from './read.ts'

export const located = {
  longitude: { zh: '经度', en: 'longitude', as: 'number', range: { least: -180, most: 180 }, optional: true },
  latitude: { zh: '纬度', en: 'latitude', as: 'number', range: { least: -90, most: 90 }, optional: true },
  parent: { zh: '所属', en: 'parent', as: 'text', optional: true },
  terrain: { zh: '地形', en: 'terrain', as: 'text', optional: true },
} as const

export const placeSheet = sheet('地点', 'places', { id: { zh: '名称', en: 'name', as: 'text' }, ...located })
export const areaSheet = optionalSheet('区域', 'areas', { id: { zh: '名称', en: 'name', as: 'text' }, ...located })
export const distanceSheet = optionalSheet('距离', 'distances', {
  from: { zh: '起', en: 'from', as: 'text' },
  to: { zh: '讫', en: 'to', as: 'text' },
  kilometres: { zh: '公里', en: 'kilometres', as: 'number', range: { least: 0, most: 50_000 } },
  minutes: { zh: '分钟', en: 'minutes', as: 'number', range: { least: 0, most: 100_000 } },
})
export const placeSheets = [placeSheet, areaSheet, distanceSheet] as const

const PRESET = '系统预设，待本市确定 / preset, to be set by the city'
const detour = (zh: string, en: string, value: string) =>
  ({ zh: `${zh}绕行系数`, en: `detour ${en}`, as: 'number', value, range: { least: 1, most: 100 }, instrument: PRESET }) as const
const speed = (zh: string, en: string, value: string) =>
  ({
    zh: `${zh}车速(公里/小时)`,
    en: `speed ${en} (km/h)`,
    as: 'number',
    value,
    range: { least: 0.1, most: 1000 },
    instrument: PRESET,
  }) as const

export const terrainSettings = {
  detourPlain: detour('平坝', 'plain', '1.25'),
  detourHills: detour('丘陵', 'hills', '1.4'),
  detourMountains: detour('山区', 'mountains', '1.6'),
  speedPlain: speed('平坝', 'plain', '60'),
  speedHills: speed('丘陵', 'hills', '45'),
  speedMountains: speed('山区', 'mountains', '35'),
} as const satisfies Settings

const TERRAINS: Readonly<Record<string, 'plain' | 'hills' | 'mountains'>> = {
  平坝: 'plain',
  丘陵: 'hills',
  山区: 'mountains',
  plain: 'plain',
  hills: 'hills',
  mountains: 'mountains',
}

export interface Geography extends EstimatedMatrix {
  /** Where each place was taken to lie, for pictures; in the order of the matrix. */
  readonly points: readonly (readonly [longitude: number, latitude: number] | undefined)[]
}

/** @throws FileProblem where a terrain or a place of the distances is unknown; InputError where nothing says where a place lies */
export function readPlaces(workbook: Workbook, values: SettingValues<typeof terrainSettings>): Geography {
  const places = readSheet(workbook, placeSheet)
  const index = positions(places, placeSheet)
  const asPlace = (row: (typeof places)[number]): LocatedPlace => ({
    id: row.id,
    ...(row.longitude !== undefined && row.latitude !== undefined
      ? { coordinates: { longitude: row.longitude, latitude: row.latitude } }
      : {}),
    ...(row.parent === undefined ? {} : { parent: row.parent }),
    ...(row.terrain === undefined ? {} : { terrain: terrainOf(row.terrain, row.row) }),
  })
  const areas = readSheet(workbook, areaSheet)
  const rule = (detourFactor: number, kilometresPerHour: number) => ({ detour: detourFactor, metresPerSecond: kilometresPerHour / 3.6 })
  const { matrix, substitutions } = placed(
    (k) => ({
      row: places[k]?.row ?? 0,
      column: `${placeSheet.zh}·${located.longitude.zh}`,
      columnEn: `${placeSheet.en}·${located.longitude.en}`,
    }),
    () =>
      estimateMatrix(places.map(asPlace), areas.map(asPlace), {
        terrains: {
          plain: rule(values.detourPlain, values.speedPlain),
          hills: rule(values.detourHills, values.speedHills),
          mountains: rule(values.detourMountains, values.speedMountains),
        },
        defaultTerrain: 'hills',
      }),
  )
  for (const one of readSheet(workbook, distanceSheet)) {
    const from = positionIn(index, one.from, distanceSheet, one.row, placeSheet, 'from')
    const to = positionIn(index, one.to, distanceSheet, one.row, placeSheet, 'to')
    matrix.distance[from * places.length + to] = Math.round(one.kilometres * 1000)
    matrix.duration[from * places.length + to] = Math.round(one.minutes * 60)
  }
  const stand = new Map([...areas, ...places].map((row) => [row.id, row]))
  const standIn = new Map(substitutions.map(({ place, area }) => [place, area]))
  const points = places.map(({ id }) => {
    const row = stand.get(standIn.get(id) ?? id)
    return row?.longitude === undefined || row.latitude === undefined ? undefined : ([row.longitude, row.latitude] as const)
  })
  return { matrix, substitutions, points }
}

function terrainOf(name: string, row: number): string {
  const found = TERRAINS[name]
  if (found === undefined)
    throw new FileProblem(
      'terrain-unknown',
      `地形“${name}”应为平坝、丘陵或山区`,
      `the terrain "${name}" should be plain, hills or mountains`,
      { row, column: placeSheet.columns.terrain.zh },
    )
  return found
}
