import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Actor, SYSTEM, today } from '@guatu/kernel'
import { openDataFolder } from '../data-folder.ts'
import type { Store } from '../store/store.ts'
import { Failed, type Values } from './command.ts'
import { readSettings, type Settings } from './settings.ts'

/** Who acts when somebody works on the data folder itself, at the console of the machine. */
export const CONSOLE: Actor = SYSTEM

const toStderr = (line: Readonly<Record<string, unknown>>) => process.stderr.write(`${JSON.stringify(line)}\n`)

/** Opens the store of the settings, works on it, and closes it whatever happens. Makes a new one only for commands that begin a city. */
export async function withStore<T>(
  values: Values,
  work: (store: Store, settings: Settings) => Promise<T>,
  { mayBegin = false }: { readonly mayBegin?: boolean } = {},
): Promise<T> {
  const settings = readSettings(values)
  if (!mayBegin && settings.database === undefined && !existsSync(join(settings.data, 'database')))
    throw new Failed(
      `数据目录“${settings.data}”里没有数据库；请用 --data 指定已有目录，或先运行 guatu serve。`,
      `There is no database in the data folder “${settings.data}”; name an existing one with --data, or run guatu serve first.`,
    )
  const store = await openDataFolder({ ...settings, log: toStderr })
  try {
    return await work(store, settings)
  } finally {
    await store.close()
  }
}

/** The city day by the store's clock. */
export const cityDay = (store: Store): string => today(store.clock)
