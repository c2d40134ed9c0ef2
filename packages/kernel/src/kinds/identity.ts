import * as z from 'zod'
import { isDay } from '../clock.ts'
import { label } from '../label.ts'
import { buildField, halfWidth, type Options } from './build.ts'

const MOBILE = /^1[3-9]\d{9}$/
const LANDLINE = /^0\d{2,3}-?\d{7,8}(?:-\d{1,6})?$/
const FOREIGN = /^\+\d{6,15}$/

const FROM_ABROAD = /^(?:\+|00)86|^86(?=0?1[3-9]\d{9}$)/
/** Beijing and the cities of 02x have three digits, all others four; 400 and 800 are no cities. */
const AREA_AND_NUMBER = /^0?(10|2\d|(?!400|800)[3-9]\d{2})(\d{7,8})$/

/** Signs that stand between digits and say nothing, and those before an extension. */
const BETWEEN = /[\s()（）._·•‧]/g
const DASHES = /[‐‑‒–—―−]/g
const EXTENSION = /(?<=\d)(?:转|轉|分机号?|ext|x|#|,)[:：]?(?=\d)/i

/**
 * The one form of a telephone number, whatever signs stand between: a mobile as its 11 digits, a landline as 0827-5261234 with -801 for an extension, a
 * foreign one as + and its digits.
 */
export function phoneNumber(written: string): string {
  const half = halfWidth(written)
  // Who writes the zero that is dialled within the country puts it in brackets.
  const plain = (half.startsWith('+') ? half.replace(/[(（]0[)）]/, '') : half)
    .replace(BETWEEN, '')
    .replace(DASHES, '-')
    .replace(EXTENSION, '#')
  const digits = plain.replaceAll('-', '')
  const inland = digits.replace(FROM_ABROAD, '')
  const mobile = inland.replace(/^0(?=1)/, '')
  if (MOBILE.test(mobile)) return mobile
  const whole = (number: string) => (number !== digits || number.startsWith('0') ? AREA_AND_NUMBER.exec(number) : null)
  const [number = '', extension] = /^(.*\d{7,8})[-#](\d{1,6})$/.exec(plain)?.slice(1) ?? []
  const [line, inner] = [whole(inland), whole(number.replaceAll('-', '').replace(FROM_ABROAD, ''))]
  if (inner && extension !== undefined) return `0${inner[1]}-${inner[2]}-${extension}`
  if (line) return `0${line[1]}-${line[2]}`
  // Behind seven digits in one stretch there is an extension, which nobody abroad is called by.
  const foreign = /\d{7}[-‐‑‒–—―−]\d{1,6}$/.test(half) ? null : /^(?:\+|00)([1-9]\d{5,14})$/.exec(digits)
  return foreign ? `+${foreign[1]}` : plain
}

/** A telephone number: 11-digit mobile, landline with area code, or +country number. Kept in its one form. */
export const phone = <const O extends boolean = false>(o: Options<O>) =>
  buildField<string, O, 'phone'>(
    'phone',
    { sensitive: true, ...o },
    {
      schema: () => z.string().refine((value) => MOBILE.test(value) || LANDLINE.test(value) || FOREIGN.test(value)),
      plainly: (value) => typeof value === 'string' && MOBILE.test(value),
      column: 'text',
      read: phoneNumber,
      foundAs: { name: 'dialled anywhere', form: phoneNumber },
      readCell: (cell) => (typeof cell === 'number' ? String(cell) : undefined),
      expects: label('请填写11位手机号，或带区号的座机。', 'write an 11-digit mobile number, or a landline with its area code.'),
      search: (value) => [value, value.slice(-4)],
      mask: (value) => `${value.slice(0, 3)}****${value.slice(-4)}`,
    },
  )

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** Check character of the first 17 digits of a resident identity number (GB 11643-1999, ISO 7064 MOD 11-2). */
export function idCheckCharacter(seventeen: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(seventeen[i]), 0)
  return '10X98765432'[sum % 11] ?? ''
}

/**
 * True for an 18-character number with a real birthday and the right check character, whatever its address code: that code is
 * the place of issue and may have been abolished since.
 */
export function isNationalId(value: string): boolean {
  if (!/^\d{17}[\dX]$/.test(value)) return false
  return isDay(`${value.slice(6, 10)}-${value.slice(10, 12)}-${value.slice(12, 14)}`) && idCheckCharacter(value) === value[17]
}

/** A 15-digit number of before 1999 as the 18-character one that replaced it; undefined when it is none. */
export function fromOldNationalId(fifteen: string): string | undefined {
  if (!/^\d{15}$/.test(fifteen)) return undefined
  const seventeen = `${fifteen.slice(0, 6)}19${fifteen.slice(6)}`
  const whole = seventeen + idCheckCharacter(seventeen)
  return isNationalId(whole) ? whole : undefined
}

/** Signs that somebody writes between the characters of a document or a plate, and that say nothing. */
const SIGNS = /[\s·•‧・.'‘’‐‑‒–—―−-]/g

/** Half-width, upper case, without spaces, hyphens, dots and quotes. */
const bare = (written: string): string => halfWidth(written).replace(SIGNS, '').toUpperCase()

/** The one form of the number of a document under which it is kept and found, whatever signs stand between; 15 digits lengthened to 18. */
export function documentNumber(written: string): string {
  const plain = bare(written)
  return fromOldNationalId(plain) ?? plain
}

/** The one form of a number plate. */
export const plateNumber = (written: string): string => bare(written)

/** A plate is found however it is written: 川Y·12345, 川y-12345. */
export const PLATE = { name: 'without signs', form: plateNumber } as const

const DOCUMENT = /^(?=.*\d)[0-9A-Z()</]{5,40}$/

/**
 * Whether a number in its one form can be that of a document: five characters and a digit at least, so that no word, no age and no temperature is
 * taken for one where people are looked up.
 */
export const isDocumentNumber = (number: string): boolean => DOCUMENT.test(number)

/** Is a number meant for that of a resident identity card, right or with a slip? */
export const resemblesNationalId = (number: string): boolean => /^(?:\d{15,18}|\d{17}X)$/.test(number)

/** Resident identity number, 18 characters. Old 15-digit numbers are lengthened. */
export const nationalId = <const O extends boolean = false>(o: Options<O>) =>
  buildField<string, O, 'nationalId'>(
    'nationalId',
    { sensitive: true, ...o },
    {
      schema: () => z.string().refine(isNationalId),
      plainly: (value) => typeof value === 'string' && isNationalId(value),
      column: 'text',
      read: documentNumber,
      expects: label(
        '身份证号应为18位且校验位正确，请核对后重填。',
        'an identity number has 18 characters and a correct check character; compare with the card.',
      ),
      search: (value) => [value],
      mask: (value) => `${value.slice(0, 4)}**********${value.slice(-4)}`,
    },
  )
