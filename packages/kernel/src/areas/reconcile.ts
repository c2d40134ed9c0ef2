import type { Problem } from '../problem.ts'
import type { AreaId } from './fact.ts'
import { countyStem, townStem, villageStem } from './names.ts'
import { areaProblem } from './refusal.ts'
import type { AreaView } from './view.ts'
import type { Vintage, VintageRow } from './vintage.ts'

/** What a line of a foreign list turned out to be. */
export type RowVerdict =
  | { readonly kind: 'known'; readonly row: VintageRow; readonly id: AreaId }
  | { readonly kind: 'new'; readonly row: VintageRow; readonly parent: AreaId | null }
  | { readonly kind: 'refused'; readonly row: VintageRow; readonly problem: Problem }

const stemOf = ({ level, name }: { level: string; name: string }): string =>
  level === 'village' ? villageStem(name) : level === 'town' ? townStem(name) : level === 'county' ? countyStem(name) : name

/**
 * Compares a list with the tree of a day, line by line, joining by code **and** name: the same code may denote another place in another
 * list, and the same place may bear another code. Only what agrees in both is `known`; what neither code nor name contradicts is `new`;
 * everything else is refused with the reason, and what lies below it too.
 */
export function reconcile({ rows }: Vintage, view: AreaView): readonly RowVerdict[] {
  const ids = new Map<string, AreaId>()
  const refused = new Set<string>()
  return rows.map((row): RowVerdict => {
    const refuse = (problem: Problem): RowVerdict => {
      refused.add(row.code)
      return { kind: 'refused', row, problem }
    }
    const { code, name } = row
    const path = `rows.${row.line}`
    if (row.parent !== null && refused.has(row.parent))
      return refuse(areaProblem('area-row-under-refused', { code, name, parent: row.parent, line: row.line + 1 }, path))
    const parent = row.parent === null ? null : (ids.get(row.parent) ?? null)
    const ours = view.byCode(code)
    const within = parent === null ? {} : { within: parent }
    const stem = stemOf(row)
    const siblings = parent === null ? view.roots() : view.children(parent)
    const namesake =
      siblings.find((one) => one.level === row.level && one.name === name) ??
      siblings.find((one) => one.level === row.level && stemOf(one) === stem)
    if (ours === undefined) {
      if (namesake === undefined) return { kind: 'new', row, parent }
      return refuse(areaProblem('area-row-other-code', { code, name, ours: namesake.code ?? '—', line: row.line + 1 }, path))
    }
    if (ours.name === name || stemOf(ours) === stem) {
      ids.set(code, ours.id)
      return { kind: 'known', row, id: ours.id }
    }
    const elsewhere = view.byName(name, { level: row.level, ...within })[0]?.code
    const problem = areaProblem(
      'area-row-other-place',
      { code, name, ours: ours.name, elsewhere: elsewhere ?? '—', line: row.line + 1 },
      path,
    )
    return refuse(problem)
  })
}
