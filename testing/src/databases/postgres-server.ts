import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, chmodSync, chownSync, constants, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { type Account, binaryFolders, runnableFolder, serverAccount } from './postgres-binaries.ts'

/** A real PostgreSQL server of our own, reachable only through a socket file in its folder. */
export interface PostgresServer {
  readonly version: string
  readonly process: ChildProcess
  /** The URL of a database on it. */
  url(database: string): string
  /** Kills the server with all its processes as a power cut would, and waits until they are gone. */
  kill(): Promise<void>
  /** Starts the server again on the same folder after it was killed. */
  restart(): Promise<PostgresServer>
  /** Stops the server and removes its folder. */
  stop(): Promise<void>
}

export interface PostgresServerOptions {
  /** With fsync, as in a city; without it (the default) tests are faster. */
  readonly durable?: boolean
  readonly settings?: Readonly<Record<string, string>>
}

const quick = { fsync: 'off', full_page_writes: 'off', max_wal_size: '1GB' }
const roomy = 2 * 1024 ** 3

/** A new scratch folder, in memory where the machine has a roomy memory disk. */
export function scratchFolder(prefix: string): string {
  return mkdtempSync(join(memoryDisk() ?? tmpdir(), prefix))
}

function memoryDisk(): string | undefined {
  const path = '/dev/shm'
  try {
    accessSync(path, constants.W_OK)
    const { bavail, bsize } = statfsSync(path)
    return bavail * bsize > roomy ? path : undefined
  } catch {
    return undefined
  }
}

/** Makes a new cluster and starts a server on it. Needs no installed server, no port and no question. */
export async function startPostgres(options: PostgresServerOptions = {}): Promise<PostgresServer> {
  const [found] = binaryFolders()
  if (found === undefined) throw new Error('no PostgreSQL found: run `npm install`, or `apt-get install postgresql`')
  const account = serverAccount()
  const scratch = options.durable === true ? mkdtempSync(join(tmpdir(), 'guatu-pg-')) : scratchFolder('guatu-pg-')
  try {
    const sockets = join(scratch, 's')
    const data = join(scratch, 'data')
    for (const folder of [sockets, data]) mkdirSync(folder, { mode: 0o700 })
    if (account !== undefined) for (const folder of [scratch, sockets, data]) chownSync(folder, account.uid, account.gid)
    chmodSync(scratch, 0o755)
    const bin = runnableFolder(found, account, scratch)
    run(
      join(bin, 'initdb'),
      ['--pgdata', data, '--username', 'postgres', '--auth', 'trust', '--encoding', 'UTF8', '--locale', 'C', '--no-sync'],
      account,
    )
    const settings = { ...(options.durable === true ? {} : quick), ...options.settings }
    return await serve({ bin, data, sockets, scratch, account, settings })
  } catch (error) {
    rmSync(scratch, { recursive: true, force: true })
    throw error
  }
}

interface Place {
  readonly bin: string
  readonly data: string
  readonly sockets: string
  readonly scratch: string
  readonly account: Account | undefined
  readonly settings: Readonly<Record<string, string>>
}

function run(program: string, parameters: readonly string[], account: Account | undefined): void {
  const { status, stderr, error } = spawnSync(program, parameters, { ...account, cwd: '/', encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} failed: ${error?.message ?? stderr}`)
}

async function serve(place: Place): Promise<PostgresServer> {
  const settings = { listen_addresses: '', unix_socket_directories: place.sockets, max_connections: '200', ...place.settings }
  const parameters = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = spawn(join(place.bin, 'postgres'), ['-D', place.data, ...parameters], {
    ...place.account,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
    // A process group of its own: an interrupt at the keyboard is for the test run, which then stops the server in good order.
    detached: true,
  })
  let log = ''
  child.stderr.on('data', (text: Buffer) => {
    log = `${log}${text.toString()}`.slice(-20_000)
  })
  const url = (database: string): string => `postgres://postgres@localhost/${database}?host=${encodeURIComponent(place.sockets)}`
  const version = await untilReady(url('postgres'), child, () => log)
  return {
    version,
    process: child,
    url,
    kill: async () => {
      const ended = once(child, 'exit')
      if (child.pid !== undefined) for (const pid of [child.pid, ...childrenOf(child.pid)]) killProcess(pid)
      await ended
    },
    restart: () => serveAgain(place),
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit')
        // PostgreSQL's fast shutdown: rolls back what is open and ends.
        child.kill('SIGINT')
        await ended
      }
      rmSync(place.scratch, { recursive: true, force: true })
    },
  }
}

/** Killed children hold the shared memory until the system has buried them: a few moments, during which a start is refused. */
async function serveAgain(place: Place): Promise<PostgresServer> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await serve(place)
    } catch (error) {
      if (tries === 50 || !String(error).includes('shared memory block')) throw error
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
}

/** The processes that a process started; PostgreSQL's are each a group of their own. */
function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter((text) => text !== '')
    .map(Number)
}

function killProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended by itself in the meantime.
  }
}

async function untilReady(url: string, child: ChildProcess, log: () => string): Promise<string> {
  const deadline = performance.now() + 60_000
  for (;;) {
    if (child.exitCode !== null) throw new Error(`PostgreSQL ended while starting:\n${log()}`)
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      const { rows } = await client.query<{ server_version: string }>('show server_version')
      return rows[0]?.server_version ?? ''
    } catch (error) {
      if (performance.now() > deadline) throw new Error(`PostgreSQL did not answer:\n${log()}`, { cause: error })
      await new Promise((resolve) => setTimeout(resolve, 30))
    } finally {
      await client.end().catch(() => undefined)
    }
  }
}
