import { fromBase45, toBase45 } from './base45.ts'
import { bitsIn, bitsOf, bytesOf, FULL_BYTES, isShort, SHORT_BYTES } from './number.ts'

/** Sorted numbers of one width in the alphabet of base 45: exact, 7.5 letters for a short one and 12 for a full one, searched by halves. */
export function packNumbers(numbers: readonly string[], width: number = SHORT_BYTES): string {
  const sorted = [...new Set(numbers.map(bitsOf))].sort((a, b) => (a < b ? -1 : 1))
  return toBase45(Uint8Array.from(sorted.flatMap((bits) => bytesOf(bits, width))))
}

/** Numbers of both widths, as a book lists them. */
export function packBoth(numbers: readonly string[]): { readonly short: string; readonly full: string } {
  return {
    short: packNumbers(numbers.filter(isShort)),
    full: packNumbers(
      numbers.filter((number) => !isShort(number)),
      FULL_BYTES,
    ),
  }
}

/** A packed list ready to be asked: does it hold this number? */
export function openNumbers(packed: string, width: number = SHORT_BYTES): (number: string) => boolean {
  const bytes = fromBase45(packed) ?? new Uint8Array()
  const at = (i: number) => bitsIn(bytes.subarray(i * width, (i + 1) * width))
  return (number) => {
    const wanted = bitsOf(number)
    let low = 0
    let high = Math.floor(bytes.length / width) - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const found = at(middle)
      if (found === wanted) return true
      if (found < wanted) low = middle + 1
      else high = middle - 1
    }
    return false
  }
}
