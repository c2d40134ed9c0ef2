import type { BetterAuthPlugin } from 'better-auth'

/**
 * Tables that accounts keep beside the sign-in library's own; it makes and migrates them with its own. `signInFailure` counts by keyed hash
 * of the account name, so that names that do not exist are treated alike and no list of tried names is kept.
 */
export const accountTables = () =>
  ({
    id: 'guatu-accounts',
    schema: {
      signInFailure: {
        fields: {
          key: { type: 'string', required: true, unique: true },
          failures: { type: 'number', required: true },
          lastAt: { type: 'date', required: true },
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
