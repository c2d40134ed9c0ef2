import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { openDatabase } from '../../../packages/server/src/store/database/index.ts'

/** What a test file may ask the test run for: the URL of the shared PostgreSQL server, or the folder to start embedded databases from. */
export type Service = 'postgres' | 'template'

type Answer = { readonly value: string } | { readonly error: string }

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Serves the shared things of one test run to its test files, each started on first demand. */
export class TestServices {
  readonly #folder = mkdtempSync(join(tmpdir(), 'guatu-test-'))
  readonly #server: Server
  readonly #started = new Map<Service, Promise<string>>()
  #supervisor: ChildProcess | undefined

  constructor() {
    this.#server = createServer((socket) => {
      createInterface({ input: socket }).once('line', async (line) => {
        const answer: Answer = await this.#get(line === 'postgres' ? 'postgres' : 'template').then(
          (value) => ({ value }),
          (error: unknown) => ({ error: String(error) }),
        )
        socket.end(`${JSON.stringify(answer)}\n`)
      })
      socket.on('error', () => undefined)
    })
  }

  /** The path under which test files reach this. */
  get address(): string {
    return join(this.#folder, 'services')
  }

  async listen(): Promise<void> {
    this.#server.listen(this.address)
    await once(this.#server, 'listening')
  }

  /** Stops what was started; nothing of it is left behind. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#started.values())
    const supervisor = this.#supervisor
    if (supervisor !== undefined && supervisor.exitCode === null) {
      const ended = once(supervisor, 'exit')
      supervisor.stdin?.end()
      await ended
    }
    this.#server.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #get(service: Service): Promise<string> {
    const known = this.#started.get(service)
    if (known !== undefined) return known
    const starting = service === 'postgres' ? this.#startPostgres() : makeTemplate()
    this.#started.set(service, starting)
    return starting
  }

  async #startPostgres(): Promise<string> {
    const program = fileURLToPath(new URL('./postgres-supervisor.ts', import.meta.url))
    const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] })
    this.#supervisor = child
    const line = await Promise.race([
      once(createInterface({ input: child.stdout }), 'line').then(([text]: string[]) => text),
      once(child, 'exit').then(() => undefined),
    ])
    if (line === undefined) throw new Error('PostgreSQL for the tests did not start; its message stands above')
    const { url }: { url: string } = JSON.parse(line)
    return url
  }
}

/** An empty embedded database, made once per PGlite version and kept with the installed packages: tests copy it instead of making their own. */
async function makeTemplate(): Promise<string> {
  const manifest = join(dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite')), '..', 'package.json')
  const { version }: { version: string } = JSON.parse(readFileSync(manifest, 'utf8'))
  const place = join(root, 'node_modules', '.cache', 'guatu', `pglite-${version}`)
  if (existsSync(place)) return place
  mkdirSync(dirname(place), { recursive: true })
  const draft = mkdtempSync(join(dirname(place), 'draft-'))
  try {
    const database = await openDatabase({ dir: draft })
    await database.close()
    renameSync(join(draft, 'database'), place)
  } catch (error) {
    // Another run may have been quicker.
    if (!existsSync(place)) throw error
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
  return place
}

/** Asks the test run at `address` for a service. */
export async function ask(address: string, service: Service): Promise<string> {
  const socket = connect(address)
  socket.write(`${service}\n`)
  const [line]: string[] = await once(createInterface({ input: socket }), 'line')
  const answer: Answer = JSON.parse(line ?? '{"error":"no answer"}')
  if ('error' in answer) throw new Error(answer.error)
  return answer.value
}
