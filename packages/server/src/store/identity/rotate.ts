import type { Registry } from '@guatu/kernel'
import { type Database, type Session, StoreProblem } from '../database/index.ts'
import { hasIdentity } from '../schema/model.ts'
import { subjectOf } from './codec.ts'
import { waysOf } from './forms.ts'
import { hashAnew, PAGE, pages } from './hash-anew.ts'
import { MASTER_FACT } from './master-key.ts'
import type { Vault } from './vault.ts'

export interface Rotated {
  /** Record keys that were wrapped anew. */
  readonly keys: number
  /** Records whose hashes were made anew. */
  readonly hashed: number
}

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
      if (!hasIdentity(def) || waysOf(def).length === 0) continue
      const before = hashed
      hashed += await hashAnew(session, def, db.vault, next.finder, (done) => onProgress(before + done))
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
