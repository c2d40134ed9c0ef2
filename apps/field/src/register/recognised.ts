import { type Replica, recognise } from '@guatu/client/offline'
import { type CarriedRow, fromOldNationalId, halfWidth, isNationalId } from '@guatu/kernel'
import { townOf } from '../parts/words.ts'

/** The one form of a written identity number, or undefined when its check character is wrong. */
export function nationalIdIn(written: string): string | undefined {
  const plain = halfWidth(written)
    .replace(/[\s'-]/g, '')
    .toUpperCase()
  const number = fromOldNationalId(plain) ?? plain
  return isNationalId(number) ? number : undefined
}

/** Somebody of the area's register, named no further than a surname and a town. */
export interface Recognised {
  readonly row: CarriedRow
  readonly name: string
  readonly town: string
}

/** The mask of a number, as the register shows it. */
const masked = (number: string) => `${number.slice(0, 4)}**********${number.slice(-4)}`

/** Finds a number in the rows of this phone by two bytes of its keyed hash and by its mask: no number lies here to be read. */
export async function find(replica: Replica, key: Uint8Array<ArrayBuffer> | undefined, number: string): Promise<Recognised | undefined> {
  if (!key) return undefined
  const mark = await recognise(key, number)
  const row = replica.all('person').find((one) => one.known === mark && one.fields.documentNumber === masked(number))
  return row && { row, name: String(row.fields.name ?? ''), town: townOf(replica, row.area) }
}
