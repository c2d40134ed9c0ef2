import { randomUUID } from 'node:crypto'
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, inject, onTestFinished } from 'vitest'
import { type Database, type DatabaseOptions, type Engine, openDatabase } from '../../../packages/server/src/store/database/index.ts'
import { onceInRun } from './once.ts'
import { scratchFolder } from './postgres-server.ts'
import { ask } from './test-services.ts'

/** A database that exists for one test: where it is, and how to open it. */
export interface Place {
  readonly engine: Engine
  readonly target: { readonly dir: string } | { readonly url: string }
  /** Opens it, as often as wanted one after the other; it is closed when the test ends. */
  open<Tables>(options?: DatabaseOptions): Promise<Database<Tables>>
}

/** What a database starts with: made once in a run and copied for every test that starts from it. */
export interface Prepared {
  /** Another one for other content: lower-case letters and digits. */
  readonly key: string
  make(database: Database<unknown>): Promise<void>
}

/** One of the two real engines, inside {@link onBothEngines}. */
export interface TestEngine {
  readonly engine: Engine
  /** Inside a test: a new database, opened, empty or prepared; closed and removed when the test ends. */
  open<Tables>(options?: DatabaseOptions, prepared?: Prepared): Promise<Database<Tables>>
  /** Inside a test: a new place for a database, empty or prepared, for tests that open it themselves or more than once. */
  place(prepared?: Prepared): Promise<Place>
  /**
   * Outside tests, in the body of a description: one database for all its tests, made before the first, removed after the last; `start` is what it
   * starts from, or what is done to it before. Gives the function that tests call to get it. For tests that only read, or that keep out of each other's rows.
   */
  shared<Tables>(start?: Prepared | ((database: Database<Tables>) => Promise<void>)): () => Database<Tables>
}

/** Registers what is to be done when the database is no longer needed; the last registered comes first. */
type AtEnd = (cleanUp: () => void | Promise<void>) => void

/**
 * Describes the same tests for the embedded database and for a real PostgreSQL server. Every `open()` or `place()` is a database of its own, so tests
 * and test files can run side by side.
 */
export function onBothEngines(name: string, tests: (engine: TestEngine) => void): void {
  describe.each(['pglite', 'postgres'] as const)(`${name} on %s`, (engine) => {
    tests(testEngine(engine))
  })
}

/** The same for the server alone: long stories, whose questions of the database the tests of the store ask both. */
export function onServer(name: string, tests: (engine: TestEngine) => void): void {
  describe(`${name} on postgres`, () => {
    tests(testEngine('postgres'))
  })
}

/** One engine alone, for tests that need both at once or only one of them. */
export function testEngine(engine: Engine): TestEngine {
  const placeFor = engine === 'pglite' ? folderPlace : serverPlace
  const place = (prepared?: Prepared): Promise<Place> => placeFor((cleanUp) => onTestFinished(cleanUp), prepared)
  return {
    engine,
    place,
    open: async <Tables>(options?: DatabaseOptions, prepared?: Prepared) => {
      const made = await place(prepared)
      return made.open<Tables>(options)
    },
    shared: <Tables>(start?: Prepared | ((database: Database<Tables>) => Promise<void>)) => {
      const cleanUps: (() => void | Promise<void>)[] = []
      let database: Database<Tables> | undefined
      beforeAll(async () => {
        const made = await placeFor((cleanUp) => cleanUps.unshift(cleanUp), typeof start === 'object' ? start : undefined)
        database = await made.open<Tables>()
        if (typeof start === 'function') await start(database)
      })
      afterAll(async () => {
        for (const cleanUp of cleanUps) await cleanUp()
      })
      return () => {
        if (database === undefined) throw new Error('the shared database is there inside tests only')
        return database
      }
    },
  }
}

async function service(name: 'postgres' | 'template'): Promise<string> {
  const address: string | undefined = inject('databaseServices')
  if (address === undefined) throw new Error('register testing/src/databases/global-setup.ts as globalSetup in vitest.config.ts')
  return ask(address, name)
}

async function folderPlace(atEnd: AtEnd, prepared?: Prepared): Promise<Place> {
  const scratch = scratchFolder('guatu-db-')
  atEnd(() => rmSync(scratch, { recursive: true, force: true }))
  const dir = join(scratch, 'data')
  await layDatabase(dir, prepared)
  return placeAt('pglite', { dir }, atEnd)
}

const preparedFolder = (prepared: Prepared): Promise<string> =>
  onceInRun(`prepared-${prepared.key}`, async (dir) => {
    await layDatabase(dir)
    await made({ dir }, prepared)
  })

async function made(target: Place['target'], prepared: Prepared): Promise<void> {
  const database = await openDatabase<unknown>(target)
  try {
    await prepared.make(database)
  } finally {
    await database.close()
  }
}

/** Lays an embedded database, empty or prepared, into a data folder that is not there yet, whoever then opens it: making one takes seconds, copying one does not. */
export async function layDatabase(dir: string, prepared?: Prepared): Promise<void> {
  const from = prepared ? join(await preparedFolder(prepared), 'database') : await service('template')
  cpSync(from, join(dir, 'database'), { recursive: true })
}

async function serverPlace(atEnd: AtEnd, prepared?: Prepared): Promise<Place> {
  const admin = await service('postgres')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await administer(admin, `create database ${name}${prepared ? ` template ${await preparedName(admin, prepared)}` : ''}`)
  atEnd(() => administer(admin, `drop database ${name} with (force)`))
  return placeAt('postgres', { url: databaseAt(admin, name) }, atEnd)
}

async function preparedName(admin: string, prepared: Prepared): Promise<string> {
  const name = `prepared_${prepared.key}`
  await onceInRun(`postgres-${name}`, async () => {
    await administer(admin, `create database ${name}`)
    await made({ url: databaseAt(admin, name) }, prepared)
  })
  return name
}

function databaseAt(admin: string, name: string): string {
  const url = new URL(admin)
  url.pathname = `/${name}`
  return url.href
}

function placeAt(engine: Engine, target: Place['target'], atEnd: AtEnd): Place {
  return {
    engine,
    target,
    open: async <Tables>(options: DatabaseOptions = {}) => {
      const database = await openDatabase<Tables>(target, options)
      atEnd(() => database.close())
      return database
    },
  }
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
