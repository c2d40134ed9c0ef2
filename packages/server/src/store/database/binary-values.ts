/** Bytes as PostgreSQL's binary format has them, big end first, in a buffer that grows. Every value is preceded by its length. */
export class BinaryValues {
  #bytes: Buffer
  /** The same bytes: numbers are written through it, which costs a fraction of what the buffer's own methods do. */
  #view: DataView
  #at = 0

  constructor(expected: number) {
    this.#bytes = Buffer.allocUnsafe(expected)
    this.#view = viewOf(this.#bytes)
  }

  /** What was written; nothing may be written after it. */
  done(): Buffer {
    return this.#bytes.subarray(0, this.#at)
  }

  /** Leaves room for a length that is known later; {@link close} fills it in. */
  open(): number {
    this.int32(0)
    return this.#at
  }

  close(start: number): void {
    this.#view.setInt32(start - 4, this.#at - start)
  }

  byte(value: number): void {
    this.#room(1)
    this.#bytes[this.#at++] = value
  }

  int16(value: number): void {
    this.#room(2)
    this.#view.setInt16(this.#at, value)
    this.#at += 2
  }

  int32(value: number): void {
    this.#room(4)
    this.#view.setInt32(this.#at, value)
    this.#at += 4
  }

  /** Two numbers, such as what a value is and how long. */
  int32s(first: number, second: number): void {
    this.#room(8)
    this.#view.setInt32(this.#at, first)
    this.#view.setInt32(this.#at + 4, second)
    this.#at += 8
  }

  /** A whole number within ±2^53. */
  int64(value: number): void {
    const high = Math.floor(value / 0x1_0000_0000)
    this.int32s(high, (value - high * 0x1_0000_0000) | 0)
  }

  large(value: bigint): void {
    this.#room(8)
    this.#view.setBigInt64(this.#at, value)
    this.#at += 8
  }

  uuid(text: string): void {
    this.#room(16)
    const bytes = this.#bytes
    let half = -1
    let written = 0
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code === DASH) continue
      const digit = DIGITS[code] ?? NONE
      if (digit === NONE || written === 16) throw new Error('not an id')
      if (half < 0) half = digit << 4
      else {
        bytes[this.#at + written++] = half | digit
        half = -1
      }
    }
    if (written !== 16 || half >= 0) throw new Error('not an id')
    this.#at += 16
  }

  /** A text with its length. */
  text(value: string): void {
    const start = this.open()
    this.bare(value)
    this.close(start)
  }

  /** A text without its length. Most are short and plain: a loop writes them faster than a call would. */
  bare(value: string): void {
    const { length } = value
    this.#room(length * 3)
    if (length < SHORT) {
      const bytes = this.#bytes
      const start = this.#at
      let i = 0
      for (; i < length; i++) {
        const code = value.charCodeAt(i)
        if (code > 127) break
        bytes[start + i] = code
      }
      if (i === length) {
        this.#at += length
        return
      }
    }
    if (!value.isWellFormed()) throw new Error('a text holds half a character')
    this.#at += this.#bytes.write(value, this.#at)
  }

  /** A number with at most one decimal place and its length, where it is such a one: most measured values are. */
  tenths(value: number): boolean {
    const all = Math.round(value * 10)
    if (all / 10 !== value || all < 0 || all >= 100_000) return false
    const before = Math.floor(all / 10)
    const after = all - before * 10
    const groups = (before > 0 ? 1 : 0) + (after > 0 ? 1 : 0)
    this.int32(8 + groups * 2)
    this.int16(groups)
    this.int16(before === 0 && after > 0 ? -1 : 0)
    this.int16(0)
    this.int16(after > 0 ? 1 : 0)
    if (before > 0) this.int16(before)
    if (after > 0) this.int16(after * 1000)
    return true
  }

  /** An exact decimal with its length: groups of four digits, where the point lies, and as many places as were written. */
  numeric(text: string): void {
    const found = DECIMAL.exec(text.includes('e') ? plain(text) : text)
    if (!found) throw new Error('not a decimal number')
    const [, sign = '', before = '', after = ''] = found
    const padded = before.padStart(Math.ceil(before.length / 4) * 4, '0') + after.padEnd(Math.ceil(after.length / 4) * 4, '0')
    const groups = padded.match(/\d{4}/g)?.map(Number) ?? []
    let weight = Math.ceil(before.length / 4) - 1
    while (groups.length > 0 && groups[0] === 0) {
      groups.shift()
      weight -= 1
    }
    while (groups.at(-1) === 0) groups.pop()
    this.int32(8 + groups.length * 2)
    this.int16(groups.length)
    this.int16(groups.length === 0 ? 0 : weight)
    this.int16(sign === '-' && groups.length > 0 ? NEGATIVE : 0)
    this.int16(after.length)
    for (const group of groups) this.int16(group)
  }

  #room(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#at + bytes))
    this.#bytes.copy(larger, 0, 0, this.#at)
    this.#bytes = larger
    this.#view = viewOf(larger)
  }
}

const viewOf = ({ buffer, byteOffset, byteLength }: Buffer): DataView => new DataView(buffer, byteOffset, byteLength)

/** `1e+21` and `1.5e-7`, as JavaScript writes very large and very small numbers, with the point moved to where it belongs. */
function plain(text: string): string {
  const [, sign = '', before = '', after = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?e([+-]?\d+)$/.exec(text) ?? []
  const digits = before + after
  const point = before.length + Number(exponent)
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`
  return `${sign}${digits.slice(0, point).padEnd(point, '0')}.${digits.slice(point)}`
}

const SHORT = 64
const DASH = 45
const NONE = 255
const NEGATIVE = 0x4000
const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?$/
const DIGITS = new Uint8Array(128).fill(NONE)
for (const [i, digit] of [...'0123456789abcdef'].entries()) {
  DIGITS[digit.charCodeAt(0)] = i
  DIGITS[digit.toUpperCase().charCodeAt(0)] = i
}
