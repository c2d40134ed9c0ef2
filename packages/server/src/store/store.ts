import { randomUUID } from 'node:crypto'
import type { Actor, Clock, Registry } from '@guatu/kernel'
import { type AreaStore, openAreas } from './areas/area-store.ts'
import type { Attachments } from './attachments/attachments.ts'
import { type Database, type DatabaseOptions, type DatabaseTarget, openDatabase, readingBy } from './database/index.ts'
import { Desk } from './desk/desk.ts'
import type { Look } from './desk/desk-store.ts'
import { type GeoFacts, readGeo } from './geo/geo.ts'
import { renewHashes } from './identity/hash-anew.ts'
import { sameMasterKey } from './identity/master-key.ts'
import { type Elsewhere, openElsewhere } from './log/elsewhere.ts'
import { OwnWriting } from './log/own-writing.ts'
import type { Runner } from './log/statements.ts'
import { createWriter, type Writer } from './log/writer.ts'
import { type Migration, migrate } from './migrate/index.ts'
import { type RebuildOptions, type RebuildReport, rebuild } from './rebuild/rebuild.ts'
import { renewBooks } from './rebuild/renew-books.ts'
import { openSettings, type SettingsStore } from './settings/settings.ts'

/** Everything that is kept: one database, its log, its books, its areas and parameters. */
export interface Store {
  readonly db: Database<unknown>
  readonly registry: Registry
  readonly clock: Clock
  readonly writer: Writer
  readonly areas: AreaStore
  readonly settings: SettingsStore
  /** What other processes do; undefined for a database that has one process only. */
  readonly elsewhere: Elsewhere | undefined
  readonly attachments: Attachments | undefined
  /** The store as one person may use it. */
  as(actor: Actor): Desk
  /**
   * Runs `work` on the store as it was at a moment: all that was recorded up to then is in it, and nothing that is recorded later. What `as` and `db`
   * read there is of that moment; nothing is written, and the embedded database does nothing else meanwhile.
   */
  asOf<T>(work: (then: Store, moment: Temporal.Instant) => Promise<T>): Promise<T>
  /** Writes down who looked at personal data, and why. @throws StoreProblem `disk-full`: what was not noted is not shown */
  noteLook(look: Look): Promise<void>
  geo(): Promise<GeoFacts>
  rebuild(options: RebuildOptions): Promise<RebuildReport>
  close(): Promise<void>
}

export interface StoreOptions {
  readonly target: DatabaseTarget
  readonly registry: Registry
  readonly clock: Clock
  readonly migrations: readonly Migration[]
  readonly attachments?: Attachments
  readonly database?: DatabaseOptions
  /** The master key of identity at rest; see `DatabaseOptions.identityKey`. */
  readonly identityKey?: Uint8Array
  readonly onError?: (reference: string, error: unknown) => void
  /** Called when opening had to make books and states anew, because this program counts otherwise than the one before, or seals more. */
  readonly onRenewed?: (report: RebuildReport) => void
}

/** Opens the store, bringing its schema up to date first. Throws a StoreProblem that says what to do. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { registry, clock } = options
  const db = await openDatabase<unknown>(options.target, {
    ...options.database,
    ...(options.identityKey ? { identityKey: options.identityKey } : {}),
  })
  try {
    await migrate(db, options.migrations)
    await sameMasterKey(db, options.identityKey !== undefined)
    await renewHashes(db, registry)
    const areas = await openAreas(db, registry, clock)
    const renewed = await renewBooks(db, registry, areas.index)
    if (renewed) options.onRenewed?.(renewed)
    const settings = await openSettings(db, registry, clock)
    const newest = async (run: Runner) => {
      await areas.newest(run)
      await settings.newest(run)
    }
    const own = db.engine === 'postgres' ? new OwnWriting() : undefined
    const writer = createWriter(
      db,
      {
        registry,
        clock,
        areas: () => areas.index,
        newest,
        parameters: (day, path) => settings.at(day, path),
        ...(own ? { own } : {}),
        ...(options.attachments ? { files: options.attachments.kept } : {}),
      },
      options.onError ?? (() => undefined),
    )
    const store: Store = {
      db,
      registry,
      clock,
      writer,
      areas,
      settings,
      elsewhere: own && openElsewhere(db, registry, own, newest),
      attachments: options.attachments,
      as: (actor) => new Desk(store, actor),
      asOf: (work) =>
        writer.asOf((session, moment) => {
          const then: Store = { ...store, db: readingBy(db, session), as: (actor) => new Desk(then, actor) }
          return work(then, moment)
        }),
      noteLook: async (look) => {
        await db.query(
          `insert into looks (id, at, actor, what, record, record_id, purpose, rows) values ($1, $2, $3, $4, $5, $6, $7, $8)
           on conflict (id) do update set rows = excluded.rows`,
          [
            look.id ?? randomUUID(),
            clock.now().toString(),
            look.actor,
            look.what,
            look.record ?? null,
            look.recordId ?? null,
            look.purpose ?? null,
            look.rows ?? null,
          ],
        )
      },
      geo: () => readGeo(db),
      rebuild: async (how) => {
        await areas.newest(db)
        return how.check ? rebuild(db, registry, areas.index, how) : writer.exclusively(() => rebuild(db, registry, areas.index, how))
      },
      close: async () => {
        await writer.close()
        await db.close()
      },
    }
    return store
  } catch (error) {
    await db.close()
    throw error
  }
}
