import { type Actor, type Clock, type ParameterReader, type ParameterSetting, type Registry, readParameters } from '@guatu/kernel'
import type { Database } from '../database/index.ts'

export interface SettingsStore {
  /** Reader of all parameters in force on a day at a place. */
  at(day: string, path: string): ParameterReader
  /** All settings of one parameter, the shipped ones first. */
  of(code: string): readonly ParameterSetting[]
  /** How many settings were added since it was opened: whoever rests on parameters sees by it that they changed. */
  added(): number
  /** Adds a dated setting; earlier ones stay for the days they held. */
  add(code: string, setting: ParameterSetting, actor: Actor): Promise<void>
}

/** Dated parameters: what the definitions ship with, and what officials set since. */
export async function openSettings(db: Database<unknown>, registry: Registry, clock: Clock): Promise<SettingsStore> {
  const all = new Map<string, readonly ParameterSetting[]>([...registry.parameters].map(([code, def]) => [code, def.settings]))
  const rows = await db.query<{ code: string; setting: ParameterSetting }>('select code, setting from settings order by code, seq')
  for (const { code, setting } of rows) all.set(code, [...(all.get(code) ?? []), setting])
  let added = 0
  return {
    added: () => added,
    at: (day, path) => readParameters(all, day, path),
    of: (code) => all.get(code) ?? [],
    add: async (code, setting, actor) => {
      const list = all.get(code) ?? []
      await db.query(
        'insert into settings (code, seq, setting, recorded_at, actor) values ($1, (select coalesce(max(seq), 0) + 1 from settings where code = $1), $2, $3, $4)',
        [code, JSON.stringify(setting), clock.now().toString(), actor.id],
      )
      all.set(code, [...list, setting])
      added += 1
    },
  }
}
