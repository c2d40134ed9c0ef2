import type { SealText } from './codec.ts'
import type { Finder } from './forms.ts'
import type { Vault } from './vault.ts'

/** Something that runs SQL and holds the means to read and write identity: the database, a transaction, a snapshot. */
export interface Keeper {
  readonly vault: Vault
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>
}

/** What rows are sealed with, and what of the keys has to be written along. */
export interface Sealing {
  readonly finder: Finder
  sealText(record: string, id: string, county: string): SealText
  piece(): { readonly sql: string; readonly rows: readonly unknown[] }
}
