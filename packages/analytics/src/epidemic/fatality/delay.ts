/** Delay laws by whole days. */
import { gammaCdf, normalCdf } from '../../statistics/index.ts'

/** A law of waiting times in days. */
export type DelayLaw =
  | { readonly law: 'gamma'; readonly shape: number; readonly rate: number }
  | { readonly law: 'lognormal'; readonly meanLog: number; readonly sdLog: number }
  | { readonly law: 'weibull'; readonly shape: number; readonly scale: number }

/**
 * Chance of waiting at most x days. A definition, which needs no source.
 *
 * @param delay Law of the delay, in days.
 * @param x Days.
 * @returns A chance between 0 and 1.
 * @throws Nothing.
 */
export function delayCdf(delay: DelayLaw, x: number): number {
  if (x <= 0) return 0
  if (delay.law === 'gamma') return gammaCdf(x, delay.shape, delay.rate)
  if (delay.law === 'lognormal') return normalCdf(Math.log(x), delay.meanLog, delay.sdLog)
  return -Math.expm1(-((x / delay.scale) ** delay.shape))
}

/**
 * Chance of d whole days between two calendar dates when the first moment lies anywhere in its day: the integral of F(d + 1 − v) − F(d − v)
 * over v, by Simpson's rule on each half. Unlike reading the density at whole days it adds up to 1. A definition, which needs no source.
 *
 * @param days Number of values, from 0 days on.
 * @param delay Law of the delay, in days.
 * @returns Chances of 0, 1, … days.
 * @throws Nothing.
 */
export function discretiseDelay(delay: DelayLaw, days: number): Float64Array {
  const steps = 64
  const integral = new Float64Array(days + 1)
  // G(d) = ∫_{d}^{d+1} F; the chance of d days is G(d) − G(d − 1).
  for (let d = 0; d <= days; d += 1) {
    let sum = 0
    for (let k = 0; k <= steps; k += 1) sum += (k === 0 || k === steps ? 1 : k % 2 === 1 ? 4 : 2) * delayCdf(delay, d + k / steps)
    integral[d] = sum / (3 * steps)
  }
  return Float64Array.from({ length: days }, (_, d) => (integral[d] as number) - (d === 0 ? 0 : (integral[d - 1] as number)))
}
