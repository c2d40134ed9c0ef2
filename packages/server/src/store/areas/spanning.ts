import { areasOf, type Clock, dayOf, derivedId, Refused, type Registry, SYSTEM, smallestOver } from '@guatu/kernel'
import type { Database } from '../database/index.ts'
import { carriage } from '../log/carriage.ts'
import { fromStateRow, type StateRow, sqlOf } from '../log/state-rows.ts'
import type { Writer } from '../log/writer.ts'
import type { Loaded } from './loaded.ts'

/** Records that stand where several areas lie move up where a reform has taken one of those elsewhere: see `RecordDef.spans`. */
export async function moveUp(db: Database<unknown>, registry: Registry, { index }: Loaded, day: string, clock: Clock, writer: Writer) {
  for (const def of registry.records.values()) {
    if (!def.spans) continue
    const sql = sqlOf(def)
    const rows = await db.query<StateRow>(`select ${sql.columns} from ${sql.table} where state = any($1::text[])`, [[...def.spans.states]])
    for (const row of rows.map((one) => fromStateRow(db, sql, one))) {
      const named = row.fields[def.spans.areas]
      const since = dayOf(Temporal.Instant.from(row.createdAt), clock.zone)
      const lie = index.inPlaceOf(Array.isArray(named) ? named.map(String) : [], day, since).map(({ path }) => path)
      const here = index.currentPath(row.area) ?? ''
      const area = lie.every((path) => path.startsWith(here)) ? undefined : smallestOver([here, ...lie].map(areasOf))
      if (area === undefined) continue
      const act = { ...carriage(def.name, row, { area, day }, clock), id: derivedId(`reform/${day}/${area}/${row.id}`) }
      const done = await writer.submitTogether([act], SYSTEM, { bulk: true })
      if (!done.ok) throw new Refused(done.problem)
    }
  }
}
