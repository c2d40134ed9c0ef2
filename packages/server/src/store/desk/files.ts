import { type AnyRecord, concernsPerson, type FileReference, no, ok, problem, type Result } from '@guatu/kernel'
import type { Desk } from './desk.ts'
import type { DeskStore } from './desk-store.ts'
import { fileOnRecord, named } from './files-of-record.ts'
import { purposeless } from './identity-desk.ts'

const carrying = new WeakMap<AnyRecord, boolean>()

/** Whether a record can carry a file. */
export function carriesFiles(def: AnyRecord): boolean {
  const known = carrying.get(def)
  if (known !== undefined) return known
  const made = Object.values(def.fields).some((field) => field.kind === 'file' || field.item?.kind === 'file')
  carrying.set(def, made)
  return made
}

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
