import { isDeepStrictEqual } from 'node:util'
import {
  type AnyRecord,
  apply,
  type DomainEvent,
  fold,
  type Hop,
  inOrder,
  type Problem,
  problem,
  type RecordState,
  type Relation,
  type Situation,
  steps,
} from '@guatu/kernel'
import { pathOn } from './ahead.ts'
import { isCarriage } from './carriage.ts'
import { type Looker, lookersAt } from './lookers.ts'
import type { Surround } from './receipt.ts'
import { hadHappened, type Instead, oneAndSame, related } from './related.ts'
import type { Workspace } from './workspace.ts'

/**
 * Does something that happened later, on another record, rest on what this act changes? An act that arrives late must leave every later one as it
 * was decided, else the order of arrival would show in the end; then it is refused and a person has to look, as with acts of one record.
 * @param latest what the act makes of its record, where nothing on it is later
 * @param beside what is done on the record together with it
 */
export async function restsOn(
  work: Workspace,
  at: Surround,
  def: AnyRecord,
  act: DomainEvent,
  latest?: { readonly before: RecordState | undefined; readonly after: RecordState },
  beside: readonly DomainEvent[] = [],
): Promise<Problem | undefined> {
  if (at.anew) return undefined
  const lookers = lookersAt(work.registry, def.name)
  const touched = latest ? touchedBy(lookers, latest.before, latest.after) : lookers
  if (touched.length === 0) return undefined
  const without = latest && !latest.before ? [] : await work.history(def, act.recordId)
  const with_ = [...without, act, ...beside]
  const then = steps(def, with_)
  const shown = latest ? touched : changing(touched, steps(def, without), then)
  const root = rootOf(work, act)
  if (shown.length === 0) return undefined
  const leading = leadingTo(
    work,
    then.map(({ after }) => after),
  )
  for (const [looking, some] of Map.groupBy(shown, (one) => one.def)) {
    const actions = new Set(some.map(({ action }) => action))
    for (const record of await later(work, looking, some, leading, act.happenedAt)) {
      if (record.id === act.recordId) continue
      const theirs = await work.history(looking, record.id)
      for (const event of theirs) {
        if (!actions.has(event.action) || isCarriage(event) || inOrder(event, act) < 0) continue
        // One moment holds an act and its consequences, whatever their ids: none of them rests on what follows from it.
        if (rootOf(work, event) === root) continue
        const as = (history: readonly DomainEvent[]): Instead => ({
          record: def.name,
          id: act.recordId,
          state: fold(
            def,
            history.filter((one) => hadHappened(one, event)),
          ),
        })
        if (await isShaken(work, at, looking, theirs, event, as(without), as(with_))) {
          const what = looking.actions[event.action]?.label ?? { zh: event.action, en: event.action }
          return problem('out-of-order', {
            later: { zh: `${looking.label.zh}：${what.zh}`, en: `${looking.label.en}: ${what.en}` },
          })
        }
      }
    }
  }
  return undefined
}

/** Id of the act that somebody did and this one follows from, as far as it is decided here; an act that somebody did is its own. */
function rootOf(work: Workspace, { id, cause }: DomainEvent): string {
  let root = id
  for (let next = cause; next !== null; next = work.events.findLast((one) => one.id === root)?.cause ?? null) root = next
  return root
}

const looked = new WeakMap<Relation, readonly string[]>()

/** Names of what a relation looks at. */
export function looks(relation: Relation): readonly string[] {
  const known = looked.get(relation)
  if (known) return known
  const { sees, by, above } = relation
  const made = [...sees, ...(by === undefined ? [] : [by]), ...(above?.empty ?? [])]
  looked.set(relation, made)
  return made
}

/** Does a relation see something else of a record now? */
export const differs = (relation: Relation, before: RecordState | undefined, after: RecordState): boolean =>
  before?.state !== after.state ||
  (relation.above !== undefined && before?.area !== after.area) ||
  looks(relation).some((name) => isOther(before?.fields[name], after.fields[name]))

const lookedByAny = new WeakMap<readonly Looker[], readonly string[]>()

/** Names of what any of these looks at. */
function looksOfAll(lookers: readonly Looker[]): readonly string[] {
  const known = lookedByAny.get(lookers)
  if (known) return known
  const made = [...new Set(lookers.flatMap(({ relation }) => looks(relation)))]
  lookedByAny.set(lookers, made)
  return made
}

/** Those that see another record after an act than before it. Most acts change nothing that anybody looks at: that is asked once, and not for each. */
function touchedBy(lookers: readonly Looker[], before: RecordState | undefined, after: RecordState): readonly Looker[] {
  const stays = before?.state === after.state && before?.area === after.area
  if (stays && !looksOfAll(lookers).some((name) => isOther(before?.fields[name], after.fields[name]))) return []
  return lookers.filter(({ relation }) => differs(relation, before, after))
}

const isOther = (was: unknown, is: unknown): boolean => was !== is && !isDeepStrictEqual(was, is)

export type Steps = ReturnType<typeof steps>

/** Those that see something else of the record by these steps than by those, at any time. */
function changing(lookers: readonly Looker[], without: Steps, with_: Steps): readonly Looker[] {
  return lookers.filter(({ relation }) => !isDeepStrictEqual(seenOf(relation, without), seenOf(relation, with_)))
}

