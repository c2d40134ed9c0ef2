import { type AnyRecord, type Clock, type Command, derivedId, MOVE, type RecordState, SYSTEM, stampOf } from '@guatu/kernel'
import { move } from './move.ts'
import type { Heir } from './places.ts'
import type { Surround } from './receipt.ts'
import type { Workspace } from './workspace.ts'

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
 * Takes a record along to the heir of its area, and on where that has ended too. So nobody has to wait for the records of a reform to be moved one
 * by one, and what comes in late for an area that has ended does not stay there. What cannot move is given back as it is.
 */
export async function carried(work: Workspace, at: Surround, def: AnyRecord, found: RecordState): Promise<RecordState> {
  let state = found
  for (let heir = work.areas.heir(state.area); heir; heir = work.areas.heir(state.area)) {
    const moved = await move(work, at, def, carriage(def.name, state, heir, at.clock), SYSTEM)
    if (!moved.ok) return state
    state = moved.value.state
  }
  return state
}
