import { describe, expect, it } from 'vitest'
import * as s from './index.ts'

const SIZE = 40_000

/** Pearson's chi-squared over cells that each expect at least 20 draws; returns its upper tail probability. */
function goodness(draws: number[], cdf: (k: number) => number): number {
  const counts = new Map<number, number>()
  for (const k of draws) counts.set(k, (counts.get(k) ?? 0) + 1)
  const top = Math.max(...draws)
  let statistic = 0
  let cells = 0
  let observed = 0
  let from = 0
  for (let k = 0; k <= top; k += 1) {
    observed += counts.get(k) ?? 0
    const expected = (cdf(k) - from) * draws.length
    const rest = (1 - cdf(k)) * draws.length
    if (expected < 20 || rest < 20) continue
    statistic += (observed - expected) ** 2 / expected
    cells += 1
    observed = 0
    from = cdf(k)
  }
  const last = (1 - from) * draws.length
  statistic += (observed - last) ** 2 / last
  return s.gammaQ(cells / 2, statistic / 2)
}

/** The Kolmogorov–Smirnov distance times √n. */
function distance(draws: number[], cdf: (x: number) => number): number {
  const sorted = [...draws].sort((a, b) => a - b)
  let widest = 0
  sorted.forEach((x, i) => {
    const p = cdf(x)
    widest = Math.max(widest, p - i / sorted.length, (i + 1) / sorted.length - p)
  })
  return widest * Math.sqrt(sorted.length)
}
const draw = (stream: s.RandomStream, one: (r: s.RandomStream) => number) => Array.from({ length: SIZE }, () => one(stream))

describe('RandomStream', () => {
  it('repeats bit for bit, and has the figures it had when it was written', () => {
    const first = new s.RandomStream(20200124)
    const again = new s.RandomStream(20200124)
    const words = Array.from({ length: 4 }, () => first.uint32())
    expect(Array.from({ length: 4 }, () => again.uint32())).toEqual(words)
    expect(words).toEqual([598160108, 3291308761, 892715682, 288610513])
  })
  it('splits by key, whatever was drawn before', () => {
    const a = new s.RandomStream(1)
    const b = new s.RandomStream(1)
    b.uint32()
    expect(a.split('nowcast').uint32()).toBe(b.split('nowcast').uint32())
    expect(a.split(1).uint32()).not.toBe(a.split(2).uint32())
    expect(a.split('x').uint32()).not.toBe(a.uint32())
  })
  it('continuous draws follow their distributions', () => {
    const r = new s.RandomStream(7)
    // 1.95 is exceeded by chance once in a thousand; the seed is fixed.
    expect(
      distance(
        draw(r, (x) => x.uniform()),
        (x) => x,
      ),
    ).toBeLessThan(1.95)
    expect(
      distance(
        draw(r, (x) => x.normal()),
        (x) => s.normalCdf(x),
      ),
    ).toBeLessThan(1.95)
    expect(
      distance(
        draw(r, (x) => x.exponential(2)),
        (x) => 1 - Math.exp(-2 * x),
      ),
    ).toBeLessThan(1.95)
    for (const shape of [0.2, 1, 3.7, 80]) {
      expect(
        distance(
          draw(r, (x) => x.gamma(shape, 2)),
          (x) => s.gammaCdf(x, shape, 2),
        ),
      ).toBeLessThan(1.95)
    }
    expect(
      distance(
        draw(r, (x) => x.beta(2, 0.7)),
        (x) => s.betaCdf(x, 2, 0.7),
      ),
    ).toBeLessThan(1.95)
  })
  it('counts follow their distributions', () => {
    const r = new s.RandomStream(11)
    for (const mean of [0.3, 4, 9.99, 10.01, 55, 4000]) {
      expect(
        goodness(
          draw(r, (x) => x.poisson(mean)),
          (k) => s.poissonCdf(k, mean),
        ),
      ).toBeGreaterThan(0.001)
    }
    for (const [n, p] of [
      [5, 0.3],
      [40, 0.9],
      [1000, 0.02],
      [1000, 0.5],
      [100_000, 0.01],
    ] as const) {
      expect(
        goodness(
          draw(r, (x) => x.binomial(n, p)),
          (k) => s.binomialCdf(k, n, p),
        ),
      ).toBeGreaterThan(0.001)
    }
    expect(
      goodness(
        draw(r, (x) => x.negativeBinomial(6, 0.4)),
        (k) => s.negativeBinomialCdf(k, 6, 0.4),
      ),
    ).toBeGreaterThan(0.001)
    expect(
      goodness(
        draw(r, (x) => x.integer(6)),
        (k) => Math.min(1, (k + 1) / 6),
      ),
    ).toBeGreaterThan(0.001)
  })
  it('weights, shuffles, empty weights', () => {
    const r = new s.RandomStream(3)
    expect(r.weighted([0, 0])).toBe(-1)
    expect(new Set(draw(r, (x) => x.weighted([0, 1, 3])))).toEqual(new Set([1, 2]))
    expect(r.shuffle([1, 2, 3, 4]).toSorted()).toEqual([1, 2, 3, 4])
  })
})
