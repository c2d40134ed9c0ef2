import {
  type AnyRecord,
  apply,
  type Command,
  type DomainEvent,
  derivedId,
  effective,
  type Follow,
  fold,
  inOrder,
  MOVE,
  type RecordState,
  type Situation,
  seenOf,
} from '@guatu/kernel'
import { pathOn } from './ahead.ts'
import { isCarriage } from './carriage.ts'
import { type Looker, takersOf } from './lookers.ts'
import type { Surround } from './receipt.ts'
import { oneAndSame, related } from './related.ts'
import { type Soon, soon, soonEach } from './soon.ts'
import type { Workspace } from './workspace.ts'

/**
 * What follows for a record that became known late, because of what was done since with what it belongs to: a fever that was read before a move and
 * arrives after it sends somebody to a clinic who lives elsewhere by now; a plate that was written down before an erasure is erased too; a visit for
 * an observation that turned out void is not due. In the order in which they happened.
 */
export function overtaken(work: Workspace, at: Surround, def: AnyRecord, made: DomainEvent): Soon<readonly Command[]> {
  if (def.actions[made.action]?.from !== 'new') return NONE
  const then = (looker: Looker) => soon(takersThen(work, looker, made), (takers) => ({ looker, takers }))
  return soon(soonEach(takersOf(work.registry, def.name), then), (all) =>
    all.every(({ takers }) => takers.length === 0) ? NONE : takenByAll(work, at, def, made, all),
  )
}

const NONE: readonly never[] = []

async function takenByAll(
  work: Workspace,
  at: Surround,
  def: AnyRecord,
  made: DomainEvent,
  all: readonly { readonly looker: Looker; readonly takers: readonly RecordState[] }[],
): Promise<readonly Command[]> {
  const out: Command[] = []
  for (const { looker, takers } of all) for (const taker of takers) out.push(...(await taken(work, at, def, made, looker, taker)))
  out.sort((a, b) => inOrder({ happenedAt: a.happenedAt ?? '', id: a.id }, { happenedAt: b.happenedAt ?? '', id: b.id }))
  let stands = made.area
  return out.filter(({ action, area }) => {
    const goes = action !== MOVE || area !== stands
    if (action === MOVE && area !== undefined) stands = area
    return goes
  })
}

/** An act as it was done on a record as that is known to have been by then, for its consequences. */
const asDone = (
  work: Workspace,
  at: Surround,
  def: AnyRecord,
  { state, one, path }: { readonly state: RecordState; readonly one: DomainEvent; readonly path: string },
  seen: Situation<AnyRecord['fields']>['related'],
): Situation<AnyRecord['fields']> => ({
  before: state.fields,
  after: apply(def, state, one).fields,
  state: state.state,
  act: one,
  actor: { id: one.actor, name: one.actor, grants: [] },
  area: state.area,
  places: work.areas,
  today: one.day,
  zone: at.clock.zone,
  parameter: at.parameters(one.day, path),
  parameterOn: (on) => at.parameters(on, path),
  related: seen,
})

/**
 * The move that an act asks for which was done after another move that became known late: it led where the record stood as far as was known, and now
 * leads back there. The first of them; once it is made, what was done after that is looked at in its turn.
 * @param before the record as it stood, with all that was known
 */
export async function ledBack(
  work: Workspace,
  at: Surround,
  def: AnyRecord,
  moved: DomainEvent,
  before: RecordState | undefined,
): Promise<Command | undefined> {
  const late = before !== undefined && moved.happenedAt < before.changedAt
  if (!late || !Object.values(def.actions).some(({ leads }) => leads)) return undefined
  const history = await work.history(def, moved.recordId)
  for (const one of effective(history).filter((event) => inOrder(moved, event) < 0)) {
    // Whoever moved it since said where it stands.
    if (one.action === MOVE && !isCarriage(one)) return undefined
    const action = def.actions[one.action]
    if (!action?.leads || history.some((event) => event.action === MOVE && event.cause === one.id)) continue
    const state = fold(
      def,
      history.filter((event) => inOrder(event, one) < 0),
    )
    if (!state) continue
    const path = pathOn(work, one.area, one.day) ?? ''
    const fields = { ...state.fields, ...one.input, county: one.county, path, moment: one.happenedAt }
    const others = await related(work, action.related, moved.recordId, fields, { asOf: one })
    const follows = action.follows?.(asDone(work, at, def, { state, one, path }, others))
    const goes = follows?.find((follow) => follow.action === MOVE && follow.record === def.name && follow.recordId === moved.recordId)
    if (goes?.area === undefined) continue
    const { happenedAt, authority } = one
    const more = { area: goes.area, happenedAt, cause: one.id, ...(authority === null ? {} : { authority }) }
    return { id: derivedId(`${one.id}/led`), record: def.name, recordId: moved.recordId, action: MOVE, ...more, input: {} }
  }
  return undefined
}

