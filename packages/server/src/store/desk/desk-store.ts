import type { Clock, Registry } from '@guatu/kernel'
import type { AreaStore } from '../areas/area-store.ts'
import type { Database } from '../database/index.ts'
import type { Writer } from '../log/writer.ts'

/** What a desk needs of the store. */
export interface DeskStore {
  readonly db: Database<unknown>
  readonly registry: Registry
  readonly writer: Writer
  readonly areas: AreaStore
  readonly clock: Clock
  noteLook(look: Look): Promise<void>
}

/** One look at personal data: who, at what, why. */
export interface Look {
  /** Named where it is counted on: noted again under its id, only the number of rows is another. */
  readonly id?: string
  readonly actor: string
  /** `reveal`, `search`, `export`, `export-in-clear`, `file`. */
  readonly what: string
  readonly record?: string
  readonly recordId?: string
  readonly purpose?: string
  readonly rows?: number
}
