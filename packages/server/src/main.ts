import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { registry } from '@guatu/domains'
import { CITY_ZONE, clockFrom, type SteppingClock, systemClock } from '@guatu/kernel'
import type { FastifyInstance } from 'fastify'
import { type Accounts, openAccounts } from './accounts/accounts.ts'
import { createAuth, migrateAuth, type OidcOptions } from './accounts/auth.ts'
import { ACCOUNT_PARAMETERS } from './accounts/parameters.ts'
import { dailyFreezer } from './documents/daily/freeze.ts'
import { FIELD_PARAMETERS } from './field/parameters.ts'
import { createHttp } from './http/server.ts'
import { watchClock } from './jobs/clock-watch.ts'
import { openAttachments } from './store/attachments/attachments.ts'
import { clearLeftovers } from './store/attachments/leftovers.ts'
import { readMasterKey } from './store/identity/master-key.ts'
import { migrations } from './store/migrations/index.ts'
import { withParameters } from './store/settings/shipped.ts'
import { openStore, type Store } from './store/store.ts'

export interface ServerOptions {
  /** Folder of everything that is kept: database, attachments, secret. */
  readonly data: string
  readonly port: number
  readonly host?: string
  /** Address under which people reach it, when that is not this machine's. */
  readonly baseUrl?: string
  /** PostgreSQL instead of the embedded database. */
  readonly database?: string
  /** City day to begin at instead of the real one, for demonstrations and exercises. */
  readonly today?: string
  readonly zone?: string
  /** The master key of identity, when it is not in the data folder: the key itself, or a file that holds it. */
  readonly identityKey?: string
  readonly identityKeyFile?: string
  readonly web?: string
  /** Folder of the built field app. */
  readonly field?: string
  readonly oidc?: OidcOptions
  readonly log?: (line: Readonly<Record<string, unknown>>) => void
}

export interface Server {
  readonly store: Store
  readonly accounts: Accounts
  readonly app: FastifyInstance
  readonly url: string
  close(): Promise<void>
}

/** Address that only this machine reaches. */
const HERE = '127.0.0.1'

/** A clock that stands at 09:00 of the asked city day and runs on from there. */
const clockAt = (today: string, zone: string): SteppingClock =>
  clockFrom(Temporal.PlainDate.from(today).toZonedDateTime({ timeZone: zone, plainTime: '09:00' }).toInstant(), zone)

/** Puts the clock to the last act of its day, where that is later: whoever starts again on the same day finds nothing in the future. */
async function goOn(store: Store, clock: SteppingClock): Promise<void> {
  const next = clock.now().toZonedDateTimeISO(clock.zone).startOfDay().add({ days: 1 }).toInstant().toString()
  const [row] = await store.db.query<{ last: Date | string | null }>('select max(recorded_at) as last from events where recorded_at < $1', [
    next,
  ])
  if (row?.last) clock.notBefore(Temporal.Instant.fromEpochMilliseconds(new Date(row.last).getTime()))
}

/** The secret that signs sessions: made once, readable by the owner alone. */
function secretOf(data: string): string {
  const path = join(data, 'secret')
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString('hex'), { mode: 0o600 })
  return readFileSync(path, 'utf8').trim()
}

const toStdout = (line: Readonly<Record<string, unknown>>) =>
  process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`)

/** Opens the store of a data folder without serving it: what the command line works on. */
export async function openDataFolder(
  options: Pick<ServerOptions, 'data' | 'database' | 'today' | 'zone' | 'identityKey' | 'identityKeyFile' | 'log'>,
): Promise<Store> {
  const data = resolve(options.data)
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const log = options.log ?? toStdout
  const { identityKey: key, identityKeyFile: file } = options
  const zone = options.zone ?? CITY_ZONE
  const stepping = options.today === undefined ? undefined : clockAt(options.today, zone)
  const master = readMasterKey({ data, ...(key === undefined ? {} : { key }), ...(file === undefined ? {} : { file }) })
  const store = await openStore({
    identityKey: master.bytes,
    target: options.database === undefined ? { dir: join(data, 'database') } : { url: options.database },
    registry: withParameters(registry, { ...ACCOUNT_PARAMETERS, ...FIELD_PARAMETERS }),
    clock: stepping ?? systemClock(zone),
    migrations,
    attachments: openAttachments({ dir: join(data, 'attachments') }),
    onError: (reference, error) =>
      log({ level: 'error', reference, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    onRenewed: ({ events, tallies, seconds }) => log({ level: 'info', job: 'books renewed', events, lines: tallies, seconds }),
  })
  master.keep()
  if (stepping) await goOn(store, stepping)
  return store
}

/** Accounts over an open store. */
export async function openAccountsOf(store: Store, options: Pick<ServerOptions, 'data' | 'baseUrl' | 'port' | 'oidc'>): Promise<Accounts> {
  const auth = createAuth({
    kysely: store.db.kysely,
    secret: secretOf(resolve(options.data)),
    baseUrl: options.baseUrl ?? `http://localhost:${options.port}`,
    ...(options.oidc ? { oidc: options.oidc } : {}),
  })
  await migrateAuth(auth)
  return openAccounts(store, auth)
}

/** @throws what listening there throws, such as EADDRINUSE */
async function tryPort({ port, host = HERE }: Pick<ServerOptions, 'port' | 'host'>): Promise<void> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen({ port, host }, resolve))
  await new Promise((resolve) => probe.close(resolve))
}

/** Opens everything and listens. */
export async function startServer(options: ServerOptions, prepare?: (store: Store, accounts: Accounts) => Promise<void>): Promise<Server> {
  const log = options.log ?? toStdout
  // Before a city is loaded for minutes: nobody waits for that to read that the port is taken.
  await tryPort(options)
  const store = await openDataFolder(options)
  try {
    await clearLeftovers(resolve(options.data), options.database === undefined)
    const accounts = await openAccountsOf(store, options)
    await prepare?.(store, accounts)
    const app = await createHttp({
      store,
      accounts,
      log,
      data: resolve(options.data),
      ...(options.web === undefined ? {} : { web: options.web }),
      ...(options.field === undefined ? {} : { field: options.field }),
    })
    await app.listen({ port: options.port, host: options.host ?? HERE })
    const watch = watchClock(store, log, undefined, [{ name: 'daily report', run: dailyFreezer(store) }])
    // Missed days are caught up while the first people sign in; what changes reaches them live.
    void watch.look()
    const address = app.server.address()
    const port = typeof address === 'object' && address ? address.port : options.port
    return {
      store,
      accounts,
      app,
      url: options.baseUrl ?? `http://localhost:${port}`,
      close: async () => {
        await watch.stop()
        await app.close()
        await store.close()
      },
    }
  } catch (error) {
    await store.close()
    throw error
  }
}
