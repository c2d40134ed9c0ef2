import { no, ok, type Problem, type Result } from '../../problem.ts'
import type { AreaFact, AreaId, Day } from '../fact.ts'
import { areaProblem } from '../refusal.ts'
import type { AreaView } from '../view.ts'
import { newAreaId } from '../vintage.ts'
import type { Reform, ReformProposal } from './propose.ts'

export interface Confirmation {
  /** The day the reform took effect. */
  readonly date: Day
  /** The document that ordered it. */
  readonly instrument: string
  /** Is this id in use already, even by an area that ended long ago? Usually `(id) => tree.has(id)`. */
  readonly taken: (id: AreaId) => boolean
}

/**
 * Turns the proposals a person confirmed (all, some, or changed ones) into dated facts for the tree of the day before. What hangs below a
 * vanished area without standing in any list (grids, buildings, units) goes to the first heir. Facts that contradict each other, for want
 * of a dropped proposal, are refused by `foldAreas`; a code that is not of that day is refused here.
 */
export function factsOfReform(
  reform: Reform,
  confirmed: readonly ReformProposal[],
  eve: AreaView,
  confirmation: Confirmation,
): Result<AreaFact[]> {
  const { date, instrument, taken } = confirmation
  const dated = { date, instrument }
  const problems: Problem[] = []
  const founded = new Map<string, AreaId>()
  const given = new Set<AreaId>()
  for (const { founds, becomes } of confirmed) {
    if (!founds || becomes === null) continue
    const id = newAreaId(becomes.code, (one) => taken(one) || given.has(one))
    given.add(id)
    founded.set(becomes.code, id)
  }
  const oldId = (code: string, proposal: ReformProposal): AreaId => {
    const area = eve.byCode(code)
    if (area === undefined) problems.push(areaProblem('area-reform-unknown', { proposal: proposal.id, code, day: eve.day }))
    return area?.id ?? ''
  }
  const newId = (code: string, proposal: ReformProposal): AreaId => founded.get(code) ?? oldId(reform.continues.get(code) ?? code, proposal)

  const facts: AreaFact[] = []
  for (const proposal of confirmed) {
    const { kind, becomes, founds, from, to } = proposal
    if (founds && becomes !== null) {
      const { code, name, level, nature } = becomes
      const parent = becomes.parent === null ? null : newId(becomes.parent, proposal)
      facts.push({ kind: 'created', id: founded.get(code) ?? '', level, nature, code, name, parent, ...dated })
    }
    const ids = from.map((row) => oldId(row.code, proposal))
    const [id] = ids
    if (id === undefined) continue
    const [first] = to
    if (kind === 'merged' && first !== undefined) facts.push({ kind, ids, into: newId(first.code, proposal), ...dated })
    else if (kind === 'split') facts.push({ kind, id, into: to.map(({ code, parts }) => ({ id: newId(code, proposal), parts })), ...dated })
    else if (kind === 'abolished') facts.push({ kind, id, ...dated })
    else if (becomes !== null && !founds) facts.push(...changes(id, proposal, becomes))
    if ((kind === 'merged' || kind === 'split') && first !== undefined) facts.push(...dependants(ids, newId(first.code, proposal)))
  }
  return problems.length > 0 ? no({ ...areaProblem('area-contradiction', { count: problems.length }), problems }) : ok(facts)

  function* changes(id: AreaId, proposal: ReformProposal, becomes: NonNullable<ReformProposal['becomes']>): Generator<AreaFact> {
    const now = eve.get(id)
    if (now === undefined) return
    if (now.name !== becomes.name) yield { kind: 'renamed', id, name: becomes.name, ...dated }
    if (now.code !== becomes.code) yield { kind: 'recoded', id, code: becomes.code, ...dated }
    const parent = becomes.parent === null ? null : newId(becomes.parent, proposal)
    if (now.parent !== parent) yield { kind: 'moved', id, parent, ...dated }
  }

  function* dependants(ended: readonly AreaId[], heir: AreaId): Generator<AreaFact> {
    for (const id of ended)
      for (const child of eve.children(id)) if (child.code === null) yield { kind: 'moved', id: child.id, parent: heir, ...dated }
  }
}
