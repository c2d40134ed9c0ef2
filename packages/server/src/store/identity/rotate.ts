import type { Registry } from '@guatu/kernel'
import { type Database, type Session, StoreProblem } from '../database/index.ts'
import { hasIdentity, tableOf } from '../schema/model.ts'
import { openFields, type SealedFields, subjectOf } from './codec.ts'
import { waysOf } from './forms.ts'
import { MASTER_FACT } from './master-key.ts'
import type { Vault } from './vault.ts'

export interface Rotated {
  /** Record keys that were wrapped anew. */
  readonly keys: number
  /** Records whose hashes were made anew. */
  readonly hashed: number
}

const PAGE = 2_000
const FIRST = '00000000-0000-0000-0000-000000000000'

/**
 * Puts another master key in the place of the one that a database was sealed with, in one transaction: the key of every record is wrapped
 * anew, and whatever is found by a keyed hash is hashed anew, because hashes follow from the master key. Sealed texts and the log stay as they
 * are. No other server may have the database open: it would go on writing with the old key.
 * @param db opened with the old key
 */
export async function rotateMasterKey(
  db: Database<unknown>,
  registry: Registry,
  next: Vault,
  onProgress: (done: number) => void = () => undefined,
): Promise<Rotated> {
  const own = await db.query<{ pid: number }>('select pg_backend_pid() as pid')
  return db.transaction(async (session) => {
    await refuseOthers(db, session, own[0]?.pid ?? 0)
    let hashed = 0
    for (const def of registry.records.values()) {
      const ways = waysOf(def)
      if (!hasIdentity(def) || ways.length === 0) continue
      const table = tableOf(def.name)
      const columns = ways.map(({ column }) => column)
      type Line = SealedFields & { readonly id: string; readonly county: string; readonly wrapped: string | null }
      const read = `select r.id, r.county, r.sealed, r.sealed_names, k.wrapped from ${table} r
        join identity_keys k on k.id = r.id and k.county = r.county where r.sealed is not null and r.id > $1 order by r.id limit ${PAGE}`
      const write = `update ${table} r set ${columns.map((one) => `"${one}" = t."${one}"`).join(', ')}
        from jsonb_to_recordset($1::jsonb) as t(id uuid, county text, ${columns.map((one) => `"${one}" text`).join(', ')})
        where r.id = t.id and r.county = t.county`
      for await (const rows of pages<Line>(session, read)) {
        const anew = rows.map(({ id, county, wrapped, ...sealed }) => ({
          id,
          county,
          ...next.finder.tokens(def, openFields(db.vault, sealed, subjectOf(def.name, id), wrapped)),
        }))
        await session.query(write, [JSON.stringify(anew)])
        hashed += rows.length
        onProgress(hashed)
      }
    }
    let keys = 0
    type Key = { readonly id: string; readonly county: string; readonly record: string; readonly wrapped: string }
    const read = `select id, county, record, wrapped from identity_keys where wrapped is not null and id > $1 order by id limit ${PAGE}`
    for await (const rows of pages<Key>(session, read)) {
      const anew = rows.map(({ id, county, record, wrapped }) => {
        const subject = subjectOf(record, id)
        return { id, county, wrapped: next.wrap(subject, db.vault.unwrap(subject, wrapped).bytes) }
      })
      await session.query(
        `update identity_keys k set wrapped = t.wrapped from jsonb_to_recordset($1::jsonb) as t(id uuid, county text, wrapped text)
          where k.id = t.id and k.county = t.county`,
        [JSON.stringify(anew)],
      )
      keys += rows.length
      onProgress(hashed + keys)
    }
    await session.query('update facts set value = $2::jsonb where name = $1', [MASTER_FACT, JSON.stringify(next.fingerprint)])
    return { keys, hashed }
  })
}

/** Rows in the order of their ids, page by page; ids are unique. */
async function* pages<Row extends { readonly id: string }>(session: Session<unknown>, sql: string): AsyncGenerator<Row[], void, undefined> {
  for (let after = FIRST; ; ) {
    const rows = await session.query<Row>(sql, [after])
    const last = rows.at(-1)
    if (!last) return
    yield rows
    after = last.id
  }
}

/** An embedded database has its folder lock; on a server somebody else may be at work. */
async function refuseOthers(db: Database<unknown>, session: Session<unknown>, own: number): Promise<void> {
  if (db.engine === 'pglite') return
  const [others] = await session.query<{ n: number }>(
    `select count(*)::int as n from pg_stat_activity
      where datname = current_database() and application_name like 'guatu%' and pid <> all(array[pg_backend_pid(), $1::int])`,
    [own],
  )
  if ((others?.n ?? 0) === 0) return
  throw new StoreProblem('identity-key-in-use', {
    zh: '还有挂图服务连接着此数据库，会继续用旧密钥写入。请先停止全部服务，再更换主密钥；未做任何改动。',
    en: 'A Guatu server is connected to this database and would go on writing with the old key. Stop all of them, then rotate the key; nothing was changed.',
  })
}
