import { type AnyRecord, apply, type Command, type DomainEvent, derivedId, effective, fold, inOrder, MOVE, seenOf } from '@guatu/kernel'
import { pathOn } from './ahead.ts'
import { takersOf } from './lookers.ts'
import type { Surround } from './receipt.ts'
import { related } from './related.ts'
import type { Workspace } from './workspace.ts'

/**
 * What follows for a record that became known late, because of what was done since with what it belongs to: a fever that was read before a move and
 * arrives after it sends somebody to a clinic who lives elsewhere by now; a plate that was written down before an erasure is erased too; a visit for
 * an observation that turned out void is not due. In the order in which they happened.
 */
export async function overtaken(work: Workspace, at: Surround, def: AnyRecord, made: DomainEvent): Promise<Command[]> {
  if (def.actions[made.action]?.from !== 'new') return []
  const out: Command[] = []
  for (const { def: taker, action: taking, name, relation } of takersOf(work.registry, def.name)) {
    const id = relation.by === undefined ? undefined : made.input[relation.by]
    const now = typeof id === 'string' ? await work.state(taker, id) : undefined
    if (!now || now.changedAt < made.happenedAt) continue
    const theirs = await work.history(taker, now.id)
    const since = effective(theirs).filter((one) => one.action === taking && inOrder(made, one) < 0)
    if (since.length === 0) continue
    const own = await work.history(def, made.recordId)
    for (const one of since) {
      const commandId = derivedId(`${one.id}/${made.recordId}`)
      if (own.some((event) => event.id === commandId || event.cause === one.id)) continue
      const [then, of] = [own, theirs].map((history) => history.filter((event) => inOrder(event, one) < 0))
      const [row, state] = [fold(def, then ?? []), fold(taker, of ?? [])]
      if (!row || !state) continue
      const path = pathOn(work, one.area, one.day) ?? ''
      const follows = taker.actions[taking]?.follows?.({
        before: state.fields,
        after: apply(taker, state, one).fields,
        state: state.state,
        act: one,
        actor: { id: one.actor, name: one.actor, grants: [] },
        area: state.area,
        places: work.areas,
        today: one.day,
        zone: at.clock.zone,
        parameter: at.parameters(one.day, path),
        parameterOn: (on) => at.parameters(on, path),
        related: {
          ...(await related(
            work,
            taker.actions[taking]?.related,
            now.id,
            { ...state.fields, ...one.input, county: one.county, path, moment: one.happenedAt },
            { asOf: one },
          )),
          [name]: [seenOf(relation, row)],
        },
      })
      const follow = follows?.find(({ record, recordId }) => record === def.name && recordId === made.recordId)
      if (!follow || (follow.action === MOVE && row.area === one.area)) continue
      const { action, input } = follow
      const { happenedAt, area, authority } = one
      const more = { area: action === MOVE ? area : row.area, happenedAt, cause: one.id, ...(authority === null ? {} : { authority }) }
      out.push({ id: commandId, record: def.name, recordId: made.recordId, action, ...more, input })
    }
  }
  return out.sort((a, b) => inOrder({ happenedAt: a.happenedAt ?? '', id: a.id }, { happenedAt: b.happenedAt ?? '', id: b.id }))
}
