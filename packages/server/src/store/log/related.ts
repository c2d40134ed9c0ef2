import {
  type AnyRecord,
  areasOf,
  type DomainEvent,
  fold,
  type Hop,
  holds,
  inOrder,
  instantMs,
  isId,
  isMeant,
  isNear,
  leadsTo,
  type RecordState,
  type Relation,
  sameAs,
  seenOf,
  stampOf,
} from '@guatu/kernel'
import type { Span } from './neighbours.ts'
import type { Workspace } from './workspace.ts'

/** A place in the order of history; of an act that is kept with what it follows from, for what follows from it is no earlier than it. */
export type Moment = Pick<DomainEvent, 'happenedAt' | 'id'> & Partial<Pick<DomainEvent, 'cause'>>

/** Had it happened by a moment? An act and what follows from it may share one: then the act is first, whatever their ids. */
export function hadHappened(event: Pick<DomainEvent, 'happenedAt' | 'id' | 'cause'>, by: Moment): boolean {
  if (event.cause === by.id) return false
  return event.id === by.cause ? event.happenedAt <= by.happenedAt : inOrder(event, by) < 0
}

/** A record as it is to be taken, whatever is known of it; without a state it is not there. */
export interface Instead {
  readonly record: string
  readonly id: string
  readonly state: RecordState | undefined
}

/** When a look is taken, and which record is to be taken for another than it is. */
interface Look {
  readonly asOf?: Moment | undefined
  /** The moment of the act that is corrected: relations of `atAct` see what was there then. */
  readonly actedAt?: Moment
  readonly instead?: Instead
}

/**
 * What an act sees of other records, with what is changed and not yet written. `asOf` a moment, each is what its history was then. Who pointed here
 * then and points elsewhere now is not found: what somebody left is not looked for.
 * @param fields those of the record, with its county, the path of its area on the day and the moment of the act, see `around`
 */
export async function related(
  work: Workspace,
  relations: Readonly<Record<string, Relation>> | undefined,
  id: string,
  fields: Readonly<Record<string, unknown>>,
  look: Look = {},
): Promise<Record<string, RecordState[]>> {
  const { instead } = look
  const out: Record<string, RecordState[]> = {}
  const same: Same = new Map()
  for (const [name, relation] of Object.entries(relations ?? {})) {
    const def = work.registry.records.get(relation.record)
    if (!def) continue
    const asOf = look.asOf ?? (relation.atAct ? look.actedAt : undefined)
    const leads = await leadsNow(work, relation, leadsIn(def, relation, id, fields), { ...look, asOf }, same)
    const states = [instead?.record === relation.record ? instead.state : undefined]
    const span = spanOf(relation, fields)
    for (const now of await meant(work, def, relation, leads, span))
      if (now.id !== instead?.id && !neverWas(relation, now))
        states.push(relation.near ? now : ((await stateBefore(work, def, now, asOf)) ?? (relation.enteredLate ? now : undefined)))
    const isIt = (state: RecordState) => isMeant(relation, leads, state) && isNear(relation, fields, state)
    const seen = states.flatMap((state) => (state && isIt(state) ? [seenOf(relation, state)] : []))
    out[name] = seen.sort((a, b) => inOrder(born(a), born(b)))
  }
  return out
}

/** Was a row, as it stands, only entered by mistake? */
export const neverWas = ({ never }: Relation, { state, fields }: RecordState): boolean =>
  never !== undefined && holds(never, { ...fields, state })

/** From when to when lies what is near a record in time; undefined where nothing is asked for, or the record has no moment. */
export function spanOf({ near }: Relation, fields: Readonly<Record<string, unknown>>): Span | undefined {
  const own = near && instantMs(String(fields[near.at] ?? fields.moment))
  if (!near || own === undefined) return undefined
  const away = near.minutes * MINUTE_MS
  return { at: near.at, low: stampOf({ epochMilliseconds: own - away }), high: stampOf({ epochMilliseconds: own + away }) }
}

const MINUTE_MS = 60_000

/** Where a relation leads, of what its records can be found by: what an act says is not read yet when its surroundings are looked up. */
export function leadsIn(def: AnyRecord, relation: Relation, id: string, fields: Readonly<Record<string, unknown>>): readonly unknown[] {
  const leads = leadsTo(relation, id, fields)
  if (relation.above !== undefined) return leads
  const { at, via, by } = relation
  if (at !== undefined || via !== undefined || by === undefined) return leads.filter(isId)
  return leads.filter((value) => def.fields[by]?.plainly?.(value) ?? typeof value === 'string')
}

