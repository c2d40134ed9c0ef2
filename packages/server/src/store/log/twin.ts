import { type Actor, type AnyRecord, located, lookersOf, type Problem, problem, type RecordState, within } from '@guatu/kernel'
import { elsewhere } from '../query/elsewhere.ts'
import type { Workspace } from './workspace.ts'

/**
 * Why a record cannot be made a second time, with the way to the one that is there: its id for those who may see it. Whoever may not
 * is told which county to call, and nothing else of it.
 */
export async function alreadyThere(work: Workspace, def: AnyRecord, twin: string, actor: Actor, day: string): Promise<Problem> {
  const other = await stays(work, def, await work.state(def, twin))
  const plain = problem('already-exists', { what: def.label }, { data: { id: other?.id ?? twin } })
  if (!def.key?.some((name) => def.fields[name]?.sensitive)) return plain
  const path = other && work.areas.currentPath(other.area)
  if (!other || path === undefined) return plain
  if (within(lookersOf(def, actor), located(def, other, path))) return plain
  const county = work.areas.county(other.area, day) ?? other.county
  return elsewhere(def, county, work.areas.name(county) ?? county)
}

/** Entries that may have been merged into one another in turn; a chain that is longer was not made by people. */
const LONGEST_CHAIN = 8

/** The record that stayed where the one that is there was merged: that is the one to go on with. */
async function stays(work: Workspace, def: AnyRecord, found: RecordState | undefined): Promise<RecordState | undefined> {
  let at = found
  for (let step = 0; at && def.survivor !== undefined && step < LONGEST_CHAIN; step += 1) {
    const next = at.fields[def.survivor]
    const into = typeof next === 'string' ? await work.state(def, next) : undefined
    if (!into) break
    at = into
  }
  return at
}
