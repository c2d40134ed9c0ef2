import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Engine } from '../../../packages/server/src/store/database/index.ts'
import { type PostgresServer, startPostgres } from './postgres-server.ts'

/**
 * Two commands under test. Both find the database in the environment variable GUATU_DATABASE: a data folder, or a postgres:// URL; a folder for files in GUATU_FILES.
 * - `writer` writes until it is killed. It prints `ready` when the database is open, and `ack ID` for everything it has been confirmed. GUATU_ROUND is a number
 *   that no earlier writer had.
 * - `verifier` reads `ack`nowledged IDs from its input, one on a line, and exits with 0 when all are there and the database is sound; else it prints why not.
 *   It has the GUATU_ROUND of the writer before it; what it prints is kept in the report.
 */
export interface Commands {
  readonly writer: readonly string[]
  readonly verifier: readonly string[]
}

export interface KillNineOptions extends Commands {
  readonly engine: Engine
  readonly rounds: number
  /** The same seed kills after the same delays. */
  readonly seed: string
  /** Milliseconds of work within which the kill comes; 300 unless told. */
  readonly within?: number
  readonly onRound?: (report: RoundReport) => void
  /** Lays an empty embedded database into the data folder, which saves the first writer making one. */
  readonly lay?: (dir: string) => Promise<void>
}

/** What one round did: who was killed when, and how much had been acknowledged by then. */
export interface RoundReport {
  readonly round: number
  readonly killed: 'writer' | 'writer and server'
  readonly afterMilliseconds: number
  readonly opened: boolean
  readonly acknowledged: number
  /** What the verifier said of it. */
  readonly verified: string
}

export interface KillNineReport {
  readonly rounds: readonly RoundReport[]
  readonly acknowledged: number
}

/** Kills the writer (embedded: and so the database; PostgreSQL: every other time also the whole server) at random moments and verifies after each kill. */
export async function killNine(options: KillNineOptions): Promise<KillNineReport> {
  const { engine, rounds: wanted, seed } = options
  const folder = mkdtempSync(join(tmpdir(), 'guatu-kill-'))
  let server: PostgresServer | undefined
  const files = join(folder, 'files')
  const acknowledged: string[] = []
  const rounds: RoundReport[] = []
  try {
    if (engine === 'postgres') server = await startPostgres({ durable: true })
    const target = server?.url('postgres') ?? join(folder, 'data')
    if (server === undefined) await options.lay?.(target)
    for (let round = 1; round <= wanted; round += 1) {
      const withServer = server !== undefined && round % 2 === 0
      const written = await writeUntilKilled(options, target, files, round, chance(seed, round), async (child) => {
        if (withServer) await server?.kill()
        child.kill('SIGKILL')
      })
      if (withServer) server = await server?.restart()
      acknowledged.push(...written.ids)
      const verified = await verify(options, target, files, round, acknowledged)
      const { opened, afterMilliseconds, ids } = written
      const report: RoundReport = {
        round,
        killed: withServer ? 'writer and server' : 'writer',
        afterMilliseconds,
        opened,
        acknowledged: ids.length,
        verified,
      }
      rounds.push(report)
      options.onRound?.(report)
    }
    return { rounds, acknowledged: acknowledged.length }
  } finally {
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Two numbers in [0, 1) that depend on the seed and the round alone. */
function chance(seed: string, round: number): readonly [number, number] {
  const bytes = createHash('sha256').update(`${seed}/${round}`).digest()
  return [bytes.readUInt32BE(0) / 2 ** 32, bytes.readUInt32BE(4) / 2 ** 32]
}

interface Written {
  readonly ids: readonly string[]
  readonly opened: boolean
  readonly afterMilliseconds: number
}

async function writeUntilKilled(
  { writer, within = 300 }: Commands & Pick<KillNineOptions, 'within'>,
  target: string,
  files: string,
  round: number,
  [kind, delay]: readonly [number, number],
  kill: (child: ChildProcess) => Promise<void>,
): Promise<Written> {
  const child = start(writer, target, { GUATU_ROUND: String(round), GUATU_FILES: files })
  let text = ''
  // A slow machine may need long for its first act: a kill before it would try nothing.
  const atWork = new Promise<void>((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.startsWith('ready') && text.includes('\nack ')) resolve()
    })
  })
  let complaints = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints = `${complaints}${chunk.toString()}`.slice(-4000)
  })
  const ended = once(child, 'close').then(([code]) => code as number | null)
  const early = ended.then((code) => {
    throw new Error(`the writer ended by itself with ${code}: ${complaints}`)
  })
  early.catch(() => undefined)
  const begun = performance.now()
  // One kill in five falls into the opening, and so into the recovery from the kill before.
  if (kind < 0.2) await Promise.race([pause(delay * 1000), early])
  else {
    await Promise.race([atWork, early])
    await Promise.race([pause(delay * within), early])
  }
  const afterMilliseconds = Math.round(performance.now() - begun)
  await kill(child)
  await ended
  // A last line without its end was not said in full.
  const ids = text
    .split('\n')
    .slice(0, -1)
    .filter((line) => line.startsWith('ack '))
    .map((line) => line.slice('ack '.length))
  return { ids, opened: text.startsWith('ready'), afterMilliseconds }
}

async function verify(
  { verifier }: Commands,
  target: string,
  files: string,
  round: number,
  acknowledged: readonly string[],
): Promise<string> {
  const child = start(verifier, target, { GUATU_ROUND: String(round), GUATU_FILES: files })
  let said = ''
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  child.stdin?.on('error', () => undefined)
  child.stdin?.end(acknowledged.map((id) => `${id}\n`).join(''))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`after a kill the database is not what was acknowledged: ${said}`)
  return said.trim()
}

function start(command: readonly string[], target: string, more: Readonly<Record<string, string>>): ChildProcess {
  const [program, ...parameters] = command
  if (program === undefined) throw new TypeError('an empty command')
  return spawn(program, parameters, { stdio: 'pipe', env: { ...process.env, ...more, GUATU_DATABASE: target } })
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))
