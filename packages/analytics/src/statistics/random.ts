import { lgamma } from './gamma-function.ts'

/** Mixes a word into a hash word (the finaliser of MurmurHash3, public domain, on 32 bits). */
function scramble(word: number): number {
  let h = word | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) | 0
}

/**
 * A seeded stream of random numbers: xoshiro128** 1.1 (D. Blackman and S. Vigna, doi:10.1145/3460772), state filled from a 128-bit key by
 * MurmurHash3's finaliser. The same seed gives the same numbers, bit for bit, on one JavaScript engine (integers and uniforms on every
 * engine; log and exp may differ in the last bit between engines). `split` derives an independent stream from the key alone, however many
 * numbers were drawn, so work can be divided without changing results.
 */
export class RandomStream {
  readonly #key: readonly [number, number, number, number]
  #s0: number
  #s1: number
  #s2: number
  #s3: number

  constructor(seed: number | readonly [number, number, number, number]) {
    this.#key = typeof seed === 'number' ? keyOf(seed) : seed
    const [a, b, c, d] = this.#key
    this.#s0 = scramble(a + 0x9e3779b9) ^ b
    this.#s1 = scramble(b + 0x7f4a7c15) ^ c
    this.#s2 = scramble(c + 0x3c6ef372) ^ d
    this.#s3 = scramble(d ^ 0x2545f491) | 1
    for (let i = 0; i < 8; i += 1) this.uint32()
  }

  /** An independent stream for the given index or name; does not touch this one. */
  split(index: number | string): RandomStream {
    const words = typeof index === 'number' ? numberWords(index) : textWords(index)
    let [a, b, c, d] = this.#key
    a = scramble(a ^ 0x6a09e667)
    b = scramble(b ^ a)
    c = scramble(c ^ b)
    d = scramble(d ^ c)
    for (const word of words) {
      a = scramble(a ^ word)
      b = scramble(b + Math.imul(a, 0x9e3779b1))
      c = scramble(c + Math.imul(b, 0x85ebca77))
      d = scramble(d + Math.imul(c, 0xc2b2ae3d))
      a = (a + d) | 0
    }
    return new RandomStream([a, b, c, d])
  }

  /** The next 32 bits as a signed integer: half of the unsigned ones would not fit into the engine's small integers. */
  #word(): number {
    const product = Math.imul(this.#s1, 5)
    const result = Math.imul((product << 7) | (product >>> 25), 9)
    const t = this.#s1 << 9
    this.#s2 ^= this.#s0
    this.#s3 ^= this.#s1
    this.#s1 ^= this.#s2
    this.#s0 ^= this.#s3
    this.#s2 ^= t
    this.#s3 = (this.#s3 << 11) | (this.#s3 >>> 21)
    return result
  }

  /** The next integer in [0, 2³²). */
  uint32(): number {
    return this.#word() >>> 0
  }

