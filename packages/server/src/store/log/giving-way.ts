import { isDeepStrictEqual } from 'node:util'
import { type AnyRecord, type Command, type DomainEvent, derivedId, type Follow, inOrder, instantMs, stampOf, steps } from '@guatu/kernel'

/** An act by which a record gives up what others have by now, as it is asked for and as it will stand in the history. */
export interface GivingWay {
  readonly command: Command
  readonly event: DomainEvent
}

/**
 * What gives way where an act that becomes known late is refused for what was done since: right before the moment from which the record stands otherwise
 * by it, for others may have gone on from there in the next one. Undefined where it never does.
 */
export function givingWay(
  def: AnyRecord,
  history: readonly DomainEvent[],
  act: DomainEvent,
  { action, of }: NonNullable<Follow['yields']>,
): GivingWay | undefined {
  const [was, is] = [steps(def, history), steps(def, [...history, act])]
  const standing = (all: typeof is, by: DomainEvent) => {
    const after = all.findLast(({ event }) => inOrder(event, by) <= 0)?.after
    return [after?.state, ...of.map((name) => after?.fields[name])]
  }
  const from = [...was, ...is]
    .map(({ event }) => event)
    .sort(inOrder)
    .find((event) => !isDeepStrictEqual(standing(was, event), standing(is, event)))
  if (!from) return undefined
  const happenedAt = stampOf({ epochMilliseconds: (instantMs(from.happenedAt) ?? 0) - 1 })
  const command: Command = {
    id: derivedId(`${act.id}/${action}`),
    record: def.name,
    recordId: act.recordId,
    action,
    area: act.area,
    happenedAt,
    ...(act.cause === null ? {} : { cause: act.cause }),
    input: {},
  }
  return { command, event: { ...act, id: command.id, action, happenedAt, day: from.day, corrects: null, input: {} } }
}
