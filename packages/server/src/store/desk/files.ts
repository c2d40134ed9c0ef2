import { type AnyRecord, concernsPerson, type FileReference, no, ok, problem, type Result } from '@guatu/kernel'
import { readHistory } from '../log/event-rows.ts'
import type { Desk } from './desk.ts'
import type { DeskStore } from './desk-store.ts'
import { purposeless } from './identity-desk.ts'

/** Whether a record can carry a file. */
export const carriesFiles = (def: AnyRecord): boolean =>
  Object.values(def.fields).some((field) => field.kind === 'file' || field.item?.kind === 'file')

/**
 * A file that a record carries or carried, for whoever may read that record. The hash alone opens nothing: whoever has the same paper knows it.
 * @param purpose why somebody looks; needed where the record is about a person, and logged
 */
export async function fileOf(
  store: DeskStore,
  desk: Desk,
  def: AnyRecord,
  id: string,
  asked: { readonly hash: string; readonly purpose: string },
): Promise<Result<FileReference>> {
  const row = await desk.get(def.name, id)
  if (!row.ok) return row
  const personal = concernsPerson(def)
  const wrong = personal ? purposeless(asked.purpose) : undefined
  if (wrong) return no(wrong)
  const found = named(row.value.fields, asked.hash) ?? (await fileOnRecord(store, def, id, asked.hash))
  if (!found) return no(problem('not-found', { what: { zh: '附件', en: 'file' } }))
  if (personal)
    await store.noteLook({ actor: desk.actor.id, what: 'file', record: def.name, recordId: id, purpose: asked.purpose.trim(), rows: 1 })
  return ok(found)
}

/** A file that an act brought to this record. */
export async function fileOnRecord(
  store: Pick<DeskStore, 'db'>,
  def: AnyRecord,
  id: string,
  hash: string,
): Promise<FileReference | undefined> {
  for (const event of await readHistory(store.db, def.name, id)) {
    const found = named(event.input, hash) ?? named(event.input.input, hash)
    if (found) return found
  }
  return undefined
}

/** The file of this hash among values, or what a correction put in their place. */
function named(values: unknown, hash: string): FileReference | undefined {
  if (typeof values !== 'object' || values === null) return undefined
  return Object.values(values)
    .flat()
    .find((one): one is FileReference => typeof one === 'object' && one !== null && 'hash' in one && one.hash === hash)
}
