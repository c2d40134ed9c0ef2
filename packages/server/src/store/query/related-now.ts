import { areasOf, type RecordState, type Registry, type Relation } from '@guatu/kernel'
import type { Database } from '../database/index.ts'
import { towards } from '../log/ahead.ts'
import type { Pointing, Way } from '../log/neighbours.ts'
import type { AreaIndex } from '../log/places.ts'
import { type Moment, related } from '../log/related.ts'
import { Workspace } from '../log/workspace.ts'

/** Where records and areas are looked up. */
export interface Around {
  readonly db: Database<unknown>
  readonly registry: Registry
  readonly areas: { readonly index: AreaIndex }
}

/** A record as far as relations lead from it. */
type Origin = Pick<RecordState, 'id' | 'county' | 'area' | 'fields'>

/** What relations of some records of a kind lead to now, asked for together: one question for each relation, however many records. */
export const relatedNow = (
  around: Around,
  rows: readonly Origin[],
  relations: Readonly<Record<string, Relation>>,
): Promise<readonly Readonly<Record<string, readonly RecordState[]>>[]> =>
  relatedThen(
    around,
    rows.map((row) => ({ row, at: undefined })),
    relations,
  )

/** The same of each at a moment of its own, as the histories of what they lead to have it; without one, now. */
export async function relatedThen(
  { db, registry, areas }: Around,
  rows: readonly { readonly row: Origin; readonly at: Moment | undefined }[],
  relations: Readonly<Record<string, Relation>>,
): Promise<readonly Readonly<Record<string, readonly RecordState[]>>[]> {
  const work = new Workspace(db, registry, areas.index)
  const fields = rows.map(({ row }) => ({ ...row.fields, county: row.county, path: areas.index.currentPath(row.area) }))
  const into = { pointing: [] as Pointing[], ways: [] as Way[] }
  for (const [i, { row }] of rows.entries()) towards(work, relations, row.id, fields[i] ?? {}, into)
  const places = new Set(fields.flatMap(({ path }) => (path === undefined ? [] : areasOf(path))))
  await work.meet({
    ...into,
    records: registry.records,
    named: () => new Set(),
    since: undefined,
    late: new Map(),
    areas: () => places,
    places: () => places,
    figures: () => [],
  })
  const found: Record<string, readonly RecordState[]>[] = []
  for (const [i, { row, at }] of rows.entries()) found.push(await related(work, relations, row.id, fields[i] ?? {}, { asOf: at }))
  return found
}
