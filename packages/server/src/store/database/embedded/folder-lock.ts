import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StoreProblem } from '../problem.ts'

/** A data folder held by this process alone. */
export interface FolderLock {
  release(): void
}

interface Holder {
  readonly pid: number
  readonly host: string
  readonly since: string
}

const isHolder = (value: unknown): value is Holder =>
  typeof value === 'object' && value !== null && 'pid' in value && typeof value.pid === 'number' && 'host' in value && 'since' in value

function readHolder(path: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return isHolder(value) ? value : undefined
  } catch {
    return undefined
  }
}

/**
 * Takes the data folder for this process, or refuses with `folder-in-use` naming the holder.
 *
 * The lock is an operating-system lock (fcntl) on `lock.sqlite`, taken through the SQLite that Node carries: it is atomic, also against a second open in this
 * very process and in other containers that share the folder, and the kernel drops it when the process ends in whatever way, so nothing stale is ever left.
 * `holder.json` only tells people who holds it.
 */
export function lockFolder(folder: string): FolderLock {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw unusable(folder, error)
  }
  const note = join(folder, 'holder.json')
  let file: DatabaseSync | undefined
  try {
    file = new DatabaseSync(join(folder, 'lock.sqlite'), { timeout: 0 })
    // The transaction stays open for as long as the folder is held; nothing is ever written in it.
    file.exec('begin exclusive')
  } catch (error) {
    file?.close()
    if (isBusy(error)) throw inUse(folder, readHolder(note))
    throw unusable(folder, error)
  }
  const held = file
  const holder: Holder = { pid: process.pid, host: hostname(), since: new Date().toISOString() }
  try {
    writeFileSync(note, `${JSON.stringify(holder)}\n`)
  } catch (error) {
    held.close()
    throw unusable(folder, error)
  }
  locks.add(held)
  return {
    release: () => {
      if (!locks.delete(held)) return
      rmSync(note, { force: true })
      held.close()
    },
  }
}

/** The locks of this process. A connection that nobody refers to would be collected, and its lock with it. */
const locks = new Set<DatabaseSync>()

const busy = 5
const isBusy = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'errcode' in error && typeof error.errcode === 'number' && (error.errcode & 0xff) === busy

function inUse(folder: string, holder: Holder | undefined): StoreProblem {
  const zh = holder === undefined ? '另一个进程' : `进程 ${holder.pid}（主机 ${holder.host}，自 ${holder.since}）`
  const en = holder === undefined ? 'another process' : `process ${holder.pid} (host ${holder.host}, since ${holder.since})`
  return new StoreProblem('folder-in-use', {
    zh: `数据目录 ${folder} 正被${zh}使用。两个进程同时写入会丢失数据：请先停止该进程，或换一个数据目录（--data）。`,
    en: `The data folder ${folder} is in use by ${en}. Two processes on one folder would lose data: stop that process first, or choose another folder (--data).`,
  })
}

function unusable(folder: string, cause: unknown): StoreProblem {
  return new StoreProblem(
    'folder-unusable',
    {
      zh: `无法使用数据目录 ${folder}。请检查路径、权限和磁盘空间。`,
      en: `The data folder ${folder} cannot be used. Check its path, permissions and disk space.`,
    },
    cause,
  )
}
