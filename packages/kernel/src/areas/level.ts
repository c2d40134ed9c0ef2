import { type Label, label } from '../label.ts'

/**
 * Rungs of the administrative ladder. A rung may be left out (a city whose towns hang directly below it), never turned round.
 * `unit` is a functional body (agency, work group, hospital) attached to an area of any level.
 */
export const AREA_LEVELS = ['province', 'city', 'county', 'town', 'village', 'grid', 'building', 'unit'] as const
export type AreaLevel = (typeof AREA_LEVELS)[number]

/**
 * What an area is for: `administrative` governs, `statistical` exists in the statisticians' list only (development zones such as
 * 511971), `functional` is a body rather than a piece of land.
 */
export type AreaNature = 'administrative' | 'statistical' | 'functional'

export const AREA_LEVEL_LABELS: Readonly<Record<AreaLevel, Label>> = {
  province: label('省级', 'province'),
  city: label('市级', 'city'),
  county: label('县级', 'county'),
  town: label('乡级', 'town'),
  village: label('村级', 'village'),
  grid: label('网格', 'grid'),
  building: label('楼栋', 'building'),
  unit: label('单位', 'unit'),
}

const RANK: Readonly<Record<AreaLevel, number>> = { province: 1, city: 2, county: 3, town: 4, village: 5, grid: 6, building: 7, unit: 8 }

/** May an area of level `child` hang below one of level `parent`? Units also hang below units: a work group of an agency. */
export const mayContain = (parent: AreaLevel, child: AreaLevel): boolean =>
  RANK[parent] < RANK[child] || (parent === 'unit' && child === 'unit')

/** Levels that no published list of codes has: a city says itself which there are. */
export const UNIT_LEVELS = ['unit', 'grid'] as const satisfies readonly AreaLevel[]
export type UnitLevel = (typeof UNIT_LEVELS)[number]

export const isUnitLevel = (level: string): level is UnitLevel => UNIT_LEVELS.some((one) => one === level)
