/** What asks the catalogue: the connection that is about to write. */
interface Asks {
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>
}

/** A table as a composite type: the number PostgreSQL knows it by, and its columns, each with the number of its type, in the order they lie. */
export interface RowType {
  readonly table: string
  readonly oid: number
  readonly columns: readonly (readonly [name: string, oid: number])[]
}

/**
 * The row types of the tables of one database. They are numbered when a table is made, so they are asked for once and kept; a migration has
 * them asked for again.
 */
export class RowTypes {
  #known: Promise<ReadonlyMap<string, RowType>> | undefined

  async of(run: Asks, table: string): Promise<RowType> {
    this.#known ??= read(run)
    const known = await this.#known.catch((error: unknown) => {
      this.#known = undefined
      throw error
    })
    const found = known.get(table)
    if (found) return found
    this.#known = undefined
    throw new Error(`there is no table ${table} to write to`)
  }

  forget(): void {
    this.#known = undefined
  }
}

async function read(run: Asks): Promise<ReadonlyMap<string, RowType>> {
  const rows = await run.query<RowType>(
    `select c.relname as "table", c.reltype::bigint as oid,
       json_agg(json_build_array(a.attname, a.atttypid::bigint) order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
     group by c.relname, c.reltype`,
  )
  return new Map(rows.map((row) => [row.table, row]))
}
