import { no, ok, type Result } from '../problem.ts'
import type { AreaId, Day } from './fact.ts'
import { type AreaLevel, UNIT_LEVELS } from './level.ts'
import { Neighbours, type Standing, standing } from './neighbours.ts'
import { areaProblem } from './refusal.ts'
import type { AreaTree } from './tree.ts'
import type { AreaView } from './view.ts'

/** What a unit or grid is to lie in. */
interface Above {
  readonly parent: { readonly id: AreaId; readonly level: AreaLevel; readonly name: string; readonly from: Day }
  /** By its id, its code or its whole name, not by a short one. */
  readonly inFull: boolean
}

/**
 * What the lines of a list of units belong to: areas of today, units that begin later, and units of the list itself. Whole names come before short
 * ones, and what several go by alike is none of them.
 */
export class UnitParents {
  readonly #view: AreaView
  readonly #find: (written: string) => Result<AreaId>
  /** Units that are not in the tree of today. */
  readonly #others = new Neighbours()

  constructor({ tree, today, find }: { readonly tree: AreaTree; readonly today: Day; find(written: string): Result<AreaId> }) {
    this.#view = tree.asOf(today)
    this.#find = find
    for (const one of tree.everOf(UNIT_LEVELS, today)) if (one.from > today) this.#others.add(standing(tree, one))
  }

  add(one: Standing): void {
    this.#others.add(one)
  }

  find(written: string): Result<Above> {
    const view = this.#view
    const found = this.#find(written)
    const area = found.ok ? view.get(found.value) : undefined
    if (area && [area.id, area.code].includes(written)) return ok({ parent: area, inFull: true })
    const short = area?.name !== written && area?.aliases?.includes(written) === true
    const several = !found.ok && view.byName(written).length > 1
    const inFull = [...(area && !short ? [area] : []), ...this.#others.named(written)]
    const called = [...(area && short ? [area] : []), ...this.#others.called(written)]
    const all = inFull.length > 0 || several ? inFull : called
    const [parent] = all
    if (parent && all.length === 1 && !several) return ok({ parent, inFull: inFull.length > 0 })
    if (!parent || several) return found.ok ? no(areaProblem('area-name-unknown', { name: written, day: view.day })) : found
    const where = all.map(({ id, name }) => (view.get(id) ? view.fullName(id) : name)).join('、')
    return no(areaProblem('area-name-ambiguous', { name: written, day: view.day, count: all.length, where }))
  }
}
