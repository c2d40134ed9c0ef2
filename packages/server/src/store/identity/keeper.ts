import type { Piece, RowWriter } from '../log/statements.ts'
import type { SealText } from './codec.ts'
import type { Finder } from './forms.ts'
import type { Vault } from './vault.ts'

/** Something that runs SQL and holds the means to read and write identity: the database, a transaction, a snapshot. */
export interface Keeper extends RowWriter {
  readonly vault: Vault
  /** Several questions may be asked before the first is answered: each finds a connection, or waits for one. */
  readonly abreast?: true
}

/** What rows are sealed with, and what of the keys has to be written along. */
export interface Sealing {
  readonly finder: Finder
  sealText(record: string, id: string, county: string): SealText
  piece(): Piece
}
