/** The alphanumeric alphabet of QR codes (RFC 9285): what is written in it takes the least room in a code. */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

/** Two bytes become three letters, a last single byte two. */
export function toBase45(bytes: Uint8Array): string {
  let out = ''
  for (let i = 0; i < bytes.length; i += 2) {
    const pair = i + 1 < bytes.length
    const value = pair ? (bytes[i] ?? 0) * 256 + (bytes[i + 1] ?? 0) : (bytes[i] ?? 0)
    out += `${ALPHABET[value % 45]}${ALPHABET[Math.floor(value / 45) % 45]}${pair ? ALPHABET[Math.floor(value / 2025)] : ''}`
  }
  return out
}

/** Undefined for anything that `toBase45` cannot have written. */
export function fromBase45(text: string): Uint8Array | undefined {
  if (text.length % 3 === 1) return undefined
  const digits = [...text].map((letter) => ALPHABET.indexOf(letter))
  if (digits.includes(-1)) return undefined
  const out: number[] = []
  for (let i = 0; i < digits.length; i += 3) {
    const pair = i + 2 < digits.length
    const value = (digits[i] ?? 0) + 45 * (digits[i + 1] ?? 0) + (pair ? 2025 * (digits[i + 2] ?? 0) : 0)
    if (value > (pair ? 65_535 : 255)) return undefined
    if (pair) out.push(value >> 8, value & 255)
    else out.push(value)
  }
  return Uint8Array.from(out)
}
