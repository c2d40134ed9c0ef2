import { createHmac, randomUUID } from 'node:crypto'
import type { Problem } from '@guatu/kernel'
import type { Store } from '../store/store.ts'
import { accountRules } from './parameters.ts'
import { locked } from './problems.ts'

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

interface Row {
  readonly key: string
  readonly failures: number
  readonly lastAt: Date
}

/** The lock after wrong passwords. It is kept in the database: a restart does not forget. */
export function openLockout(store: Store, secret: string): Lockout {
  const keyOf = (name: string) => createHmac('sha256', secret).update(`sign-in ${name.toLowerCase()}`).digest('hex')
  const minutesMs = (minutes: number) => minutes * 60_000

  return {
    begin: async (name) => {
      const { attempts, lockMinutes } = accountRules(store)
      const now = store.clock.now()
      // A count of the future belongs to another clock (a demonstration day that began again) and holds nobody up.
      const [row] = await store.db.query<Row>(
        `insert into "signInFailure" as f (id, key, failures, "lastAt") values ($1, $2, 1, $3::timestamptz)
         on conflict (key) do update set
           failures = case when f."lastAt" > $3::timestamptz or f."lastAt" <= $4::timestamptz then 1 else f.failures + 1 end,
           "lastAt" = case when f."lastAt" <= $3::timestamptz and f."lastAt" > $4::timestamptz and f.failures >= $5::int then f."lastAt" else $3::timestamptz end
         returning key, failures, "lastAt"`,
        [randomUUID(), keyOf(name), now.toString(), now.subtract({ milliseconds: minutesMs(lockMinutes) }).toString(), attempts],
      )
      const failures = Number(row?.failures ?? 1)
      if (failures <= attempts) return { last: failures === attempts }
      const left = minutesMs(lockMinutes) - (now.epochMilliseconds - (row?.lastAt.getTime() ?? now.epochMilliseconds))
      return { last: false, refused: locked(Math.max(1, Math.ceil(left / 60_000))) }
    },
    clear: async (name) => {
      await store.db.query('delete from "signInFailure" where key = $1', [keyOf(name)])
    },
    among: async (names) => {
      const { attempts, lockMinutes } = accountRules(store)
      const now = store.clock.now()
      const byKey = new Map(names.map((name) => [keyOf(name), name]))
      const rows = await store.db.query<Row>(
        'select key, failures, "lastAt" from "signInFailure" where key = any($1::text[]) and failures >= $2 and "lastAt" > $3 and "lastAt" <= $4',
        [[...byKey.keys()], attempts, now.subtract({ milliseconds: minutesMs(lockMinutes) }).toString(), now.toString()],
      )
      return new Set(rows.flatMap((row) => byKey.get(row.key) ?? []))
    },
  }
}
