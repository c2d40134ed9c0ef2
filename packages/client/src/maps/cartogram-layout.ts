import { type Cartogram, cellFinder, layout, type Shapes, shapesOf } from '@guatu/analytics/cartogram'
import type { AreaNode } from '../api/types.ts'

/** A city as hexagons, ready to draw: cells in villages, outlines of towns and counties. */
export interface CityMap {
  readonly map: Cartogram
  readonly shapes: Shapes
  readonly cellAt: ReturnType<typeof cellFinder>
}

export type Centres = Readonly<Record<string, readonly [lon: number, lat: number]>>

/** Villages as cells, towns as patches, counties as blocks. A town without villages is one cell of its own. */
export function layCity(areas: ReadonlyMap<string, AreaNode>, city: string, centres: Centres, previous?: Cartogram): CityMap {
  const kids = Map.groupBy(
    [...areas.values()].filter((one) => one.level !== 'unit'),
    (one) => one.parent ?? '',
  )
  const counties = (kids.get(city) ?? []).filter((one) => one.level === 'county')
  const blocks = counties.map((county) => {
    const seat = centres[county.id]
    const patches = (kids.get(county.id) ?? [])
      .filter((one) => one.level === 'town')
      .map((town) => {
        const villages = (kids.get(town.id) ?? []).filter((one) => one.level === 'village').map((one) => one.id)
        return { id: town.id, cells: villages.length > 0 ? villages : [`${town.id}:self`] }
      })
    return { id: county.id, patches, ...(seat ? { centre: { x: seat[0] * Math.cos((seat[1] * Math.PI) / 180), y: seat[1] } } : {}) }
  })
  const map = layout(blocks, previous)
  return { map, shapes: shapesOf(map), cellAt: cellFinder(map.cells) }
}
