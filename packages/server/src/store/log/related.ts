import { type AnyRecord, type DomainEvent, fold, inOrder, isMeant, leadsTo, type RecordState, type Relation, seenOf } from '@guatu/kernel'
import type { Workspace } from './workspace.ts'

/** A place in the order of history. */
export type Moment = Pick<DomainEvent, 'happenedAt' | 'id'>

/** A record as it is to be taken, whatever is known of it; without a state it is not there. */
export interface Instead {
  readonly record: string
  readonly id: string
  readonly state: RecordState | undefined
}

/** When a look is taken, and which record is to be taken for another than it is. */
interface Look {
  readonly asOf?: Moment | undefined
  readonly instead?: Instead
}

/**
 * What an act sees of other records, with what is changed and not yet written. `asOf` a moment, each is what its history was then. Who pointed here
 * then and points elsewhere now is not found: what somebody left is not looked for.
 */
export async function related(
  work: Workspace,
  action: AnyRecord['actions'][string] | undefined,
  id: string,
  fields: Readonly<Record<string, unknown>>,
  { asOf, instead }: Look = {},
): Promise<Record<string, RecordState[]>> {
  const out: Record<string, RecordState[]> = {}
  if (!action?.related) return out
  for (const [name, relation] of Object.entries(action.related)) {
    const def = work.registry.records.get(relation.record)
    if (!def) continue
    const leads = leadsTo(relation, id, fields)
    const states = [instead?.record === relation.record ? instead.state : undefined]
    for (const now of await meant(work, def, relation, leads)) if (now.id !== instead?.id) states.push(await then(work, def, now, asOf))
    const seen = states.flatMap((state) => (state && isMeant(relation, leads, state) ? [seenOf(relation, state)] : []))
    out[name] = seen.sort((a, b) => inOrder(born(a), born(b)))
  }
  return out
}

/** The rows that a relation means now. What leads nowhere has nothing in common with others that lead nowhere. */
async function meant(work: Workspace, def: AnyRecord, relation: Relation, leads: unknown): Promise<RecordState[]> {
  if (leads === undefined) return []
  if (relation.by !== undefined) return work.where(def, relation.by, [leads])
  const one = typeof leads === 'string' ? await work.state(def, leads) : undefined
  return one ? [one] : []
}

async function then(work: Workspace, def: AnyRecord, now: RecordState, asOf: Moment | undefined): Promise<RecordState | undefined> {
  if (!asOf || inOrder({ happenedAt: now.changedAt, id: now.lastEvent }, asOf) < 0) return now
  return fold(
    def,
    (await work.history(def, now.id)).filter((event) => inOrder(event, asOf) < 0),
  )
}

const born = ({ createdAt, id }: RecordState): Moment => ({ happenedAt: createdAt, id })
