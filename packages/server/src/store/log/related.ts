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
    const led = leadsTo(relation, id, fields)
    const leads = relation.doubles === undefined ? [led] : await oneAndSame(work, relation.doubles, led, asOf)
    const states = [instead?.record === relation.record ? instead.state : undefined]
    for (const now of await meant(work, def, relation, leads)) if (now.id !== instead?.id) states.push(await then(work, def, now, asOf))
    const seen = states.flatMap((state) => (state && leads.some((one) => isMeant(relation, one, state)) ? [seenOf(relation, state)] : []))
    out[name] = seen.sort((a, b) => inOrder(born(a), born(b)))
  }
  return out
}

/** The rows that a relation means now. What leads nowhere has nothing in common with others that lead nowhere. */
async function meant(work: Workspace, def: AnyRecord, relation: Relation, leads: readonly unknown[]): Promise<RecordState[]> {
  const [led] = leads
  if (led === undefined) return []
  if (relation.by !== undefined) return work.where(def, relation.by, leads)
  const one = typeof led === 'string' ? await work.state(def, led) : undefined
  return one ? [one] : []
}

/** Entries that may point to one another in turn; a chain that is longer was not made by people. */
const LONGEST_CHAIN = 8

/** A record and every other entry that is the same by merging, as it was at the moment. */
async function oneAndSame(work: Workspace, record: string, id: unknown, asOf: Moment | undefined): Promise<readonly unknown[]> {
  const def = work.registry.records.get(record)
  const by = def?.survivor
  if (!def || by === undefined || typeof id !== 'string') return [id]
  const pointsTo = async (state: RecordState | undefined) => state && (await then(work, def, state, asOf))?.fields[by]
  let stays = id
  for (let step = 0; step < LONGEST_CHAIN; step += 1) {
    const next = await pointsTo(await work.state(def, stays))
    if (typeof next !== 'string') break
    stays = next
  }
  const all = new Set([stays])
  for (let last = [stays]; last.length > 0; ) {
    const next: string[] = []
    for (const state of await work.where(def, by, last))
      if (!all.has(state.id) && last.includes(String(await pointsTo(state)))) next.push(state.id)
    for (const one of next) all.add(one)
    last = next
  }
  return [...all.add(id)]
}

async function then(work: Workspace, def: AnyRecord, now: RecordState, asOf: Moment | undefined): Promise<RecordState | undefined> {
  if (!asOf || inOrder({ happenedAt: now.changedAt, id: now.lastEvent }, asOf) < 0) return now
  return fold(
    def,
    (await work.history(def, now.id)).filter((event) => inOrder(event, asOf) < 0),
  )
}

const born = ({ createdAt, id }: RecordState): Moment => ({ happenedAt: createdAt, id })
