import {
  type AnyRecord,
  areasOf,
  type DomainEvent,
  type Expression,
  fold,
  type Hop,
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
  type Test,
  tester,
} from '@guatu/kernel'
import type { Span } from './neighbours.ts'
import { type Soon, soon, soonEach } from './soon.ts'
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
): Promise<Record<string, readonly RecordState[]>> {
  const out: Record<string, readonly RecordState[]> = {}
  const same: Same[] = []
  for (const name in relations) {
    const relation = relations[name]
    const def = relation && work.registry.records.get(relation.record)
    if (!def) continue
    const asOf = look.asOf ?? (relation.atAct ? look.actedAt : undefined)
    const then = asOf === look.asOf ? look : { ...look, asOf }
    const leads = leadsNow(work, relation, leadsIn(def, relation, id, fields), then, same)
    const seen = soon(leads, (led) => seenThere(work, def, relation, { led, fields }, then))
    out[name] = seen instanceof Promise ? await seen : seen
  }
  return out
}

const NONE: readonly RecordState[] = []

/** What is seen of the records to which a relation leads, the oldest first. */
function seenThere(
  work: Workspace,
  def: AnyRecord,
  relation: Relation,
  { led, fields }: { readonly led: readonly unknown[]; readonly fields: Readonly<Record<string, unknown>> },
  { asOf, instead }: Look,
): Soon<readonly RecordState[]> {
  const other = instead?.record === relation.record ? instead.state : undefined
  const isIt = (state: RecordState) => isMeant(relation, led, state) && isNear(relation, fields, state)
  return soon(meant(work, def, relation, led, spanOf(relation, fields)), (rows) => {
    if (rows.length === 0 && !other) return NONE
    const now = rows.filter((row) => row.id !== instead?.id && !neverWas(relation, row))
    const then = (row: RecordState) =>
      relation.near ? row : soon(stateBefore(work, def, row, asOf), (was) => was ?? (relation.enteredLate ? row : undefined))
    return soon(soonEach(now, then), (states) => {
      const seen = [other, ...states].flatMap((state) => (state && isIt(state) ? [seenOf(relation, state)] : []))
      return seen.length > 1 ? seen.sort((a, b) => inOrder(born(a), born(b))) : seen
    })
  })
}

const mistakes = new WeakMap<Expression, Test>()

/** Was a row, as it stands, only entered by mistake? Asked of every act by all who look at what it changes. */
export function neverWas({ never }: Relation, { state, fields }: RecordState): boolean {
  if (never === undefined) return false
  const isMistake = mistakes.get(never) ?? tester(never)
  mistakes.set(never, isMistake)
  return isMistake(fields, state)
}

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
function leadsNow(work: Workspace, relation: Relation, led: readonly unknown[], look: Look, same: Same[]): Soon<readonly unknown[]> {
  const { via, doubles } = relation
  const from = doubles === undefined ? led : oneOf(same, work, doubles, led[0], look.asOf)
  return via === undefined ? from : soon(from, (one) => along(work, via, one, look))
}

/** What turned out to be one and the same in one look. */
interface Same {
  readonly record: string
  readonly id: unknown
  readonly asOf: Moment | undefined
  readonly all: readonly unknown[]
}

/** Several relations of an act lead through the same person: the entries that are one with it are looked for once. */
function oneOf(same: Same[], work: Workspace, record: string, id: unknown, asOf?: Moment): Soon<readonly unknown[]> {
  const found = same.find((one) => one.id === id && one.record === record && one.asOf === asOf)
  if (found) return found.all
  return soon(oneAndSame(work, record, id, asOf), (all) => {
    same.push({ record, id, asOf, all })
    return all
  })
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
function meant(
  work: Workspace,
  def: AnyRecord,
  relation: Relation,
  leads: readonly unknown[],
  span: Span | undefined,
): Soon<readonly RecordState[]> {
  const [led] = leads
  if (led === undefined) return NONE
  if (relation.by !== undefined && relation.near) return span ? work.near(def, relation.by, leads, span) : NONE
  if (relation.above !== undefined) return work.inAreas(def, areasNow(work, leads), relation.above.empty)
  if (relation.by !== undefined) return work.where(def, relation.by, leads)
  return typeof led === 'string' ? soon(work.state(def, led), (one) => (one ? [one] : NONE)) : NONE
}

/** The areas of a path of any day and those that contain the last one today: what stood in the first may have gone on to the second. */
function areasNow(work: Workspace, areas: readonly unknown[]): readonly string[] {
  const now = areasOf(work.areas.currentPath(String(areas.at(-1) ?? '')) ?? '')
  return areas.length === now.length && now.every((area, i) => area === areas[i]) ? now : [...new Set([...areas.map(String), ...now])]
}

/**
 * A record and every other entry that is the same by merging. As it was at a moment, where that merging still stands: what was undone since was
 * mistaken, and counts for nothing in what is judged now.
 */
export function oneAndSame(work: Workspace, record: string, id: unknown, asOf?: Moment): Soon<readonly unknown[]> {
  const def = work.registry.records.get(record)
  const by = def?.survivor
  if (!def || by === undefined || typeof id !== 'string') return id === undefined ? [] : [id]
  return soon(work.state(def, id), (own) =>
    soon(work.where(def, by, [id]), (pointing) =>
      // Nearly everybody was entered once.
      pointing.length === 0 && own?.fields[by] === undefined ? [id] : oneByMerging(work, def, by, id, asOf),
    ),
  )
}

async function oneByMerging(work: Workspace, def: AnyRecord, by: string, id: string, asOf?: Moment): Promise<readonly unknown[]> {
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
export function stateBefore(work: Workspace, def: AnyRecord, now: RecordState, asOf: Moment | undefined): Soon<RecordState | undefined> {
  if (!asOf) return now
  const last = { happenedAt: now.changedAt, id: now.lastEvent }
  // Of an act that is kept, what stands there may follow from it, at its own moment.
  if (asOf.cause === undefined ? inOrder(last, asOf) < 0 : last.happenedAt < asOf.happenedAt) return now
  return work.history(def, now.id).then((history) =>
    fold(
      def,
      history.filter((event) => hadHappened(event, asOf)),
    ),
  )
}

const born = ({ createdAt, id }: RecordState): Moment => ({ happenedAt: createdAt, id })
