import type { RecordSql } from '../log/state-rows.ts'
import type { Runner } from '../log/statements.ts'

/** Rows from which on an empty table is filled before it has indexes: made over all rows at once, an index costs a third. */
const WORTHWHILE = 5_000

interface IndexOf {
  readonly name: string
  readonly made: string
  readonly dropped: string
}

/**
 * Moves rows that were set aside into their table. `intoEmpty` says how many when nobody can be reading there, because the table was
 * empty: only then may its indexes go for the time of filling, since that locks readers out.
 */
export async function filled(run: Runner, sql: RecordSql, from: string, intoEmpty: number): Promise<void> {
  const columns = sql.written.join(', ')
  const indexes = intoEmpty >= WORTHWHILE ? await indexesOf(run, sql.table) : []
  for (const { dropped } of indexes) await run.query(dropped)
  await run.query(`insert into ${sql.table} (${columns}) select ${columns} from ${from}`)
  for (const { made } of indexes) await run.query(made)
}

const indexesOf = (run: Runner, table: string): Promise<IndexOf[]> =>
  run.query<IndexOf>(
    `select i.indexrelid::regclass::text as name,
        case when c.oid is null then pg_get_indexdef(i.indexrelid)
          else format('alter table %s add constraint %I %s', i.indrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) end as made,
        case when c.oid is null then format('drop index %s', i.indexrelid::regclass)
          else format('alter table %s drop constraint %I', i.indrelid::regclass, c.conname) end as dropped
      from pg_index i left join pg_constraint c on c.conindid = i.indexrelid and c.contype in ('p', 'u')
      where i.indrelid = $1::regclass order by 1`,
    [table],
  )
