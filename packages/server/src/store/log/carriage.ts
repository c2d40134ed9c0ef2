import { type Clock, type Command, type DomainEvent, derivedId, MOVE, type RecordState, SYSTEM, stampOf } from '@guatu/kernel'
import type { Heir } from './places.ts'

/**
 * The act by which a record leaves an area that a reform ended, for its heir: at the beginning of that day, or right after what was done with the
 * record since. The same record and day always give the same act, whoever does it first.
 */
export function carriage(record: string, { id, changedAt }: Pick<RecordState, 'id' | 'changedAt'>, heir: Heir, clock: Clock): Command {
  const start = stampOf(Temporal.PlainDate.from(heir.day).toZonedDateTime(clock.zone).toInstant())
  return {
    id: derivedId(`reform/${heir.day}/${id}`),
    record,
    recordId: id,
    action: MOVE,
    area: heir.area,
    happenedAt: start > changedAt ? start : stampOf(Temporal.Instant.from(changedAt).add({ milliseconds: 1 })),
    input: {},
  }
}

/**
 * Is this how a reform took a record along? Nobody moved, and whatever belongs to it goes by itself where its area ended too: nothing follows from it,
 * and nothing that becomes known late is held against it.
 */
export const isCarriage = ({ action, actor, cause }: Pick<DomainEvent, 'action' | 'actor' | 'cause'>): boolean =>
  action === MOVE && actor === SYSTEM.id && cause === null
