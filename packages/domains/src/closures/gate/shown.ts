import { fromOldNationalId, halfWidth, isNationalId } from '@guatu/kernel'
import { numberIn, readNumber, SHORT_BYTES } from '../pass/number.ts'
import { readTicket, type SignedTicket } from '../pass/ticket.ts'

/** What somebody showed, said or drove up with: a code, the number of a pass, a document, a number plate. */
export type Shown =
  | { readonly kind: 'ticket'; readonly signed: SignedTicket }
  | { readonly kind: 'number'; readonly number: string }
  | { readonly kind: 'document'; readonly document: string; readonly type: 'nationalId' | 'passport' }
  | { readonly kind: 'plate'; readonly plate: string }

/** A number plate of the mainland, of seven or (new energy) eight characters. */
const PLATE = /^[\u4e00-\u9fa5][A-Z][A-Z0-9]{4,6}[A-Z0-9\u4e00-\u9fa5]$/
/** Passports of nine characters, which no number of a pass has: it has eight or twelve. */
const PASSPORT = /^(?=.{9}$)[A-Z]{1,3}\d{6,8}$/

/** Reads what stands in the one box of a gate; undefined when it is none of these, a wrong check character included. */
export function readShown(written: string): Shown | undefined {
  const text = written.trim()
  const signed = readTicket(text)
  if (signed) return { kind: 'ticket', signed }
  const plain = halfWidth(text)
    .replace(/[\s·•.-]/g, '')
    .toUpperCase()
  const document = fromOldNationalId(plain) ?? plain
  if (isNationalId(document)) return { kind: 'document', document, type: 'nationalId' }
  if (PLATE.test(plain)) return { kind: 'plate', plate: plain }
  if (PASSPORT.test(plain)) return { kind: 'document', document: plain, type: 'passport' }
  const number = readNumber(text)
  return number === undefined ? undefined : { kind: 'number', number }
}

/** SHA-256 of a text under the key of a gate: whoever has not the key can make nothing of it. */
export type KeyedHash = (text: string) => Promise<Uint8Array>

/** Under which short number a gate carries somebody's document or a plate; five bytes, so that a list of a city misleads one look in millions. */
export const tokenOf = async (hash: KeyedHash, what: 'document' | 'plate', value: string): Promise<string> =>
  numberIn((await hash(`${what}:${value}`)).subarray(0, SHORT_BYTES))
