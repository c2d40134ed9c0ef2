import { addDays, isDay } from '../clock.ts'
import { no, ok, type Problem, type Result } from '../problem.ts'
import type { Area } from './area.ts'
import type { AreaFact, AreaId, AreaRenamed, Day } from './fact.ts'
import { isUnitLevel } from './level.ts'
import { type Neighbours, neighboursOf, wordsOf } from './neighbours.ts'
import { areaProblem } from './refusal.ts'
import type { AreaTree } from './tree.ts'

export const LONGEST_NAME = 100

export const isName = (name: string): boolean => /\p{L}/u.test(name) && name.length <= LONGEST_NAME

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
  const { parent } = found.value
  return renamed(tree, found.value, parent === null ? undefined : neighboursOf(tree, parent, renaming.date), renaming)
}

export function renamed(
  tree: AreaTree,
  unit: Area,
  neighbours: Neighbours | undefined,
  { name, aliases, date, instrument }: UnitRenaming,
): Result<AreaRenamed> {
  if (!isName(name)) return no(areaProblem('unit-row-name', { name: name || '—', longest: LONGEST_NAME }, 'name'))
  if (date <= unit.from) return no(tooEarly(unit, date))
  // One day has one name: which of two would hold cannot be known.
  if (tree.history(unit.id).some(({ from }) => from === date))
    return no(areaProblem('unit-changed-already', { name: unit.name, date, next: addDays(date, 1) }, 'date'))
  const words = [name, ...(aliases ?? unit.aliases ?? [])]
  const other = neighbours?.namesake(words, date, unit.id)
  if (other) return no(areaProblem('unit-row-twice', { name, other: other.name, words: wordsOf(other, date).join('、') }, 'name'))
  const misleading = namedLikeAnArea(tree, date, words.slice(1), unit.aliases)
  if (misleading !== undefined) return no(areaProblem('unit-row-short', { name, short: misleading }, 'aliases'))
  return ok({ kind: 'renamed', id: unit.id, name, ...(aliases ? { aliases } : {}), date, instrument })
}

/** The first short name that an area with a code goes by as its name: whoever writes it would mean the one and reach the other. */
export const namedLikeAnArea = (tree: AreaTree, day: Day, aliases: readonly string[], had: readonly string[] = []): string | undefined =>
  aliases.find(
    (alias) =>
      !had.includes(alias) &&
      tree
        .asOf(day)
        .byName(alias)
        .some(({ level }) => !isUnitLevel(level)),
  )

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
