import { createHash } from 'node:crypto'
import type { Database, Session } from '../database/index.ts'
import { StoreProblem } from '../database/index.ts'

/**
 * One step of the schema, written once and never changed after a release: either SQL, or a function whose `revision` stands for its content (change it with
 * the function). Names order the steps: `0001-events`, `0002-…`.
 */
export type Migration = { readonly name: string } & (
  | { readonly sql: string }
  | { readonly revision: string; readonly up: (session: MigrationSession) => Promise<void> }
)

/** A step speaks plain SQL: it may touch tables that the program's own types do not know any more. */
export type MigrationSession = Pick<Session<unknown>, 'query'>

/** What a run of {@link migrate} did. */
export interface MigrationReport {
  /** Names of the steps applied now, in order. */
  readonly applied: readonly string[]
  /** How many had been applied before. */
  readonly before: number
}

interface AppliedStep {
  readonly name: string
  readonly checksum: string
}

const table = `create table if not exists schema_migration (
  name text primary key,
  checksum text not null,
  applied_at timestamptz not null default clock_timestamp()
)`

/** Held inside each step's transaction, so that two programs that start together take turns; any number will do if it never changes. */
const turnKey = 7_206_410_213

const nameForm = /^\d{4}-[a-z0-9]+(-[a-z0-9]+)*$/

/**
 * Brings the schema to the newest step of `migrations`: forward only, in the order of the names, each step and its entry in `schema_migration` in one
 * transaction. Safe to call from several programs at once.
 *
 * Refuses with a StoreProblem before doing anything: `database-newer` (the database has steps that this program does not know), `migration-changed` (a step
 * applied earlier has another content now), `migrations-misordered` (a new step stands before an applied one, or names are not ascending).
 * A failing step is rolled back whole and reported as `migration-failed`; the steps before it stay.
 */
export async function migrate<Tables>(database: Database<Tables>, migrations: readonly Migration[]): Promise<MigrationReport> {
  refuseBadNames(migrations)
  const before = await database.transaction(async (session) => {
    await takeTurn(session)
    await session.query(table)
    return pendingFrom(migrations, await appliedSteps(session))
  })
  const applied: string[] = []
  for (const migration of migrations.slice(before)) {
    if (await applyStep(database, migrations, migration)) applied.push(migration.name)
  }
  database.rowTypes.forget()
  return { applied, before: migrations.length - applied.length }
}

/** Names of the steps that {@link migrate} would apply; changes nothing. Refuses like it. */
export async function pendingMigrations<Tables>(database: Database<Tables>, migrations: readonly Migration[]): Promise<string[]> {
  refuseBadNames(migrations)
  return database.snapshot(async (session) => {
    const [found] = await session.query<{ there: boolean }>(`select to_regclass('schema_migration') is not null as there`)
    const applied = found?.there === true ? await appliedSteps(session) : []
    return migrations.slice(pendingFrom(migrations, applied)).map(({ name }) => name)
  })
}

const takeTurn = <Tables>(session: Session<Tables>): Promise<unknown> => session.query('select pg_advisory_xact_lock($1)', [turnKey])

const appliedSteps = <Tables>(session: Session<Tables>): Promise<AppliedStep[]> =>
  session.query<AppliedStep>('select name, checksum from schema_migration order by name collate "C"')

async function applyStep<Tables>(database: Database<Tables>, migrations: readonly Migration[], migration: Migration): Promise<boolean> {
  return database.transaction(async (session) => {
    await takeTurn(session)
    // Another program may have applied it while this one waited for its turn.
    const applied = await appliedSteps(session)
    pendingFrom(migrations, applied)
    if (applied.some(({ name }) => name === migration.name)) return false
    try {
      if ('sql' in migration) await session.query(migration.sql)
      else await migration.up(session)
    } catch (error) {
      throw failed(migration.name, error)
    }
    await session.query('insert into schema_migration (name, checksum) values ($1, $2)', [migration.name, checksum(migration)])
    return true
  })
}

/** The fingerprint of a step's content. */
export function checksum(migration: Migration): string {
  const content = 'sql' in migration ? `sql:${migration.sql}` : `revision:${migration.revision}`
  return createHash('sha256').update(content).digest('hex')
}

function refuseBadNames(migrations: readonly Migration[]): void {
  let last = ''
  for (const { name } of migrations) {
    if (!nameForm.test(name) || name <= last) throw misordered(name)
    last = name
  }
}

/** How many of the steps are applied; refuses what does not fit together. */
function pendingFrom(migrations: readonly Migration[], applied: readonly AppliedStep[]): number {
  const known = new Set(migrations.map(({ name }) => name))
  const foreign = applied.find(({ name }) => !known.has(name))
  if (foreign !== undefined) throw newer(foreign.name)
  for (const [position, step] of applied.entries()) {
    const migration = migrations[position]
    if (migration === undefined || migration.name !== step.name) throw misordered(migration?.name ?? step.name)
    if (checksum(migration) !== step.checksum) throw changed(step.name)
  }
  return applied.length
}

const newer = (name: string): StoreProblem =>
  new StoreProblem('database-newer', {
    zh: `数据库由更新版本的程序升级过（含 ${name}）。请使用该版本或更新版本的程序；未做任何改动。`,
    en: `The database was upgraded by a newer program (it has ${name}). Use that version or a later one; nothing was changed.`,
  })

const changed = (name: string): StoreProblem =>
  new StoreProblem('migration-changed', {
    zh: `已执行的升级步骤 ${name} 的内容被改动。请恢复原内容，并把修改写成新的步骤；未做任何改动。`,
    en: `The step ${name} has been applied and its content differs now. Restore it and write the change as a new step; nothing was changed.`,
  })

const misordered = (name: string): StoreProblem =>
  new StoreProblem('migrations-misordered', {
    zh: `升级步骤 ${name} 的名称或顺序不对。名称形如 0001-events，必须递增，新步骤只能排在最后；未做任何改动。`,
    en: `The step ${name} is misnamed or out of order. Names look like 0001-events and ascend; new steps come last. Nothing was changed.`,
  })

const failed = (name: string, cause: unknown): StoreProblem =>
  new StoreProblem(
    'migration-failed',
    {
      zh: `升级步骤 ${name} 失败，已整体撤销（原因：${reason(cause)}）。请保留数据，把此信息报告给维护人员。`,
      en: `The step ${name} failed and was undone (${reason(cause)}). Keep the data and report this message to the maintainers.`,
    },
    cause,
  )

const reason = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))
