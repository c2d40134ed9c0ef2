import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { CITY_ZONE, clockFrom, type SteppingClock, systemClock } from '@guatu/kernel'
import type { Log } from './city-store.ts'
import { openEmbedded } from './store/database/embedded/embedded.ts'
import { readMasterKey } from './store/identity/master-key.ts'
import type { Store } from './store/store.ts'

export interface DataFolderOptions {
  /** Folder of everything that is kept: database, attachments, secret. */
  readonly data: string
  /** PostgreSQL instead of the embedded database. */
  readonly database?: string
  /** City day to begin at instead of the real one, for demonstrations and exercises. */
  readonly today?: string
  readonly zone?: string
  /** The master key of identity, when it is not in the data folder: the key itself, or a file that holds it. */
  readonly identityKey?: string
  readonly identityKeyFile?: string
  readonly log?: Log
}

export const toStdout: Log = (line) => process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`)

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

/** One by one: asked for all of a path at once, Node tries for ever where a folder that is there takes none (`/proc`). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!existsSync(folder)) throw error
  }
}

/** Opens the store of a data folder without serving it: what the command line works on. */
export async function openDataFolder(options: DataFolderOptions): Promise<Store> {
  const data = resolve(options.data)
  makeFolder(data)
  const log = options.log ?? toStdout
  const { identityKey: key, identityKeyFile: file } = options
  const zone = options.zone ?? CITY_ZONE
  const stepping = options.today === undefined ? undefined : clockAt(options.today, zone)
  const master = readMasterKey({ data, ...(key === undefined ? {} : { key }), ...(file === undefined ? {} : { file }) })
  // What stands on the database is read while the embedded one opens in its thread (decision 0050).
  const [target, { openCityStore }] = await Promise.all([
    options.database === undefined ? openEmbedded({ folder: join(data, 'database') }) : { url: options.database },
    import('./city-store.ts'),
  ])
  const store = await openCityStore({
    target,
    clock: stepping ?? systemClock(zone),
    identityKey: master.bytes,
    attachments: join(data, 'attachments'),
    log,
  })
  master.keep()
  if (stepping) await goOn(store, stepping)
  return store
}
