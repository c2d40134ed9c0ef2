/** Order of whole numbers by digits: linear, and stable. */

/** Widest digit: as many counters as a core keeps near, more of them where there is much to order. */
const WIDE = 16
const NARROW = 11
const LARGE = 20_000

/** The places 0 … count − 1 in ascending order of their keys, equal ones in their order. Keys lie within 0 … `most`. */
export function radixOrder(keys: Int32Array, count: number, most: number): Uint32Array {
  const bits = Math.max(1, 32 - Math.clz32(most))
  const passes = Math.ceil(bits / (count > LARGE ? WIDE : NARROW))
  const digitBits = Math.ceil(bits / passes)
  const mask = (1 << digitBits) - 1
  let order: Uint32Array | null = null
  for (let pass = 0; pass < passes; pass += 1) {
    const shift = pass * digitBits
    const ends = new Uint32Array(mask + 2)
    for (let k = 0; k < count; k += 1) {
      const digit = (((keys[k] as number) >> shift) & mask) + 1
      ends[digit] = (ends[digit] as number) + 1
    }
    for (let digit = 1; digit <= mask; digit += 1) ends[digit] = (ends[digit] as number) + (ends[digit - 1] as number)
    const sorted = new Uint32Array(count)
    for (let k = 0; k < count; k += 1) {
      const item = order === null ? k : (order[k] as number)
      const digit = ((keys[item] as number) >> shift) & mask
      const at = ends[digit] as number
      ends[digit] = at + 1
      sorted[at] = item
    }
    order = sorted
  }
  return order ?? new Uint32Array(0)
}
