import { type AnyRecord, type Command, fold, type RecordState, SYSTEM } from '@guatu/kernel'
import { beginningOf, carriage, isCarriage } from './carriage.ts'
import { move } from './move.ts'
import type { Heir } from './places.ts'
import type { Surround } from './receipt.ts'
import type { Workspace } from './workspace.ts'

/**
 * Takes a record along to the heir of its area, and on where that has ended too. So nobody has to wait for the records of a reform to be moved one
 * by one, and what comes in late for an area that has ended does not stay there. What cannot move is given back as it is.
 */
export async function carried(work: Workspace, at: Surround, def: AnyRecord, found: RecordState): Promise<RecordState> {
  let state = found
  for (let heir = work.areas.heir(state.area); heir; heir = work.areas.heir(state.area)) {
    const moved = await move(work, at, def, await leaving(work, at, def, state, heir), SYSTEM)
    if (!moved.ok) return state
    state = moved.value.state
  }
  return state
}

/**
 * The act by which it leaves. Where a reform had taken it along already, from where it turned out not to stand, this stands at the beginning of its
 * day: what was done since was done with a record that had been taken along, and what later reforms did takes it on from there.
 */
async function leaving(work: Workspace, { clock }: Surround, def: AnyRecord, state: RecordState, heir: Heir): Promise<Command> {
  const command = carriage(def.name, state, heir, clock)
  const start = beginningOf(heir.day, clock)
  if (command.happenedAt === start) return command
  const history = await work.history(def, state.id)
  const then = fold(
    def,
    history.filter(({ happenedAt }) => happenedAt < start),
  )
  const again = then?.area === state.area && history.some((one) => isCarriage(one) && one.happenedAt >= start)
  return again ? { ...command, happenedAt: start } : command
}