/** What the new record belongs to, as far as something was done with it since. */
function takersThen(work: Workspace, { def, relation }: Looker, made: DomainEvent): Soon<readonly RecordState[]> {
  const { by, through, doubles } = relation
  const value = by === undefined ? undefined : made.input[by]
  if (typeof value !== 'string') return NONE
  const since = (state: RecordState) => state.changedAt >= made.happenedAt
  if (through === undefined) return soon(work.state(def, value), (state) => (state && since(state) ? [state] : NONE))
  const led = doubles === undefined ? [value] : oneAndSame(work, doubles, value)
  return soon(
    soon(led, (some) => work.where(def, through, some, made.happenedAt)),
    (states) => states.filter(since),
  )
}

/** What one of them, by what was done with it since, has for consequences on the new record. */
async function taken(
  work: Workspace,
  at: Surround,
  def: AnyRecord,
  made: DomainEvent,
  { def: taker, action: taking, name, relation }: Looker,
  now: RecordState,
): Promise<Command[]> {
  const theirs = await work.history(taker, now.id)
  const since = effective(theirs).filter((one) => one.action === taking && !isCarriage(one) && inOrder(made, one) < 0)
  if (since.length === 0) return []
  const own = await work.history(def, made.recordId)
  const out: Command[] = []
  for (const one of since) {
    const commandId = derivedId(`${one.id}/${made.recordId}`)
    if (own.some((event) => event.id === commandId || event.cause === one.id)) continue
    const [then, of] = [own, theirs].map((history) => history.filter((event) => inOrder(event, one) < 0))
    const [row, state] = [fold(def, then ?? []), fold(taker, of ?? [])]
    if (!row || !state) continue
    const path = pathOn(work, one.area, one.day) ?? ''
    const fields = { ...state.fields, ...one.input, county: one.county, path, moment: one.happenedAt }
    const others = await related(work, taker.actions[taking]?.related, now.id, fields, { asOf: one })
    // Whoever was one person with another only since is not who was meant then.
    if (relation.through !== undefined && !others[name]?.some(({ id }) => id === made.recordId)) continue
    const follows = taker.actions[taking]?.follows?.(
      asDone(work, at, taker, { state, one, path }, { ...others, [name]: [seenOf(relation, row)] }),
    )
    const follow = follows?.find(({ record, recordId }) => record === def.name && recordId === made.recordId)
    if (!follow) continue
    const { action, input } = follow
    const { happenedAt, area, authority } = one
    const more = { area: action === MOVE ? area : row.area, happenedAt, cause: one.id, ...(authority === null ? {} : { authority }) }
    out.push({ id: commandId, record: def.name, recordId: made.recordId, action, ...more, input })
  }
  return out
}

/** Where a record goes along to with an act: what has ended since by its heir; nowhere where it stands there already. */
export async function goesTo(
  work: Workspace,
  { record, recordId = '', area }: Pick<Follow, 'record' | 'recordId' | 'area'>,
  cause: DomainEvent,
): Promise<string | undefined> {
  const { areas } = work
  let to = area ?? cause.area
  for (let heir = areas.heir(to); areas.path(to, cause.day) === undefined && heir; heir = areas.heir(to)) to = heir.area
  const def = work.registry.records.get(record)
  const state = def && (await work.state(def, recordId))
  return state && state.area === to && state.changedAt <= cause.happenedAt ? undefined : to
}
