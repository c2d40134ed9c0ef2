/** Letters that nobody mistakes for one another (Crockford). */
export const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Bytes of a short id: the first 40 bits of the record's own. */
export const SHORT_BYTES = 5

export const shortBytes = (id: string): Uint8Array =>
  Uint8Array.from({ length: SHORT_BYTES }, (_, i) => Number.parseInt(id.replaceAll('-', '').slice(2 * i, 2 * i + 2), 16))

/** 40 bits as eight letters, `7K3M-Q0ZD`: said over a telephone, typed at a gate. Follows from the record's id, so it needs no counter. */
export function shortNumber(bytes: Uint8Array): string {
  let bits = 0n
  for (const byte of bytes.slice(0, SHORT_BYTES)) bits = (bits << 8n) | BigInt(byte)
  let out = ''
  for (let i = 7; i >= 0; i -= 1) out += LETTERS[Number((bits >> BigInt(5 * i)) & 31n)] ?? ''
  return `${out.slice(0, 4)}-${out.slice(4)}`
}

export const numberOf = (id: string): string => shortNumber(shortBytes(id))

/** What somebody typed as a number: spaces and hyphens as they like, O for 0, I and L for 1; undefined when it is none. */
export function readNumber(written: string): string | undefined {
  const plain = written.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  return plain.length === 8 && [...plain].every((letter) => LETTERS.includes(letter)) ? `${plain.slice(0, 4)}-${plain.slice(4)}` : undefined
}
