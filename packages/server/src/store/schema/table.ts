import type { ColumnType } from '@guatu/kernel'

/** A table as the program needs it; migrations are drafted by comparing two lists of these. */
export interface Table {
  readonly name: string
  readonly columns: readonly Column[]
  /** County first: the shard key stands in every key (Citus allows no other). */
  readonly primaryKey: readonly string[]
  readonly uniques?: readonly (readonly string[])[]
  readonly indexes?: readonly Index[]
  /**
   * How full a page is made, in percent. What is changed again and again finds room beside itself and stays where its indexes point to;
   * else every change enters every index anew.
   */
  readonly fillfactor?: number
}

export interface Column {
  readonly name: string
  readonly type: ColumnType | 'bigint' | 'text[]' | 'uuid[]'
  readonly required?: boolean
  /** Byte order instead of language order: for paths and ids that are compared as ranges. */
  readonly bytes?: boolean
}

export interface Index {
  readonly columns: readonly string[]
  readonly using?: 'gin'
  /** Holds only rows that have something in its first column: most optional columns are empty, and nobody looks for the empty ones. */
  readonly filled?: true
  /** From the largest down, what is empty last: the order of a list that falls. Read backwards, a rising index would bring what is empty first. */
  readonly falling?: true
}

export const column = (name: string, type: Column['type'], required = true, bytes = false): Column => ({
  name,
  type,
  required,
  ...(bytes ? { bytes } : {}),
})
