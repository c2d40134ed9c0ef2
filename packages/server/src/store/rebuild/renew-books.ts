import { createHash } from 'node:crypto'
import type { Registry } from '@guatu/kernel'
import type { Database } from '../database/index.ts'
import type { AreaIndex } from '../log/places.ts'
import { type RebuildReport, rebuild } from './rebuild.ts'

const FACT = 'books.measures'

/** What the books are kept of, every measure with its definition, and what is sealed: two programs with the same answer keep the same books and states. */
function fingerprint(registry: Registry): string {
  const measures = [...registry.measures.values()].flat().sort(([a], [b]) => (a < b ? -1 : 1))
  const sealed = [...registry.records.values()].flatMap(({ name, fields }) =>
    Object.keys(fields).flatMap((field) => (fields[field]?.sensitive ? [`${name}.${field}`] : [])),
  )
  return createHash('sha256')
    .update(JSON.stringify([measures, sealed.sort()]))
    .digest('hex')
}

/**
 * A release may count something new, or count it otherwise: its books are not there yet, or say what the older definition said. Or it seals what stood
 * in clear, which needs the key, so that no migration can. Books and states are made anew from the events then, once, when the store is opened.
 * Undefined when they were up to date.
 */
export async function renewBooks(db: Database<unknown>, registry: Registry, areas: AreaIndex): Promise<RebuildReport | undefined> {
  const wanted = fingerprint(registry)
  const [kept] = await db.query<{ value: string }>('select value from facts where name = $1', [FACT])
  if (kept?.value === wanted) return undefined
  const [filled] = await db.query('select 1 from events limit 1')
  const report = filled === undefined ? undefined : await rebuild(db, registry, areas, { check: false })
  await db.query('insert into facts (name, value) values ($1, $2::jsonb) on conflict (name) do update set value = excluded.value', [
    FACT,
    JSON.stringify(wanted),
  ])
  return report
}
