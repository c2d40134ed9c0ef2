import { addDays, isDay } from '../clock.ts'
import { no, ok, type Problem, type Result } from '../problem.ts'
import type { Area } from './area.ts'
import type { AreaFact, AreaId, AreaRenamed, Day } from './fact.ts'
import type { AreaLevel } from './level.ts'
import { areaProblem } from './refusal.ts'
import type { AreaTree } from './tree.ts'

/** Levels that no published list of codes has: a city says itself which there are. */
export const UNIT_LEVELS = ['unit', 'grid'] as const satisfies readonly AreaLevel[]
export type UnitLevel = (typeof UNIT_LEVELS)[number]

export const isUnitLevel = (level: string): level is UnitLevel => UNIT_LEVELS.some((one) => one === level)

export const LONGEST_NAME = 100

export const isName = (name: string): boolean => /\p{L}/u.test(name) && name.length <= LONGEST_NAME

/** Where a unit stands or shall stand, as far as its parent and its neighbours have to know. */
export interface Standing {
  readonly id: AreaId
  readonly level: AreaLevel
  readonly name: string
  readonly aliases: readonly string[]
  readonly from: Day
  readonly old?: Area
}

export const standing = (area: Area): Standing => ({ ...area, aliases: area.aliases ?? [], old: area })
export const wordsOf = ({ name, aliases }: Pick<Standing, 'name' | 'aliases'>): readonly string[] => [name, ...aliases]

/** The neighbour that goes by one of these words already. */
export const namesake = <S extends Pick<Standing, 'name' | 'aliases'>>(neighbours: readonly S[], words: readonly string[]) =>
  neighbours.find((one) => wordsOf(one).some((word) => words.includes(word)))

export interface UnitRenaming {
  readonly name: string
  /** Short names from that day on; those it has stay where left out. */
  readonly aliases?: readonly string[]
  readonly date: Day
  readonly instrument: string
}

/** The fact by which a unit or grid has another name, or other short names, from a day on. */
export function renamedUnit(tree: AreaTree, id: AreaId, renaming: UnitRenaming): Result<AreaFact> {
  const found = livingUnit(tree, id, renaming.date)
  if (!found.ok) return found
  const unit = found.value
  const view = tree.asOf(renaming.date)
  const neighbours = unit.parent === null ? [] : view.children(unit.parent).filter((one) => one.id !== id && isUnitLevel(one.level))
  return renamed(tree, unit, neighbours.map(standing), renaming)
}

export function renamed(
  tree: AreaTree,
  unit: Area,
  neighbours: readonly Standing[],
  { name, aliases, date, instrument }: UnitRenaming,
): Result<AreaRenamed> {
  if (!isName(name)) return no(areaProblem('unit-row-name', { name: name || '—', longest: LONGEST_NAME }, 'name'))
  if (date <= unit.from) return no(tooEarly(unit, date))
  // One day has one name: which of two would hold cannot be known.
  if (tree.history(unit.id).some(({ from }) => from === date))
    return no(areaProblem('unit-changed-already', { name: unit.name, date, next: addDays(date, 1) }, 'date'))
  const other = namesake(neighbours, [name, ...(aliases ?? unit.aliases ?? [])])
  if (other) return no(areaProblem('unit-row-twice', { name, other: other.name, words: wordsOf(other).join('、') }, 'name'))
  return ok({ kind: 'renamed', id: unit.id, name, ...(aliases ? { aliases } : {}), date, instrument })
}

/** The fact by which a unit or grid is no more from a day on. */
export function endedUnit(tree: AreaTree, id: AreaId, date: Day, instrument: string): Result<AreaFact> {
  const found = livingUnit(tree, id, date)
  if (!found.ok) return found
  const unit = found.value
  if (date <= unit.from) return no(tooEarly(unit, date))
  const [below] = tree.asOf(date).children(id)
  if (below) return no(areaProblem('unit-has-units', { name: unit.name, below: below.name, date }))
  return ok({ kind: 'abolished', id, date, instrument })
}

function livingUnit(tree: AreaTree, id: AreaId, date: Day): Result<Area> {
  const last = tree.last(id)
  if (!last || !isUnitLevel(last.level)) return no(areaProblem('unit-unknown', { id }))
  if (!isDay(date)) return no(areaProblem('unit-row-date', { name: last.name, date }, 'date'))
  const unit = tree.asOf(date).get(id)
  if (unit) return ok(unit)
  return date < last.from ? no(tooEarly(last, date)) : no(areaProblem('unit-ended', { name: last.name, to: last.to ?? date }))
}

const tooEarly = ({ name, from }: Area, date: Day): Problem =>
  areaProblem('unit-first-day', { name, date, from, next: addDays(from, 1) }, 'date')
