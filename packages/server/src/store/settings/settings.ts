import { type Actor, type Clock, type ParameterReader, type ParameterSetting, type Registry, readParameters } from '@guatu/kernel'
import type { Database } from '../database/index.ts'
import { lastTurn, type Runner } from '../log/statements.ts'

export interface SettingsStore {
  /** Reader of all parameters in force on a day at a place. */
  at(day: string, path: string): ParameterReader
  /** All settings of one parameter, the shipped ones first. */
  of(code: string): readonly ParameterSetting[]
  /** How many settings were added since it was opened, here or by another process: whoever rests on parameters sees by it that they changed. */
  added(): number
  /** Adds a dated setting; earlier ones stay for the days they held. */
  add(code: string, setting: ParameterSetting, actor: Actor): Promise<void>
  /** Learns what another process has set. */
  newest(run: Runner): Promise<void>
}

/** Dated parameters: what the definitions ship with, and what officials set since. */
export async function openSettings(db: Database<unknown>, registry: Registry, clock: Clock): Promise<SettingsStore> {
  const shipped = new Map<string, readonly ParameterSetting[]>([...registry.parameters].map(([code, def]) => [code, def.settings]))
  const read = async (run: Runner) => {
    const rows = await run.query<{ code: string; setting: ParameterSetting }>('select code, setting from settings order by code, seq')
    const all = new Map(shipped)
    for (const { code, setting } of rows) all.set(code, [...(all.get(code) ?? []), setting])
    return { all, count: rows.length }
  }
  let known = await read(db)
  const opened = known.count
  const newest = async (run: Runner) => {
    const [now] = await run.query<{ count: number }>('select count(*)::integer as count from settings')
    if ((now?.count ?? 0) <= known.count) return
    const next = await read(run)
    // Settings are only ever added: of two answers the longer one is the newer.
    if (next.count > known.count) known = next
  }
  return {
    added: () => known.count - opened,
    at: (day, path) => readParameters(known.all, day, path),
    of: (code) => known.all.get(code) ?? [],
    newest,
    add: async (code, setting, actor) => {
      await db.transaction(async (run) => {
        // With a turn of its own: whoever decided by the settings before, in whatever process, decides again.
        await lastTurn(run, true)
        await run.query('update turns set taken = taken + 1 where one')
        await run.query(
          'insert into settings (code, seq, setting, recorded_at, actor) values ($1, (select coalesce(max(seq), 0) + 1 from settings where code = $1), $2, $3, $4)',
          [code, JSON.stringify(setting), clock.now().toString(), actor.id],
        )
      })
      await newest(db)
    },
  }
}
