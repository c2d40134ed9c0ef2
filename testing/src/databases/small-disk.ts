import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { freeBytes } from '../../../packages/server/src/store/database/embedded/database-thread.ts'

/** A disk of its own of that many megabytes, or the reason why there can be none. */
function smallDisk(megabytes: number): { path: string } | { reason: string } {
  const path = mkdtempSync(join(tmpdir(), 'guatu-disk-'))
  const { status, error } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path])
  if (status === 0) return { path }
  rmdirSync(path)
  return { reason: error === undefined ? 'mounting a small disk needs root' : 'there is no mount command' }
}

function eject(path: string): void {
  spawnSync('umount', [path])
  rmdirSync(path)
}

/** Why tests on a small disk cannot run here; undefined when they can. */
export function noSmallDisk(): string | undefined {
  const trial = smallDisk(1)
  if ('path' in trial) eject(trial.path)
  return 'reason' in trial ? trial.reason : undefined
}

/** Inside a test: a small disk, ejected when the test ends. */
export function newDisk(megabytes: number): string {
  const disk = smallDisk(megabytes)
  if ('reason' in disk) throw new Error(disk.reason)
  onTestFinished(() => eject(disk.path))
  return disk.path
}

/** Fills the disk but for so many bytes, by a file called `filler`. */
export const fill = (disk: string, leave: number): void =>
  appendFileSync(join(disk, 'filler'), Buffer.alloc(Math.max(freeBytes(disk) - leave, 0)))

/** The program asks the disk a few times a second. */
export const untilAskedAgain = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 150))