  /** A uniform number in [0, 1) with 53 random bits. */
  uniform(): number {
    return ((this.#word() >>> 5) * 67108864 + (this.#word() >>> 6)) / 9007199254740992
  }

  /** A uniform number in (0, 1): never 0, so its logarithm is finite. */
  openUniform(): number {
    return ((this.#word() >>> 6) * 67108864 + (this.#word() >>> 6) + 0.5) / 4503599627370496
  }

  /** A uniform integer in [0, bound), without bias (rejection), 1 ≤ bound ≤ 2³². */
  integer(bound: number): number {
    const limit = 4294967296 - (4294967296 % bound)
    for (;;) {
      const word = this.uint32()
      if (word < limit) return word % bound
    }
  }

  /** A normal number (Marsaglia's polar method, the second of each pair dropped so that the stream has no hidden state). */
  normal(mean = 0, sd = 1): number {
    for (;;) {
      // Two uniform numbers, written out: a call would hand each over in memory of its own.
      const u = 2 * (((this.#word() >>> 5) * 67108864 + (this.#word() >>> 6)) / 9007199254740992) - 1
      const v = 2 * (((this.#word() >>> 5) * 67108864 + (this.#word() >>> 6)) / 9007199254740992) - 1
      const s = u * u + v * v
      if (s > 0 && s < 1) return mean + sd * u * Math.sqrt((-2 * Math.log(s)) / s)
    }
  }

  /** An exponential number with the given rate. */
  exponential(rate = 1): number {
    return -Math.log(this.openUniform()) / rate
  }

  /** A gamma number (G. Marsaglia and W. W. Tsang, doi:10.1145/358407.358414). */
  gamma(shape: number, rate = 1): number {
    if (shape < 1) return this.gamma(shape + 1, rate) * this.openUniform() ** (1 / shape)
    const d = shape - 1 / 3
    const c = 1 / Math.sqrt(9 * d)
    for (;;) {
      const x = this.normal()
      const root = 1 + c * x
      if (root <= 0) continue
      const v = root * root * root
      const u = this.openUniform()
      // The squeeze of the same paper: it follows from the exact test below and spares nearly all of its logarithms.
      if (u < 1 - 0.0331 * x * x * x * x) return (d * v) / rate
      if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return (d * v) / rate
    }
  }

  /** A beta number. */
  beta(a: number, b: number): number {
    const x = this.gamma(a)
    return x / (x + this.gamma(b))
  }

  /** A Poisson count: by multiplication below mean 10, else PTRS (W. Hörmann, doi:10.1016/0167-6687(93)90997-4). */
  poisson(mean: number): number {
    if (!(mean > 0)) return 0
    if (mean < 10) {
      const limit = Math.exp(-mean)
      let product = this.openUniform()
      let count = 0
      while (product > limit) {
        product *= this.openUniform()
        count += 1
      }
      return count
    }
    const logMean = Math.log(mean)
    const b = 0.931 + 2.53 * Math.sqrt(mean)
    const a = -0.059 + 0.02483 * b
    const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
    const vr = 0.9277 - 3.6224 / (b - 2)
    for (;;) {
      const u = this.uniform() - 0.5
      const v = this.openUniform()
      const us = 0.5 - Math.abs(u)
      const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43)
      if (us >= 0.07 && v <= vr) return k
      if (k < 0 || (us < 0.013 && v > us)) continue
      if (Math.log(v) + Math.log(inverseAlpha) - Math.log(a / (us * us) + b) <= -mean + k * logMean - lgamma(k + 1)) return k
    }
  }

  /** A negative binomial count with the given mean and size (variance mean + mean² / size). */
  negativeBinomial(mean: number, size: number): number {
    if (size === Number.POSITIVE_INFINITY) return this.poisson(mean)
    return mean > 0 ? this.poisson(this.gamma(size, size / mean)) : 0
  }

  /** A binomial count: by geometric gaps for small n·p, else halving the problem by beta order statistics (Ahrens and Dieter 1974). */
  binomial(trials: number, p: number): number {
    let n = trials
    let chance = p
    let count = 0
    if (!(n > 0 && chance > 0)) return 0
    if (chance >= 1) return n
    while (n * Math.min(chance, 1 - chance) > 20) {
      const middle = 1 + Math.floor(n / 2)
      const split = this.beta(middle, n + 1 - middle)
      if (split <= chance) {
        count += middle
        n -= middle
        chance = (chance - split) / (1 - split)
      } else {
        n = middle - 1
        chance /= split
      }
      if (!(chance > 0)) return count
      if (chance >= 1) return count + n
    }
    return count + this.#smallBinomial(n, chance)
  }

  #smallBinomial(n: number, p: number): number {
    if (p > 0.5) return n - this.#smallBinomial(n, 1 - p)
    const logFailure = Math.log1p(-p)
    let position = 0
    let count = 0
    for (;;) {
      position += Math.floor(Math.log(this.openUniform()) / logFailure) + 1
      if (!(position <= n)) return count
      count += 1
    }
  }

  /** An index drawn with the given non-negative weights; −1 if all are zero. */
  weighted(weights: ArrayLike<number>): number {
    let total = 0
    for (let i = 0; i < weights.length; i += 1) total += weights[i] ?? 0
    if (!(total > 0)) return -1
    let left = this.uniform() * total
    let last = -1
    for (let i = 0; i < weights.length; i += 1) {
      const weight = weights[i] ?? 0
      if (weight <= 0) continue
      last = i
      left -= weight
      if (left < 0) return i
    }
    return last
  }

  /** Shuffles the list in place (Fisher and Yates) and returns it. */
  shuffle<T>(items: T[]): T[] {
    for (let i = items.length - 1; i > 0; i -= 1) {
      const j = this.integer(i + 1)
      const held = items[i] as T
      items[i] = items[j] as T
      items[j] = held
    }
    return items
  }
}

function numberWords(value: number): number[] {
  const words = new DataView(new ArrayBuffer(8))
  words.setFloat64(0, value)
  return [words.getInt32(0), words.getInt32(4)]
}

function textWords(text: string): number[] {
  const words = [text.length]
  for (const character of text) words.push(character.codePointAt(0) ?? 0)
  return words
}

function keyOf(seed: number): [number, number, number, number] {
  const [high = 0, low = 0] = numberWords(seed)
  const a = scramble(high ^ 0x243f6a88)
  const b = scramble(low ^ 0x85a308d3 ^ a)
  const c = scramble(a ^ Math.imul(b, 0x13198a2f))
  const d = scramble(b ^ Math.imul(c, 0x03707345))
  return [a, b, c, d]
}
