export type { Area, AreaLink, AreaMove, AreaPeriod, AreaShare, AreaSource, AreaWay } from './area.ts'
export type { ClosureRow } from './closure.ts'
export type {
  AreaAbolished,
  AreaCreated,
  AreaFact,
  AreaHeir,
  AreaId,
  AreaMerged,
  AreaMoved,
  AreaRecoded,
  AreaRenamed,
  AreaSplit,
} from './fact.ts'
export { foldAreas } from './fold.ts'
export {
  AREA_LEVEL_LABELS,
  AREA_LEVELS,
  type AreaLevel,
  type AreaNature,
  isUnitLevel,
  mayContain,
  UNIT_LEVELS,
  type UnitLevel,
} from './level.ts'
export { countyStem, likeness, townStem, villageStem } from './names.ts'
export { pathRange, smallestOver } from './path.ts'
export { type RowVerdict, reconcile } from './reconcile.ts'
export { withHeir } from './reform/another-heir.ts'
export { type Confirmation, factsOfReform } from './reform/confirm.ts'
export type { SoundOf } from './reform/matching.ts'
export { proposeReform, type Reform, type ReformHeir, type ReformOptions, type ReformProposal } from './reform/propose.ts'
export { type AreaProblemCode, areaProblem } from './refusal.ts'
export type { AreaTree } from './tree.ts'
export { type ParsedUnits, parseUnits, type RawUnitRow, readAliases, type UnitOptions } from './unit-list.ts'
export { endedUnit, renamedUnit, type UnitRenaming } from './units.ts'
export type { AreaSearch, AreaView } from './view.ts'
export {
  type DivisionLists,
  foundingFacts,
  newAreaId,
  type ParsedVintage,
  parseVintage,
  type RawAreaRow,
  type Vintage,
  type VintageOptions,
  type VintageRow,
  vintageOf,
} from './vintage.ts'
