import { type AnyRecord, type RecordState, SYSTEM } from '@guatu/kernel'
import { carriage } from './carriage.ts'
import { move } from './move.ts'
import type { Surround } from './receipt.ts'
import type { Workspace } from './workspace.ts'

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
