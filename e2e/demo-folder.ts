import { cpSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadBazhong } from '../packages/server/src/demo/bazhong.ts'
import { startServer } from '../packages/server/src/main.ts'
import { onceInRun } from '../testing/src/databases/once.ts'

/** Day on which the demonstration city stands. */
export const DEMO_DAY = '2020-02-14'

/** Loads the demonstration city into an empty folder. */
export async function loadDemo(folder: string): Promise<void> {
  const server = await startServer({ data: folder, port: 0, today: DEMO_DAY, log: () => undefined }, async (store, accounts) => {
    await loadBazhong(store, accounts, () => undefined)
  })
  await server.close()
}

/** A data folder of its own with the demonstration city in it: loaded once in a run, by the first that needs it, and copied by each. */
export async function demoFolder(): Promise<string> {
  const city = await onceInRun('demo', loadDemo)
  const data = mkdtempSync(join(tmpdir(), 'guatu-e2e-'))
  cpSync(city, data, { recursive: true })
  return data
}
