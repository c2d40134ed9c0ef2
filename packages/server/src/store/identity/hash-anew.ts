import type { AnyRecord, Registry } from '@guatu/kernel'
import type { Database, Session } from '../database/index.ts'
import { hasIdentity, tableOf } from '../schema/model.ts'
import { openFields, type SealedFields, subjectOf } from './codec.ts'
import { type Finder, waysOf } from './forms.ts'
import type { Vault } from './vault.ts'

export const PAGE = 2_000
const FIRST = '00000000-0000-0000-0000-000000000000'

/** Makes the keyed hashes of all records of a kind anew; answers of how many. Sealed texts stay as they are. */
export async function hashAnew(
  session: Session<unknown>,
  def: AnyRecord,
  vault: Vault,
  finder: Finder,
  onProgress: (done: number) => void = () => undefined,
): Promise<number> {
  const table = tableOf(def.name)
  const columns = waysOf(def).map(({ column }) => column)
  type Line = SealedFields & { readonly id: string; readonly county: string; readonly wrapped: string | null }
  const read = `select r.id, r.county, r.sealed, r.sealed_names, k.wrapped from ${table} r
    join identity_keys k on k.id = r.id and k.county = r.county where r.sealed is not null and r.id > $1 order by r.id limit ${PAGE}`
  const write = `update ${table} r set ${columns.map((one) => `"${one}" = t."${one}"`).join(', ')}
    from jsonb_to_recordset($1::jsonb) as t(id uuid, county text, ${columns.map((one) => `"${one}" text`).join(', ')})
    where r.id = t.id and r.county = t.county`
  let hashed = 0
  for await (const rows of pages<Line>(session, read)) {
    const anew = rows.map(({ id, county, wrapped, ...sealed }) => ({
      id,
      county,
      ...finder.tokens(def, openFields(vault, sealed, subjectOf(def.name, id), wrapped)),
    }))
    await session.query(write, [JSON.stringify(anew)])
    hashed += rows.length
    onProgress(hashed)
  }
  return hashed
}

/** Rows in the order of their ids, page by page; ids are unique. */
export async function* pages<Row extends { readonly id: string }>(
  session: Session<unknown>,
  sql: string,
): AsyncGenerator<Row[], void, undefined> {
  for (let after = FIRST; ; ) {
    const rows = await session.query<Row>(sql, [after])
    const last = rows.at(-1)
    if (!last) return
    yield rows
    after = last.id
  }
}

const FACT = 'identity.ways'

/**
 * A release may find records in a way, or a value in a form, that the one before did not know. Their hashes are not there yet and need the key, so no migration can make
 * them: they are made once, when the store is opened. Answers of how many records.
 */
export async function renewHashes(db: Database<unknown>, registry: Registry): Promise<number> {
  const wanted = Object.fromEntries(
    [...registry.records.values()].filter(hasIdentity).map((def) => [
      def.name,
      waysOf(def)
        .map(({ column, formed }) => (formed === undefined ? column : `${column} ${formed}`))
        .join(),
    ]),
  )
  const [kept] = await db.query<{ value: Readonly<Record<string, string>> }>('select value from facts where name = $1', [FACT])
  const stale = [...registry.records.values()].filter(({ name }) => wanted[name] && kept?.value[name] !== wanted[name])
  if (stale.length === 0) return 0
  return db.transaction(async (session) => {
    let hashed = 0
    for (const def of stale) hashed += await hashAnew(session, def, db.vault, db.vault.finder)
    await session.query('insert into facts (name, value) values ($1, $2::jsonb) on conflict (name) do update set value = excluded.value', [
      FACT,
      JSON.stringify(wanted),
    ])
    return hashed
  })
}