/** Where a relation leads in the end: to all that is one with what it leads through, and on from there. */
async function leadsNow(work: Workspace, relation: Relation, led: readonly unknown[], look: Look, same: Same): Promise<readonly unknown[]> {
  const from = relation.doubles === undefined ? led : await oneOf(same, work, relation.doubles, led[0], look.asOf)
  return relation.via === undefined ? from : along(work, relation.via, from, look)
}

/** What turned out to be one and the same in one look, by kind of record, id and moment. */
type Same = Map<string, readonly unknown[]>

/** Several relations of an act lead through the same person: the entries that are one with it are looked for once. */
async function oneOf(same: Same, work: Workspace, record: string, id: unknown, asOf?: Moment): Promise<readonly unknown[]> {
  const key = `${record}/${String(id)}/${asOf?.id ?? ''}`
  const found = same.get(key) ?? (await oneAndSame(work, record, id, asOf))
  same.set(key, found)
  return found
}

/** What is met on the way from hop to hop, from the first that leads on. */
async function along(work: Workspace, via: readonly Hop[], from: readonly unknown[], { asOf, instead }: Look): Promise<readonly unknown[]> {
  const met: unknown[] = []
  let last = from
  for (const { record, field } of via) {
    const def = work.registry.records.get(record)
    const next: unknown[] = []
    for (const id of last) {
      const now = def && typeof id === 'string' && id !== instead?.id ? await work.state(def, id) : undefined
      const state = id === instead?.id ? instead?.state : now && def && (await stateBefore(work, def, now, asOf))
      const value = state?.fields[field]
      if (value !== undefined) next.push(value)
      if (next.length > 0) break
    }
    met.push(...next)
    last = next
  }
  return met
}

/** The rows that a relation means now. What leads nowhere has nothing in common with others that lead nowhere. */
async function meant(
  work: Workspace,
  def: AnyRecord,
  relation: Relation,
  leads: readonly unknown[],
  span: Span | undefined,
): Promise<RecordState[]> {
  const [led] = leads
  if (led === undefined) return []
  if (relation.by !== undefined && relation.near) return span ? work.near(def, relation.by, leads, span) : []
  if (relation.above !== undefined) return work.inAreas(def, areasNow(work, leads.map(String)), relation.above.empty)
  if (relation.by !== undefined) return work.where(def, relation.by, leads)
  const one = typeof led === 'string' ? await work.state(def, led) : undefined
  return one ? [one] : []
}

/** The areas of a path of any day and those that contain the last one today: what stood in the first may have gone on to the second. */
const areasNow = (work: Workspace, areas: readonly string[]): readonly string[] => [
  ...new Set([...areas, ...areasOf(work.areas.currentPath(areas.at(-1) ?? '') ?? '')]),
]

/**
 * A record and every other entry that is the same by merging. As it was at a moment, where that merging still stands: what was undone since was
 * mistaken, and counts for nothing in what is judged now.
 */
export async function oneAndSame(work: Workspace, record: string, id: unknown, asOf?: Moment): Promise<readonly unknown[]> {
  const def = work.registry.records.get(record)
  const by = def?.survivor
  if (!def || by === undefined || typeof id !== 'string') return id === undefined ? [] : [id]
  const merged = async (states: readonly (RecordState | undefined)[]) => {
    const were = await Promise.all(states.map(async (now) => [now, now && (await stateBefore(work, def, now, asOf))?.fields[by]] as const))
    return were.flatMap(([now, into]): [string, string][] =>
      now && typeof into === 'string' && into === now.fields[by] ? [[now.id, into]] : [],
    )
  }
  const all = await sameAs([id], async (entries) => {
    const [own, pointing] = [await Promise.all(entries.map((entry) => work.state(def, entry))), await work.where(def, by, entries)]
    return (await merged([...own, ...pointing])).filter((one) => one.some((id) => entries.includes(id)))
  })
  return all.get(id) ?? [id]
}

/** A record as its history was before a moment; as it is now without one, undefined where it was not there yet. */
export async function stateBefore(
  work: Workspace,
  def: AnyRecord,
  now: RecordState,
  asOf: Moment | undefined,
): Promise<RecordState | undefined> {
  const last = { happenedAt: now.changedAt, id: now.lastEvent }
  // Of an act that is kept, what stands there may follow from it, at its own moment.
  if (!asOf || (asOf.cause === undefined ? inOrder(last, asOf) < 0 : last.happenedAt < asOf.happenedAt)) return now
  return fold(
    def,
    (await work.history(def, now.id)).filter((event) => hadHappened(event, asOf)),
  )
}

const born = ({ createdAt, id }: RecordState): Moment => ({ happenedAt: createdAt, id })
