import { registry } from '@guatu/domains'
import type { Clock } from '@guatu/kernel'
import { ACCOUNT_PARAMETERS } from './accounts/parameters.ts'
import { FIELD_PARAMETERS } from './field/parameters.ts'
import { openAttachments } from './store/attachments/attachments.ts'
import type { DatabaseTarget } from './store/database/index.ts'
import { migrations } from './store/migrations/index.ts'
import { withParameters } from './store/settings/shipped.ts'
import { openStore, type Store } from './store/store.ts'

/** Where something is logged, one line at a time. */
export type Log = (line: Readonly<Record<string, unknown>>) => void

export interface CityStoreOptions {
  readonly target: DatabaseTarget
  readonly clock: Clock
  /** The master key of identity at rest. */
  readonly identityKey: Uint8Array
  /** Folder of the attachments. */
  readonly attachments: string
  readonly log: Log
}

/** The store of a city: the records of all domains, and the parameters that are the server's own. */
export const openCityStore = ({ target, clock, identityKey, attachments, log }: CityStoreOptions): Promise<Store> =>
  openStore({
    identityKey,
    target,
    registry: withParameters(registry, { ...ACCOUNT_PARAMETERS, ...FIELD_PARAMETERS }),
    clock,
    migrations,
    attachments: openAttachments({ dir: attachments }),
    onError: (reference, error) =>
      log({ level: 'error', reference, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    onRenewed: ({ events, tallies, seconds }) => log({ level: 'info', job: 'books renewed', events, lines: tallies, seconds }),
  })
