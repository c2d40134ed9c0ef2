import type { Accounts } from './accounts.ts'
import type { Claim } from './sign-on.ts'

/** How a link to the sign-on is told from a password, in the library's table of both. */
const LINKED = `"providerId" <> 'credential'`

/**
 * Ends the link that a person of the sign-on has to another account than the claim names now: accounts are posts, and posts change hands. The library
 * then looks for the account of that name, or refuses.
 */
export async function keepToClaim(accounts: Accounts, { subject, account }: Claim): Promise<void> {
  const links = await accounts.store.db.query<{ user: string; username: string }>(
    `select u.id as "user", u.username from "account" a join "user" u on u.id = a."userId" where a."accountId" = $1 and a.${LINKED}`,
    [subject],
  )
  for (const link of links) if (link.username !== account) await endLinks(accounts, link.user, 'system', subject)
}

/**
 * Ends the links of an account to the sign-on, or that of one person, and the sessions that came by it. Whose these are is not known: whoever is still
 * meant signs in again.
 */
export async function endLinks(accounts: Accounts, user: string, by: string, subject?: string): Promise<void> {
  const { db } = accounts.store
  await db.query(`delete from "account" where "userId" = $1 and ${LINKED} and ($2::text is null or "accountId" = $2)`, [
    user,
    subject ?? null,
  ])
  await accounts.settle()
  await db.query('delete from "session" where "userId" = $1 and "signOn"', [user])
  await accounts.note({ actor: by, account: user, what: 'sign-on-ended' })
  accounts.forget(user)
}
