import { type Actor, type AnyRecord, areasOf, located, lookersOf, type Problem, problem, within } from '@guatu/kernel'
import { elsewhere } from '../query/elsewhere.ts'
import { stays } from '../query/stays.ts'
import type { Workspace } from './workspace.ts'

/**
 * Why a record cannot be made a second time, with the way to the one that is there: its id for those who may see it. Whoever may not
 * is told which county to call, and nothing else of it.
 */
export async function alreadyThere(work: Workspace, def: AnyRecord, twin: string, actor: Actor, day: string): Promise<Problem> {
  const found = await work.state(def, twin)
  const other = found && (await stays(def, found, (id) => work.state(def, id)))
  const plain = problem('already-exists', { what: def.label }, { data: { id: other?.id ?? twin } })
  if (!def.key?.some((name) => def.fields[name]?.sensitive)) return plain
  const path = other && work.areas.currentPath(other.area)
  if (!other || path === undefined) return plain
  if (within(lookersOf(def, actor), located(def, other, path))) return plain
  const county = work.areas.county(other.area, day) ?? other.county
  // Whoever works in that county is told the town: the county is their own.
  const top = work.areas.currentPath(county)
  const own = top !== undefined && actor.grants.some((grant) => grant.path.startsWith(top))
  const town = own ? areasOf(path).find((one) => work.areas.level(one, day) === 'town') : undefined
  return elsewhere(def, county, work.areas.name(town ?? county) ?? county)
}
