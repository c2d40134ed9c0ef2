import { createHmac, randomUUID } from 'node:crypto'
import type { Problem } from '@guatu/kernel'
import { diskFull, isDiskFull } from '../store/database/problem.ts'
import type { Store } from '../store/store.ts'
import { accountRules } from './parameters.ts'
import { locked, minutesOf } from './problems.ts'

export interface Attempt {
  /** Set when the password must not even be tried. */
  readonly refused?: Problem
  /** This attempt is the last before the lock: failing it locks. */
  readonly last: boolean
}

export interface Lockout {
  /** Counts an attempt before it is made, so that parallel guesses cannot outrun the count. */
  begin(name: string): Promise<Attempt>
  /** The attempt was right, or an administrator unlocks: the count begins anew. */
  clear(name: string): Promise<void>
  /** Which of these account names are locked now. */
  among(names: readonly string[]): Promise<ReadonlySet<string>>
}

interface Count {
  readonly failures: number
  /** Milliseconds of the city's clock. */
  readonly lastAt: number
}

interface Row {
  readonly key: string
  readonly failures: number
  readonly lastAt: Date
}

/** Names whose count a full disk keeps in memory at most; beyond, it refuses sign-in. */
const MOST_NAMES = 50_000

/**
 * The lock after wrong passwords. It is kept in the database: a restart does not forget. While the disk is full the counts go on in the
 * memory of this process, over what the database says, and are written when there is room.
 */
export function openLockout(store: Store, secret: string): Lockout {
  const keyOf = (name: string) => createHmac('sha256', secret).update(`sign-in ${name.toLowerCase()}`).digest('hex')
  const inMemory = new Map<string, Count>()
  let settling: Promise<void> | undefined
  const windowMs = () => accountRules(store).lockMinutes * 60_000
  const now = () => store.clock.now().epochMilliseconds
  const iso = (ms: number) => new Date(ms).toISOString()

  const write = async (key: string, { failures, lastAt }: Count) => {
    if (failures === 0) await store.db.query('delete from "signInFailure" where key = $1', [key])
    else
      await store.db.query(
        `insert into "signInFailure" (id, key, failures, "lastAt") values ($1, $2, $3, $4)
         on conflict (key) do update set failures = $3, "lastAt" = $4`,
        [randomUUID(), key, failures, iso(lastAt)],
      )
  }
  const writeAll = async () => {
    for (const [key, count] of inMemory) {
      await write(key, count)
      if (inMemory.get(key) === count) inMemory.delete(key)
    }
  }
  // One writes, the others wait for it: a count written twice would take back what was counted in between.
  const settle = async () => {
    if (inMemory.size === 0) return
    settling ??= writeAll().finally(() => {
      settling = undefined
    })
    await settling
  }
  const stored = async (key: string): Promise<Count | undefined> => {
    const [row] = await store.db.query<Row>('select key, failures, "lastAt" from "signInFailure" where key = $1', [key])
    return row && { failures: Number(row.failures), lastAt: row.lastAt.getTime() }
  }
  const keep = (key: string, count: Count) => {
    if (!inMemory.has(key) && inMemory.size >= MOST_NAMES) throw diskFull()
    inMemory.set(key, count)
    return count
  }
  /** One more attempt, counted in the database. */
  const count = async (key: string): Promise<Count> => {
    await settle()
    // A count of the future belongs to another clock (a demonstration day that began again) and holds nobody up.
    const [row] = await store.db.query<Row>(
      `insert into "signInFailure" as f (id, key, failures, "lastAt") values ($1, $2, 1, $3::timestamptz)
       on conflict (key) do update set
         failures = case when f."lastAt" > $3::timestamptz or f."lastAt" <= $4::timestamptz then 1 else f.failures + 1 end,
         "lastAt" = case when f."lastAt" <= $3::timestamptz and f."lastAt" > $4::timestamptz and f.failures >= $5::int then f."lastAt" else $3::timestamptz end
       returning key, failures, "lastAt"`,
      [randomUUID(), key, iso(now()), iso(now() - windowMs()), accountRules(store).attempts],
    )
    return { failures: Number(row?.failures ?? 1), lastAt: row?.lastAt.getTime() ?? now() }
  }
  /** The same in memory. */
  const countHere = async (key: string): Promise<Count> => {
    const below = await stored(key)
    const before = inMemory.get(key) ?? below
    const at = now()
    if (!before || before.lastAt > at || before.lastAt <= at - windowMs()) return keep(key, { failures: 1, lastAt: at })
    const stays = before.failures >= accountRules(store).attempts
    return keep(key, { failures: before.failures + 1, lastAt: stays ? before.lastAt : at })
  }

  return {
    begin: async (name) => {
      const key = keyOf(name)
      const { failures, lastAt } = await onFullDisk(
        () => count(key),
        () => countHere(key),
      )
      const { attempts } = accountRules(store)
      if (failures <= attempts) return { last: failures === attempts }
      const left = windowMs() - (now() - lastAt)
      return { last: false, refused: locked(minutesOf(left)) }
    },
    clear: async (name) => {
      const key = keyOf(name)
      const nothing = { failures: 0, lastAt: now() }
      inMemory.delete(key)
      await onFullDisk(
        () => write(key, nothing),
        async () => void keep(key, nothing),
      )
    },
    among: async (names) => {
      const { attempts } = accountRules(store)
      const byKey = new Map(names.map((name) => [keyOf(name), name]))
      const rows = await store.db.query<Row>(
        'select key, failures, "lastAt" from "signInFailure" where key = any($1::text[]) and failures >= $2 and "lastAt" > $3 and "lastAt" <= $4',
        [[...byKey.keys()], attempts, iso(now() - windowMs()), iso(now())],
      )
      const isLocked = ({ failures, lastAt }: Count) => failures >= attempts && lastAt > now() - windowMs() && lastAt <= now()
      const here = [...byKey].filter(([key]) => inMemory.has(key))
      const locks = here.filter(([key]) => isLocked(inMemory.get(key) ?? { failures: 0, lastAt: 0 })).map(([, name]) => name)
      return new Set([...rows.filter((row) => !inMemory.has(row.key)).flatMap((row) => byKey.get(row.key) ?? []), ...locks])
    },
  }
}

async function onFullDisk<T>(work: () => Promise<T>, instead: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isDiskFull(error)) throw error
    return instead()
  }
}
