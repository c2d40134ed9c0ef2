import {
  type Actor,
  type AnyRecord,
  type Command,
  EVERYTHING,
  located,
  lookersOf,
  onOthers,
  type Permit,
  scopeOf,
  within,
} from '@guatu/kernel'
import { readHistory } from '../log/event-rows.ts'
import { getRecord } from '../query/list.ts'
import type { DeskStore } from './desk-store.ts'

/**
 * The same acts about records that were never made, where some of them are about such as their sender may not know of: neither read nor looked up nor
 * acted upon there, nor entered by them. Undefined where all are known, or to be made: what is refused of those is no secret.
 */
export async function asNeverMade(store: DeskStore, actor: Actor, commands: readonly Command[]): Promise<readonly Command[] | undefined> {
  const instead = await Promise.all(
    commands.map(async (command) => {
      const def = store.registry.records.get(command.record)
      const hidden = def && def.actions[command.action]?.from !== 'new' && (await isUnknown(store, actor, def, command))
      return hidden ? { ...command, recordId: crypto.randomUUID() } : command
    }),
  )
  return instead.some((one, i) => one !== commands[i]) ? instead : undefined
}

async function isUnknown({ db, areas }: DeskStore, actor: Actor, def: AnyRecord, { recordId, action }: Command): Promise<boolean> {
  const row = await getRecord(db, def, EVERYTHING, recordId)
  if (!row) return false
  const at = located(def, row, areas.index.currentPath(row.area) ?? '')
  const may = (permit: Permit = {}) => within(scopeOf(permit, actor), at)
  const acts = Object.values(def.actions).map(({ by }) => onOthers(by))
  if (within(lookersOf(def, actor), at) || may(def.actions[action]?.by) || [def.moves, ...acts].some((permit) => may(permit))) return false
  const [first] = await readHistory(db, def.name, recordId)
  return first?.actor !== actor.id
}
