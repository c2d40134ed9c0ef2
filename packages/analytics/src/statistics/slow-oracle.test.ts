import { describe, expect, it } from 'vitest'
import * as s from './index.ts'

// Obvious and slow: whole-number arithmetic with 60 decimals. Nothing here is shared with the functions under test.
const ONE = 10n ** 60n

/** A fixed-point number as a double. */
function toNumber(fixed: bigint): number {
  const digits = fixed.toString().padStart(80, '0')
  const lead = digits.search(/[1-9]/)
  return lead < 0 ? 0 : Number(`${digits.slice(lead, lead + 20)}e${digits.length - lead - 20 - 60}`)
}

/** exp(−n/d) by the series of exp(n/d), inverted. */
function expMinus(n: bigint, d: bigint): bigint {
  let term = ONE
  let sum = ONE
  for (let k = 1n; term > 0n; k += 1n) {
    term = (term * n) / (d * k)
    sum += term
  }
  return (ONE * ONE) / sum
}

/** ln(n) = Σ ln((i + 1) / i), each by the inverse hyperbolic tangent's series. */
function logOf(n: bigint): bigint {
  let total = 0n
  for (let i = 1n; i < n; i += 1n) {
    const square = (2n * i + 1n) ** 2n
    let power = ONE / (2n * i + 1n)
    for (let k = 1n; power > 0n; k += 2n) {
      total += (2n * power) / k
      power /= square
    }
  }
  return total
}

const relative = (got: number, want: number) => Math.abs(got / want - 1)

describe('against whole-number arithmetic', () => {
  it('Q(n, x) = e^−x Σ x^k / k! and P = 1 − Q, for whole n', () => {
    for (const n of [1n, 2n, 7n, 30n, 45n, 120n]) {
      for (const [top, bottom] of [
        [1n, 2n],
        [3n, 1n],
        [17n, 1n],
        [111n, 4n],
        [60n, 1n],
        [100n, 1n],
      ] as const) {
        let term = ONE
        let sum = 0n
        for (let k = 0n; k < n; k += 1n) {
          sum += term
          term = (term * top) / (bottom * (k + 1n))
        }
        const upper = (expMinus(top, bottom) * sum) / ONE
        const x = Number(top) / Number(bottom)
        if (toNumber(upper) > 1e-35) expect(relative(s.gammaQ(Number(n), x), toNumber(upper)), `Q(${n}, ${x})`).toBeLessThan(1e-13)
        if (toNumber(ONE - upper) > 1e-35)
          expect(relative(s.gammaP(Number(n), x), toNumber(ONE - upper)), `P(${n}, ${x})`).toBeLessThan(1e-13)
      }
    }
  })
  it('I_x(a, b) = Σ C(n, j) x^j (1 − x)^(n − j), for whole a and b and x a binary fraction', () => {
    const bits = 6n
    for (const a of [1n, 3n, 20n, 70n]) {
      for (const b of [1n, 5n, 40n]) {
        for (const x of [1n, 10n, 31n, 50n, 63n]) {
          const n = a + b - 1n
          const whole = (1n << bits) ** n
          let choose = 1n
          let lower = 0n
          for (let j = 0n; j <= n; j += 1n) {
            if (j >= a) lower += choose * x ** j * ((1n << bits) - x) ** (n - j)
            choose = (choose * (n - j)) / (j + 1n)
          }
          const both = s.incompleteBeta(Number(a), Number(b), Number(x) / 64)
          const [p, q] = [toNumber((lower * ONE) / whole), toNumber(((whole - lower) * ONE) / whole)]
          if (p > 1e-35) expect(relative(both.lower, p)).toBeLessThan(1e-13)
          if (q > 1e-35) expect(relative(both.upper, q)).toBeLessThan(1e-13)
        }
      }
    }
  })
  it('log Γ(n + 1) = Σ ln i', () => {
    let sum = 0n
    for (let n = 2n; n <= 60n; n += 1n) {
      sum += logOf(n)
      expect(relative(s.lgamma(Number(n) + 1), toNumber(sum))).toBeLessThan(1e-15)
    }
  })
  it('ψ(n + 1) − ψ(1) = Σ 1/i', () => {
    let sum = 0n
    for (let n = 1n; n <= 200n; n += 1n) {
      sum += ONE / n
      expect(Math.abs(s.digamma(Number(n) + 1) - s.digamma(1) - toNumber(sum))).toBeLessThan(4e-15)
    }
  })
})
