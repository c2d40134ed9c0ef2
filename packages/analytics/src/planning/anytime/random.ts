/**
 * A small integer generator for searches: fast, seeded, the same on every machine. For statistics use the generator of `statistics/`.
 * Source: sfc32 of PractRand (Doty-Humphrey), period at least 2^32, state of 128 bits.
 */
export class SearchRandom {
  private a: number
  private b: number
  private c: number
  private counter: number

  /** @param seed any finite number; its low 53 bits count */
  constructor(seed: number) {
    this.a = 0x9e3779b9
    this.b = Math.trunc(seed) | 0
    this.c = Math.trunc(seed / 0x100000000) | 0
    this.counter = 1
    for (let k = 0; k < 15; k++) this.bits()
  }

  /** The next 32 random bits as a signed integer. */
  bits(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0
    this.counter = (this.counter + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum
    this.c |= 0
    return sum
  }

  /** Uniform in [0, 1) on a grid of 2^-32. */
  unit(): number {
    return (this.bits() >>> 0) * 2.3283064365386963e-10
  }

  /** Uniform integer in [0, limit), for 0 < limit <= 2^31; the bias is below limit / 2^32. */
  below(limit: number): number {
    return Math.floor((this.bits() >>> 0) * 2.3283064365386963e-10 * limit)
  }

  /** Puts the first `length` entries into random order. */
  shuffle(items: Int32Array, length: number = items.length): void {
    for (let k = length - 1; k > 0; k--) {
      const j = this.below(k + 1)
      const held = items[k] as number
      items[k] = items[j] as number
      items[j] = held
    }
  }
}

/** A seed for the k-th of several searches that is far from its neighbours' seeds (splitmix finaliser). */
export function deriveSeed(seed: number, k: number): number {
  let z = (Math.trunc(seed) ^ Math.imul(k + 1, 0x9e3779b9)) | 0
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b)
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
  return (z ^ (z >>> 16)) >>> 0
}
