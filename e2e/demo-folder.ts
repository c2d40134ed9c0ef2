import { cpSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { inject } from 'vitest'
import { loadBazhong } from '../packages/server/src/demo/bazhong.ts'
import { startServer } from '../packages/server/src/main.ts'

/** Day on which the demonstration city stands. */
export const DEMO_DAY = '2020-02-14'
const POLL_MS = 500

/** A data folder of its own with the demonstration city in it: loaded once in a run, by the first that needs it, and copied by each. */
export async function demoFolder(): Promise<string> {
  const shared = inject('scratch')
  const city = join(shared, 'demo')
  const loaded = join(shared, 'demo.loaded')
  const failed = join(shared, 'demo.failed')
  if (isFirst(city)) {
    try {
      const server = await startServer({ data: city, port: 0, today: DEMO_DAY, log: () => undefined }, async (store, accounts) => {
        await loadBazhong(store, accounts, () => undefined)
      })
      await server.close()
      writeFileSync(loaded, '')
    } catch (error) {
      writeFileSync(failed, '')
      throw error
    }
  }
  while (!existsSync(loaded)) {
    if (existsSync(failed)) throw new Error('the demonstration city could not be loaded: the first file that needed it says why')
    await pause(POLL_MS)
  }
  const data = mkdtempSync(join(tmpdir(), 'guatu-e2e-'))
  cpSync(city, data, { recursive: true })
  return data
}

/** Whoever makes the folder loads it. */
function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}
