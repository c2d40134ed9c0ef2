import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** With a database of its own somewhere else, another server may be taking files in beside this one. */
const QUIET_MS = 60 * 60 * 1_000

/**
 * Removes what a run of the program that was killed had half taken in: evidence, and lists of people that are never meant to be kept.
 * @param data the data folder
 * @param alone nobody else works in it, so that whatever lies there is left over
 * @returns how many were removed
 */
export async function clearLeftovers(data: string, alone: boolean): Promise<number> {
  const incoming = join(data, 'attachments', 'incoming')
  const jobs = join(data, 'jobs')
  const left = [
    ...(await namesIn(incoming)).map((name) => join(incoming, name)),
    ...(await namesIn(jobs)).filter((name) => name.endsWith('.upload')).map((name) => join(jobs, name)),
  ]
  let removed = 0
  for (const path of left) {
    const found = await stat(path).catch(() => undefined)
    if (!found || (!alone && Date.now() - found.mtimeMs < QUIET_MS)) continue
    await rm(path, { force: true })
    removed += 1
  }
  return removed
}

const namesIn = (folder: string): Promise<readonly string[]> => readdir(folder).catch(() => [])
