import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Store } from '../store/store.ts'
import { type Accounts, openAccounts } from './accounts.ts'
import { createAuth } from './auth.ts'
import type { OidcOptions } from './sign-on.ts'
import { keepToClaim } from './sign-on-links.ts'

export interface AccountsOptions {
  /** The data folder, where the secret of the sessions lies. */
  readonly data: string
  readonly port: number
  /** Address under which people reach the server, when that is not this machine's. */
  readonly baseUrl?: string
  readonly oidc?: OidcOptions
}

/** The secret that signs sessions: made once, readable by the owner alone. */
function secretOf(data: string): string {
  const path = join(data, 'secret')
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString('hex'), { mode: 0o600 })
  return readFileSync(path, 'utf8').trim()
}

/** Accounts over an open store; their tables have to be brought up to date (`migrateAuth`) before they are used. */
export function accountsOf(store: Store, { data, port, baseUrl, oidc }: AccountsOptions): Accounts {
  const accounts: Accounts = openAccounts(
    store,
    createAuth({
      kysely: store.db.kysely,
      secret: secretOf(resolve(data)),
      baseUrl: baseUrl ?? `http://localhost:${port}`,
      ...(oidc ? { oidc, claimed: (claim) => keepToClaim(accounts, claim) } : {}),
    }),
  )
  return accounts
}
