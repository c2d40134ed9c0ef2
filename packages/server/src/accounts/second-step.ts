import { parseCookies } from 'better-auth/cookies'
import type { Store } from '../store/store.ts'
import type { Accounts } from './accounts.ts'

// The lock after wrong codes is the library's: it counts by account, in real time, in its own table.

/** Which of these accounts wrong codes have locked now. */
export async function lockedByCodes(store: Store, accounts: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await store.db.query<{ userId: string }>(
    'select "userId" from "twoFactor" where "userId" = any($1::text[]) and "lockedUntil" > $2::timestamptz',
    [accounts, new Date().toISOString()],
  )
  return new Set(rows.map((row) => row.userId))
}

/** The count of wrong codes begins anew. */
export async function clearCodes(store: Store, account: string): Promise<void> {
  await store.db.query('update "twoFactor" set "failedVerificationCount" = 0, "lockedUntil" = null where "userId" = $1', [account])
}

/** A sign-in whose first step is done. */
export interface BegunSignIn {
  readonly account: string
  /** What the first step gave, alone and in one spelling: the library opens by this and nothing else, as codes and locks are counted by it. */
  readonly cookie: string
}

/** The sign-in whose first step gave these cookies. */
export async function begunSignIn(accounts: Accounts, cookies: string | undefined): Promise<BegunSignIn | undefined> {
  const context = await accounts.auth.$context
  const { name } = context.createAuthCookie('two_factor')
  const signed = parseCookies(cookies ?? '').get(name)
  if (signed === undefined) return undefined
  const begun = await context.internalAdapter.findVerificationValue(signed.slice(0, Math.max(0, signed.lastIndexOf('.'))))
  return begun ? { account: begun.value, cookie: `${name}=${encodeURIComponent(signed)}` } : undefined
}

/** How long the lock that wrong codes brought to an account still lasts, milliseconds; 0 where there is none. */
export async function lockedFor(accounts: Accounts, account: string): Promise<number> {
  const context = await accounts.auth.$context
  // Asked of the library, which on a full disk knows more than the table.
  const factor = await context.adapter.findOne<{ lockedUntil?: Date | null }>({
    model: 'twoFactor',
    where: [{ field: 'userId', value: account }],
  })
  return Math.max(0, (factor?.lockedUntil?.getTime() ?? 0) - Date.now())
}

/** After a wrong code: writes down that it locked the account. */
export async function noteLockedByCode(accounts: Accounts, account: string): Promise<void> {
  if ((await lockedFor(accounts, account)) > 0) await accounts.note({ actor: 'system', account, what: 'locked' })
}
