// Times of a gate as they are reported, and ids for what a bench makes.

/** Milliseconds to a tenth. */
export const round = (ms: number): number => Math.round(ms * 10) / 10

const quantile = (of: readonly number[], q: number): number =>
  [...of].sort((a, b) => a - b)[Math.min(of.length - 1, Math.floor(of.length * q))] ?? 0

export const spread = (of: readonly number[]) => ({
  p50: round(quantile(of, 0.5)),
  p95: round(quantile(of, 0.95)),
  p99: round(quantile(of, 0.99)),
  most: round(Math.max(...of)),
})

export const uuid = (n: number): string =>
  `${n.toString(16).padStart(8, '0')}-${(n * 40_503).toString(16).slice(-4).padStart(4, '0')}-4000-8000-000000000000`