/** What a relation sees of a record, each time that it changed. */
function seenOf(relation: Relation, of: Steps): readonly (readonly unknown[])[] {
  let last: RecordState | undefined
  return of.flatMap(({ event, after }) => {
    if (last && !differs(relation, last, after)) return []
    last = after
    return [[event.id, after.state, relation.above && after.area, ...looks(relation).map((name) => after.fields[name])]]
  })
}

/** What leads to a record that stood like this, and where it stood. */
interface Leading {
  readonly areas: readonly string[]
  /** Values by which records that look by this relation hold on to it; asked once, however many relations go the same way. */
  values(relation: Relation): Promise<readonly unknown[]>
}

export function leadingTo(work: Workspace, states: readonly RecordState[]): Leading {
  const asked = new Map<string, Promise<readonly unknown[]>>()
  return {
    areas: [...new Set(states.map(({ area }) => area))],
    values: (relation) => {
      const { by, via, doubles } = relation
      const led = by === undefined ? [states[0]?.id] : states.map((one) => one.fields[by])
      if (by === undefined && doubles === undefined) return Promise.resolve(led)
      const way = JSON.stringify([by, via, doubles])
      const known = asked.get(way) ?? back(work, relation, new Set(led))
      asked.set(way, known)
      return known
    },
  }
}

/** Records of a kind that changed after a moment and look, or may have looked, at this record. */
async function later(
  work: Workspace,
  looking: AnyRecord,
  lookers: readonly Looker[],
  leading: Leading,
  after: string,
): Promise<RecordState[]> {
  const wanted = new Map<string, Set<unknown>>()
  const found = new Map<string, RecordState>()
  if (lookers.some(({ relation }) => relation.above !== undefined))
    for (const state of await work.below(looking, leading.areas, after)) found.set(state.id, state)
  for (const { relation } of lookers) {
    if (relation.above !== undefined) continue
    const field = relation.at ?? relation.through ?? 'id'
    const values = await leading.values(relation)
    wanted.set(field, new Set([...(wanted.get(field) ?? []), ...values.filter((value) => value !== undefined)]))
  }
  for (const [field, values] of wanted) {
    if (values.size === 0) continue
    for (const state of await work.where(looking, field, [...values], after)) {
      const value = field === 'id' ? state.id : field === 'county' ? state.county : state.fields[field]
      if (values.has(value) && state.changedAt > after) found.set(state.id, state)
    }
  }
  return [...found.values()]
}

/** What leads to some values, from hop to hop or by being the same as one of them, as it stands now. */
export async function back(
  work: Workspace,
  { via, doubles }: { readonly via?: readonly Hop[] | undefined; readonly doubles?: string },
  values: Iterable<unknown>,
): Promise<readonly unknown[]> {
  const aims = [...values].filter((value) => value !== undefined)
  let from: readonly unknown[] = aims
  for (const { record, field } of via?.toReversed() ?? []) {
    const def = work.registry.records.get(record)
    // Every hop may end where the last one does: what is met on the way is meant too.
    const to = [...new Set([...aims, ...from])]
    from = def && to.length > 0 ? (await work.where(def, field, to)).map(({ id }) => id) : []
  }
  return doubles === undefined ? from : (await Promise.all(from.map((value) => oneAndSame(work, doubles, value)))).flat()
}

/** Would a later act have been refused, or have had other consequences, if the record had been as it now turns out? */
async function isShaken(
  work: Workspace,
  at: Surround,
  def: AnyRecord,
  history: readonly DomainEvent[],
  event: DomainEvent,
  otherwise: Instead,
  really: Instead,
): Promise<boolean> {
  const action = def.actions[event.action]
  if (!action) return false
  const state = fold(
    def,
    history.filter((one) => hadHappened(one, event)),
  )
  const after = apply(def, state, event)
  const path = pathOn(work, event.area, event.day) ?? ''
  const fields = { ...state?.fields, ...event.input, county: event.county, path }
  const was = await related(work, action.related, event.recordId, fields, { asOf: event, instead: otherwise })
  const is: typeof was = {
    ...(await related(work, asking(action.related), event.recordId, fields, { asOf: event, instead: really })),
    // Of these it asked nothing: what becomes known late of them is none of its business, whatever else it looks at.
    ...Object.fromEntries(Object.entries(was).filter(([name]) => action.related?.[name]?.onward === true)),
  }
  if (isDeepStrictEqual(plain(was), plain(is))) return false
  const situation = (others: Situation<AnyRecord['fields']>['related']): Situation<AnyRecord['fields']> => ({
    before: state?.fields,
    after: after.fields,
    state: state?.state,
    act: event,
    // Whoever did it was allowed to: what matters is what the others allow.
    actor: { id: event.actor, name: event.actor, grants: [] },
    area: state?.area ?? after.area,
    places: work.areas,
    today: event.day,
    zone: at.clock.zone,
    parameter: at.parameters(event.day, path),
    parameterOn: (on) => at.parameters(on, path),
    related: others,
  })
  return (
    action.guard?.(situation(is)) !== undefined ||
    !isDeepStrictEqual(action.follows?.(situation(was)) ?? [], action.follows?.(situation(is)) ?? [])
  )
}

/** Those of which an act asks something. */
const asking = (relations: Readonly<Record<string, Relation>> | undefined) =>
  Object.fromEntries(Object.entries(relations ?? {}).filter(([, relation]) => relation.onward !== true))

const plain = (related: Readonly<Record<string, readonly RecordState[]>>) =>
  Object.entries(related).map(([name, rows]) => [name, rows.map(({ id, state, fields }) => ({ id, state, fields }))])
