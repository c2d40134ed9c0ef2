import type { Attachments } from '../store/attachments/attachments.ts'
import { snake, tableOf } from '../store/schema/model.ts'
import type { Store } from '../store/store.ts'

type FileStore = Pick<Store, 'db' | 'registry' | 'writer'>

/**
 * Destroys the bytes of files that are named only by records whose files have ended (`RecordDef.filesEnd`). Their hashes stay in the log. Safe to run
 * again at any time: what was begun and not ended is ended then.
 * @returns how many were destroyed
 */
export async function endFiles({ db, registry }: FileStore, attachments: Attachments): Promise<number> {
  const ending = [...registry.records.values()].filter(({ filesEnd }) => filesEnd !== undefined)
  if (ending.length === 0) return 0
  const ended = ending
    .map((def) => `select r.id from ${tableOf(def.name)} r where r."${snake(def.filesEnd ?? '')}" is not null`)
    .join(' union all ')
  const rows = await db.query<{ hash: string }>(
    `with ended as (${ended})
     select distinct m.hash from file_mentions m join ended on ended.id = m.record_id
      where not exists (select 1 from file_mentions o where o.hash = m.hash and o.record_id not in (select id from ended))`,
  )
  for (const { hash } of rows) {
    await attachments.destroy(hash)
    await db.query('delete from attachments where hash = $1', [hash])
    await db.query('delete from file_mentions where hash = $1', [hash])
  }
  return rows.length
}

/** The same as a job of the clock: it looks at the start, and soon after files of a record have ended or one came late to such a record. */
export function fileEnder(store: FileStore, attachments: Attachments): () => Promise<number> {
  let due = true
  store.writer.onCommitted((receipts) => {
    due ||= receipts.some(({ event, state }) => {
      const field = store.registry.records.get(event.record)?.filesEnd
      return field !== undefined && state.fields[field] !== undefined
    })
  })
  return async () => {
    if (!due) return 0
    due = false
    try {
      return await endFiles(store, attachments)
    } catch (error) {
      due = true
      throw error
    }
  }
}
