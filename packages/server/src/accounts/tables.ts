import type { BetterAuthPlugin } from 'better-auth'
import type { RowsInMemory } from './rows-in-memory.ts'

const ACCOUNT_TABLES = 'guatu-accounts'

/**
 * Tables that accounts keep beside the sign-in library's own; it makes and migrates them with its own. `signInFailure` counts by keyed hash
 * of the account name, so that names that do not exist are treated alike and no list of tried names is kept; `usedCode` the codes of authenticators likewise. `rows` keeps on a full disk
 * what a sign-in writes.
 */
export const accountTables = (rows: RowsInMemory) =>
  ({
    id: ACCOUNT_TABLES,
    init: ({ adapter }) => {
      rows.behind(adapter)
    },
    options: { rows },
    schema: {
      signInFailure: {
        fields: {
          key: { type: 'string', required: true, unique: true },
          failures: { type: 'number', required: true },
          lastAt: { type: 'date', required: true },
        },
      },
      usedCode: {
        fields: {
          key: { type: 'string', required: true, unique: true },
          at: { type: 'date', required: true, index: true },
        },
      },
      accountEvent: {
        fields: {
          at: { type: 'date', required: true, index: true },
          actor: { type: 'string', required: true },
          account: { type: 'string', required: true, index: true },
          what: { type: 'string', required: true },
          detail: { type: 'string', required: false },
        },
      },
    },
  }) satisfies BetterAuthPlugin

/** What of the sign-in is kept in memory, of accounts that were opened with these tables. */
export function rowsOf(auth: { readonly options: { readonly plugins: readonly object[] } }): RowsInMemory | undefined {
  return auth.options.plugins.flatMap((one) => ('options' in one && isOurs(one) ? [one.options.rows] : []))[0]
}

const isOurs = (plugin: object): plugin is ReturnType<typeof accountTables> => 'id' in plugin && plugin.id === ACCOUNT_TABLES
