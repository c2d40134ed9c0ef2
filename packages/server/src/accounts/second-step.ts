import type { Store } from '../store/store.ts'
import type { Accounts } from './accounts.ts'
import { minutesOf } from './problems.ts'

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

/** The account of the sign-in whose first step gave these cookies. */
export async function begunSignIn(accounts: Accounts, cookies: string | undefined): Promise<string | undefined> {
  const context = await accounts.auth.$context
  const { name } = context.createAuthCookie('two_factor')
  const cookie = cookies?.split('; ').find((one) => one.startsWith(`${name}=`))
  if (cookie === undefined) return undefined
  const signed = decodeURIComponent(cookie.slice(name.length + 1))
  const begun = await context.internalAdapter.findVerificationValue(signed.slice(0, Math.max(0, signed.lastIndexOf('.'))))
  return begun?.value
}

/** The lock that wrong codes brought to the account of the sign-in whose cookie came with them. */
export async function lockOf(accounts: Accounts, cookies: string | undefined): Promise<{ account: string; leftMs: number } | undefined> {
  const account = await begunSignIn(accounts, cookies)
  if (account === undefined) return undefined
  const context = await accounts.auth.$context
  // Asked of the library, which on a full disk knows more than the table.
  const factor = await context.adapter.findOne<{ lockedUntil?: Date | null }>({
    model: 'twoFactor',
    where: [{ field: 'userId', value: account }],
  })
  const leftMs = (factor?.lockedUntil?.getTime() ?? 0) - Date.now()
  return leftMs > 0 ? { account, leftMs } : undefined
}

/** After a wrong code: writes down that it locked the account. */
export async function noteLockedByCode(accounts: Accounts, cookies: string | undefined): Promise<void> {
  const lock = await lockOf(accounts, cookies)
  if (lock) await accounts.note({ actor: 'system', account: lock.account, what: 'locked' })
}

/** How long the lock after wrong codes still lasts, minutes. */
export async function minutesLocked(accounts: Accounts, cookies: string | undefined): Promise<number> {
  return minutesOf((await lockOf(accounts, cookies))?.leftMs ?? 0)
}
