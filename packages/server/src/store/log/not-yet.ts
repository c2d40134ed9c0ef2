import {
  type Actor,
  type AnyRecord,
  beforeEntered,
  located,
  type Problem,
  problem,
  type RecordState,
  readersOf,
  within,
} from '@guatu/kernel'
import type { Workspace } from './workspace.ts'

interface Early {
  readonly actor: Actor
  /** ISO instant of the act. */
  readonly happenedAt: string
  /** Time zone of the city. */
  readonly zone: string
}

/** Why an act is none that is dated before its record was made: said to whoever may read the record; for everybody else there is no such record. */
export function notYetThere({ areas }: Workspace, def: AnyRecord, now: RecordState, { actor, happenedAt, zone }: Early): Problem {
  return within(readersOf(def, actor), located(def, now, areas.currentPath(now.area) ?? ''))
    ? beforeEntered(def.label, { happenedAt, since: now.createdAt }, zone)
    : problem('not-found', { what: def.label })
}
