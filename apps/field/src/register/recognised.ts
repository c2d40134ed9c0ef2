import { type Replica, recognise } from '@guatu/client/offline'
import type { CarriedRow } from '@guatu/kernel'
import { townOf } from '../parts/words.ts'

/** Somebody of the area's register, named no further than a surname and a town. */
export interface Recognised {
  readonly row: CarriedRow
  readonly name: string
  readonly town: string
}

/**
 * Finds the number of a document in the rows of this phone by two bytes of its keyed hash and by its mask: no number lies here to be read.
 * @param number in the one form that `gates.readDocument` gives it
 */
export async function find(replica: Replica, key: Uint8Array<ArrayBuffer> | undefined, number: string): Promise<Recognised | undefined> {
  if (!key) return undefined
  const mark = await recognise(key, number)
  const masked = replica.registry.records.get('person')?.fields.documentNumber?.mask(number)
  const row = replica.all('person').find((one) => one.known === mark && one.fields.documentNumber === masked)
  return row && { row, name: String(row.fields.name ?? ''), town: townOf(replica, row.area) }
}
