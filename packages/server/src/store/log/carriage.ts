import { type Clock, type Command, type DomainEvent, derivedId, MOVE, type RecordState, SYSTEM, stampOf } from '@guatu/kernel'
import type { Heir } from './places.ts'

/** The moment at which a day begins in the city. */
export const beginningOf = (day: string, { zone }: Clock): string => stampOf(Temporal.PlainDate.from(day).toZonedDateTime(zone).toInstant())

/**
 * The act by which a record leaves an area that a reform ended, for its heir: at the beginning of that day, or right after what was done with the
 * record since. The same record, area and day always give the same act, whoever does it first. It takes along only what stands there, whatever becomes
 * known late of where that was.
 */
export function carriage(
  record: string,
  { id, area: from, changedAt }: Pick<RecordState, 'id' | 'area' | 'changedAt'>,
  heir: Heir,
  clock: Clock,
): Command {
  const start = beginningOf(heir.day, clock)
  return {
    id: derivedId(`reform/${heir.day}/from/${from}/${id}`),
    record,
    recordId: id,
    action: MOVE,
    area: heir.area,
    happenedAt: start > changedAt ? start : stampOf(Temporal.Instant.from(changedAt).add({ milliseconds: 1 })),
    input: { from },
  }
}

/**
 * Is this how a reform took a record along? Nobody moved, and whatever belongs to it goes by itself where its area ended too: nothing follows from it,
 * and nothing that becomes known late is held against it.
 */
export const isCarriage = ({ action, actor, cause }: Pick<DomainEvent, 'action' | 'actor' | 'cause'>): boolean =>
  action === MOVE && actor === SYSTEM.id && cause === null
