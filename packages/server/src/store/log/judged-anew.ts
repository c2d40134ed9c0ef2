import { isDeepStrictEqual } from 'node:util'
import {
  type Actor,
  type AnyRecord,
  type DomainEvent,
  effective,
  type Follow,
  instantMs,
  type RecordState,
  stampOf,
  steps,
} from '@guatu/kernel'
import { amending } from './correction.ts'
import { type Heeder, heedersOf } from './lookers.ts'
import type { Surround } from './receipt.ts'
import { neverWas } from './related.ts'
import { back, differs, leadingTo, looks, type Steps } from './rests.ts'
import type { Soon } from './soon.ts'
import type { Workspace } from './workspace.ts'

/** An act by which a record may turn out to have been otherwise at some moment than others judged themselves by. */
export interface Turned {
  readonly def: AnyRecord
  readonly act: DomainEvent
}

/** A record that says something else of itself by now. */
interface JudgedAnew {
  readonly id: string
  /** The act by which that turned out. */
  readonly cause: DomainEvent
  readonly follows: readonly Follow[]
}

/**
 * Does an act that comes last on its record make it otherwise for what was judged before?
 * @param isPast it was done earlier than now
 */
export function turns(
  { registry }: Workspace,
  def: AnyRecord,
  { before, after, isPast }: { readonly before: RecordState | undefined; readonly after: RecordState; readonly isPast: boolean },
): boolean {
  return heedersOf(registry, def.name).some((heeder) => {
    const { relation, way } = heeder
    if (way === 'row') {
      const flips = (before !== undefined && neverWas(relation, before)) !== neverWas(relation, after)
      return flips || (isPast && differs(relation, before, after))
    }
    // A merging that is undone never was.
    return (isPast || way === 'same') && before !== undefined && leadOf(def, heeder, before) !== leadOf(def, heeder, after)
  })
}

/** Where a record leads on the way that others judge themselves by. */
const leadOf = (def: AnyRecord, { relation, way }: Heeder, { fields }: RecordState): unknown =>
  fields[(typeof way === 'number' ? relation.via?.[way]?.field : def.survivor) ?? '']

/** What follows for records that judged themselves by what these acts show to have been otherwise at that moment, see `Relation.anew`. */
export async function judgedAnew(work: Workspace, at: Surround, turned: readonly Turned[], actor: Actor): Promise<readonly JudgedAnew[]> {
  const out: JudgedAnew[] = []
  for (const acts of Map.groupBy(turned, ({ act }) => act.recordId).values()) {
    const [one] = acts
    if (!one || heedersOf(work.registry, one.def.name).length === 0) continue
    const judged = await judging(
      work,
      one.def,
      acts.map(({ act }) => act),
    )
    for (const [def, rows] of judged)
      for (const row of rows.values()) {
        const act = effective(await work.history(def, row.state.id)).find(({ action }) => row.actions.has(action))
        if (!act || act.happenedAt < row.since) continue
        const follows = await amending(work, at, def, { before: row.state, after: row.state, act, corrected: act, actor })
        if (follows.length > 0) out.push({ id: row.state.id, cause: one.act, follows })
      }
  }
  return out
}

/** A record that judged itself by another one, by which of its acts, and from when on that was otherwise. */
interface Judging {
  readonly state: RecordState
  readonly actions: Set<string>
  readonly since: string
}

/** Records that judged themselves by one that some acts show to have been otherwise, by their kind. */
async function judging(
  work: Workspace,
  def: AnyRecord,
  acts: readonly DomainEvent[],
): Promise<ReadonlyMap<AnyRecord, ReadonlyMap<string, Judging>>> {
  const out = new Map<AnyRecord, Map<string, Judging>>()
  const id = acts[0]?.recordId ?? ''
  const history = await work.history(def, id)
  const own = new Set(acts.map((act) => act.id))
  const was = steps(
    def,
    history.filter((event) => !own.has(event.id)),
  )
  const is = steps(def, history)
  for (const heeder of heedersOf(work.registry, def.name)) {
    const since = firstDifference(seenBy(def, heeder, was), seenBy(def, heeder, is))
    // Who was not registered lived nowhere else.
    if (since === undefined || (heeder.way !== 'row' && was.length === 0)) continue
    const values = await valuesOf(work, def, heeder, [...was, ...is])
    const rows = out.get(heeder.def) ?? new Map<string, Judging>()
    out.set(heeder.def, rows)
    for (const state of await lookingThen(work, heeder, values, since)) {
      const row = rows.get(state.id)
      rows.set(state.id, {
        state,
        actions: new Set([...(row?.actions ?? []), heeder.action]),
        since: row && row.since < since ? row.since : since,
      })
    }
  }
  return out
}

/** By what others hold on to a record that they judged themselves by, or on the way to that. */
async function valuesOf(work: Workspace, def: AnyRecord, heeder: Heeder, of: Steps): Promise<readonly unknown[]> {
  const { relation, way } = heeder
  const states = of.map(({ after }) => after)
  if (way === 'row') return leadingTo(work, states).values(relation)
  const id = states[0]?.id
  if (way !== 'same') return back(work, { ...relation, via: relation.via?.slice(0, way) }, [id])
  return back(work, { ...relation, via: [] }, new Set([id, ...states.map((state) => leadOf(def, heeder, state))]))
}

/** Records that look at some of these and have changed since a moment, or at it. */
function lookingThen(work: Workspace, { def, relation }: Heeder, values: readonly unknown[], since: string): Soon<readonly RecordState[]> {
  const led = [...new Set(values)].filter((value) => value !== undefined)
  const before = stampOf({ epochMilliseconds: (instantMs(since) ?? 0) - 1 })
  return led.length === 0 ? [] : work.where(def, relation.at ?? relation.through ?? 'id', led, before)
}

/** What was seen of a record, and from when on. */
type Seen = readonly { readonly at: string; readonly what: readonly unknown[] }[]

/** Each time that something else was to be seen of a record, or of where it leads; nothing where it never was, or no merging that stands. */
function seenBy(def: AnyRecord, heeder: Heeder, of: Steps): Seen {
  const { relation, way } = heeder
  const now = of.at(-1)?.after
  if (way === 'row' && now && neverWas(relation, now)) return []
  const stands = (lead: unknown) => way !== 'same' || (now && lead === leadOf(def, heeder, now))
  const seen: Seen[number][] = []
  for (const { event, after } of of) {
    const lead = way === 'row' ? undefined : leadOf(def, heeder, after)
    const what = way === 'row' ? [after.state, ...looks(relation).map((name) => after.fields[name])] : [stands(lead) ? lead : undefined]
    const last = seen.at(-1)?.what
    if (!last || !isAlike(last, what)) seen.push({ at: event.happenedAt, what })
  }
  return seen
}

const isAlike = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.every((value, i) => value === other[i] || isDeepStrictEqual(value, other[i]))

/** The moment from which on something else is to be seen; undefined where there is none. */
function firstDifference(was: Seen, is: Seen): string | undefined {
  for (let i = 0; i < Math.max(was.length, is.length); i += 1) {
    const [one, other] = [was[i], is[i]]
    if (one && other && one.at === other.at && isAlike(one.what, other.what)) continue
    return [one?.at, other?.at].flatMap((at) => at ?? []).sort()[0]
  }
  return undefined
}
