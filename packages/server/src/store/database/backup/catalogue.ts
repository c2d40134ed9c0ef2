import type { Session } from '../database.ts'
import type { BackupHeader, TableShape } from './format.ts'

/** Settings under which both engines write every value in the same text. */
export const sameText = `set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'iso_8601';
  set local extra_float_digits = 1; set local bytea_output = 'hex'`

/** The tables of the schema `public` with the columns that hold data of their own, by name. The record of migrations is not data. */
export async function readTables<Tables>(session: Session<Tables>): Promise<TableShape[]> {
  return session.query<TableShape>(`
    select c.relname as name,
      coalesce(jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum)
        filter (where a.attnum is not null), '[]') as columns
    from pg_class c
    left join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'schema_migration'
    group by c.oid, c.relname
    order by c.relname collate "C"`)
}

/** Where each sequence of the schema stands; one that was never used is left out. */
export async function readSequences<Tables>(session: Session<Tables>): Promise<BackupHeader['sequences']> {
  return session.query(
    `select sequencename as name, last_value::text as last from pg_sequences
    where schemaname = 'public' and last_value is not null order by sequencename collate "C"`,
  )
}
