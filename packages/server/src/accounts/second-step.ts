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

/** After a wrong code: writes down that it locked the account of the sign-in whose cookie came with it. */
export async function noteLockedByCode(accounts: Accounts, cookies: string | undefined): Promise<void> {
  const context = await accounts.auth.$context
  const { name } = context.createAuthCookie('two_factor')
  const cookie = cookies?.split('; ').find((one) => one.startsWith(`${name}=`))
  if (cookie === undefined) return
  const signed = decodeURIComponent(cookie.slice(name.length + 1))
  const begun = await context.internalAdapter.findVerificationValue(signed.slice(0, Math.max(0, signed.lastIndexOf('.'))))
  if (begun && (await lockedByCodes(accounts.store, [begun.value])).has(begun.value))
    await accounts.note({ actor: 'system', account: begun.value, what: 'locked' })
}
