import { sealOf } from '@guatu/kernel'

/** Letters that nobody mistakes for one another (Crockford). */
export const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Bytes of a short number: 40 bits. */
export const SHORT_BYTES = 5
/** Bytes that hold the number of a pass: 60 bits. */
export const FULL_BYTES = 8

const SHORT_LETTERS = 8
const FULL_LETTERS = 12

/** How numbers of passes are written: three groups, of before two. */
export const PASS_NUMBER = /^[0-9A-Z]{4}(?:-[0-9A-Z]{4}){1,2}$/

const inFours = (letters: string): string => letters.replace(/(.{4})(?=.)/g, '$1-')

const written = (bits: bigint, letters: number): string =>
  inFours(Array.from({ length: letters }, (_, i) => LETTERS[Number((bits >> BigInt(5 * (letters - 1 - i))) & 31n)] ?? '').join(''))

const hex = (id: string): string => id.replaceAll('-', '')

/**
 * The number of a pass, `7K3M-Q0ZD-5V8H`: said over a telephone, typed at a gate. 60 bits of the SHA-256 of the whole id, so it needs no counter: of a
 * million passes two have the same with a probability of 4 in 10 million.
 */
export const numberOf = (id: string): string => written(BigInt(`0x${sealOf(id).slice(0, 15)}`), FULL_LETTERS)

/** The first 40 bits of an id as eight letters: how orders are called in codes and books, and passes were until their numbers became longer. */
export const shortNumberOf = (id: string): string => written(BigInt(`0x${hex(id).slice(0, 2 * SHORT_BYTES)}`), SHORT_LETTERS)

/** The ids, from the first to the last, whose short number this is. */
export function idsOfShort(number: string): readonly [string, string] {
  const start = bitsOf(number)
    .toString(16)
    .padStart(2 * SHORT_BYTES, '0')
  const id = (rest: string) => `${start}${rest.repeat(22)}`.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return [id('0'), id('f')]
}

export const isShort = (number: string): boolean => number.replaceAll('-', '').length === SHORT_LETTERS

const VALUES = new Map([...LETTERS].map((letter, i) => [letter, BigInt(i)]))

export const bitsOf = (number: string): bigint =>
  [...number.replaceAll('-', '')].reduce((bits, letter) => (bits << 5n) | (VALUES.get(letter) ?? 0n), 0n)

export const bytesOf = (bits: bigint, bytes: number): readonly number[] =>
  Array.from({ length: bytes }, (_, i) => Number((bits >> BigInt(8 * (bytes - 1 - i))) & 255n))

export const bitsIn = (bytes: Uint8Array): bigint => bytes.reduce((bits, byte) => (bits << 8n) | BigInt(byte), 0n)

/** The number that bytes hold: five a short one, eight that of a pass. */
export const numberIn = (bytes: Uint8Array): string => written(bitsIn(bytes), bytes.length === SHORT_BYTES ? SHORT_LETTERS : FULL_LETTERS)

/** What somebody typed as a number: spaces and hyphens as they like, O for 0, I and L for 1; undefined when it is none. */
export function readNumber(typed: string): string | undefined {
  const plain = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  const fits = (plain.length === SHORT_LETTERS || plain.length === FULL_LETTERS) && [...plain].every((letter) => LETTERS.includes(letter))
  return fits ? inFours(plain) : undefined
}
