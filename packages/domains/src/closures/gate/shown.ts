import { documentNumber, isDocumentNumber, isNationalId, type Label, plateNumber, resemblesNationalId } from '@guatu/kernel'
import { numberIn, readNumber, SHORT_BYTES } from '../pass/number.ts'
import { readTicket, type SignedTicket } from '../pass/ticket.ts'

/** A document as the register keeps its number; its type where the number itself says it. */
export interface ShownDocument {
  readonly document: string
  readonly type?: 'nationalId' | 'passport'
  /** It may be the number of an identity card with a slip: it is that of another document only where the register has it. */
  readonly doubtful?: true
}

/** What somebody showed, said or drove up with: a code, the number of a pass, a document, a number plate. */
export type Shown =
  | { readonly kind: 'ticket'; readonly signed: SignedTicket }
  | {
      readonly kind: 'number'
      readonly number: string
      /** The same, where it may as well be the number of a document: what is found under either is said. */
      readonly document?: string
    }
  | ({ readonly kind: 'document' } & ShownDocument)
  | { readonly kind: 'plate'; readonly plate: string }

/** A number plate of the mainland, of seven or (new energy) eight characters. */
const PLATE = /^[\u4e00-\u9fa5][A-Z][A-Z0-9]{4,6}[A-Z0-9\u4e00-\u9fa5]$/
/** Passports of nine characters, as most are. */
const PASSPORT = /^(?=.{9}$)[A-Z]{1,3}\d{6,8}$/
/** Written before a number that may be either. */
const SAID = /^(?:(证件)|(通行证))[\s:：]*|^(?:(document)|(pass))[\s:：]+/i

/** Reads a document, of whichever kind the register knows; undefined when it is none. */
export function readDocument(written: string): ShownDocument | undefined {
  const document = documentNumber(written)
  if (isNationalId(document)) return { document, type: 'nationalId' }
  if (PASSPORT.test(document)) return { document, type: 'passport' }
  if (!isDocumentNumber(document)) return undefined
  return resemblesNationalId(document) ? { document, doubtful: true } : { document }
}

/** Reads what stands in the one box of a gate; undefined when it is none of these. */
export function readShown(written: string): Shown | undefined {
  const text = written.trim()
  const signed = readTicket(text)
  if (signed) return { kind: 'ticket', signed }
  const said = SAID.exec(text)
  const rest = said ? text.slice(said[0].length) : text
  const [asDocument, asPass] = [said?.[1] ?? said?.[3], said?.[2] ?? said?.[4]]
  const plate = plateNumber(rest)
  if (!said && PLATE.test(plate)) return { kind: 'plate', plate }
  const document = asPass === undefined ? readDocument(rest) : undefined
  const number = asDocument === undefined && document?.type === undefined ? readNumber(rest) : undefined
  if (number !== undefined) return { kind: 'number', number, ...(document ? { document: document.document } : {}) }
  return document && { kind: 'document', ...document }
}

/** Where a number stands on a pass and on a document: nothing is taken for the other. */
export const EITHER: Label = {
  zh: '这个号码既是通行证证号，又是证件号码。请扫通行证的二维码；或在号码前写“证件”“通行证”再查，例如：证件 12345678。',
  en: 'This is the number of a pass and that of a document. Scan the code of the pass, or write “document” or “pass” before the number, such as: document 12345678.',
}
/** The same number, with the word before it that says which it is. */
export const sayWhich = (which: 'document' | 'pass', number: string): string => `${which === 'document' ? '证件' : '通行证'} ${number}`
/** Where it stands on neither. */
export const NEITHER: Label = {
  zh: '本辖区的通行证里没有这个证号，也没有用它登记的证件。通行证请扫二维码；证件请与证件核对，在号码前写“证件”再查，例如：证件 12345678。',
  en: 'No pass of this area has this number, and no document is registered under it. Scan the code of a pass; compare a document and write “document” before its number, such as: document 12345678.',
}

/** SHA-256 of a text under the key of a gate: whoever has not the key can make nothing of it. */
export type KeyedHash = (text: string) => Promise<Uint8Array>

/** Under which short number a gate carries somebody's document or a plate; five bytes, so that a list of a city misleads one look in millions. */
export const tokenOf = async (hash: KeyedHash, what: 'document' | 'plate', value: string): Promise<string> =>
  numberIn((await hash(`${what}:${value}`)).subarray(0, SHORT_BYTES))
