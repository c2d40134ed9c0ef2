import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    databaseServices: string
    /** Folder of this run alone, for what its files share. */
    scratch: string
  }
}

const POLL_MS = 100

/**
 * A folder of this run that is made once, by the first test file that needs it, and shared by all, whichever worker they run in. `make` fills it;
 * whoever comes meanwhile waits. Fails for everybody when the first failed, who says why.
 */
export async function onceInRun(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(inject('scratch'), name)
  const made = `${folder}.made`
  const failed = `${folder}.failed`
  if (isFirst(folder)) {
    try {
      await make(folder)
      writeFileSync(made, '')
    } catch (error) {
      writeFileSync(failed, '')
      throw error
    }
  }
  while (!existsSync(made)) {
    if (existsSync(failed)) throw new Error(`“${name}” could not be made: the first file that needed it says why`)
    await pause(POLL_MS)
  }
  return folder
}

/** Whoever makes the folder fills it. */
function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}
