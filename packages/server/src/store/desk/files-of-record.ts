import type { AnyRecord, FileReference } from '@guatu/kernel'
import { readHistory } from '../log/event-rows.ts'
import type { DeskStore } from './desk-store.ts'

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
export function named(values: unknown, hash: string): FileReference | undefined {
  if (typeof values !== 'object' || values === null) return undefined
  return Object.values(values)
    .flat()
    .find((one): one is FileReference => typeof one === 'object' && one !== null && 'hash' in one && one.hash === hash)
}
