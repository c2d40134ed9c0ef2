/** Chance of what was seen of one pair of events, each known only within a window. */
import type { Law } from './families.ts'

/**
 * A pair of events: the first (infection, onset of the infector) within [firstFrom, firstTo], the second (onset, onset of the infectee)
 * within [secondFrom, secondTo]. Equal ends mean that the time is exact. Times in days on any common origin.
 */
export interface CensoredPair {
  readonly firstFrom: number
  readonly firstTo: number
  readonly secondFrom: number
  readonly secondTo: number
  /** Time until which a second event would have been seen; the pair is in the list only because it came before. Left out: no truncation. */
  readonly seenUntil?: number
}

// Gauss–Legendre nodes and weights on [-1, 1], 16 points, one half.
const nodes = [
  0.095_012_509_837_637_44, 0.281_603_550_779_258_9, 0.458_016_777_657_227_4, 0.617_876_244_402_643_8, 0.755_404_408_355_003,
  0.865_631_202_387_831_8, 0.944_575_023_073_232_6, 0.989_400_934_991_649_9,
] as const
const weights = [
  0.189_450_610_455_068_5, 0.182_603_415_044_923_6, 0.169_156_519_395_002_54, 0.149_595_988_816_576_74, 0.124_628_971_255_533_88,
  0.095_158_511_682_492_79, 0.062_253_523_938_647_89, 0.027_152_459_411_754_1,
] as const

/** ∫ f over [from, to], cut at the given points and into pieces of at most 3 days, 16 points each. */
function integrate(f: (x: number) => number, from: number, to: number, cuts: readonly number[]): number {
  const edges = [from, ...cuts.filter((cut) => cut > from && cut < to).sort((a, b) => a - b), to]
  let total = 0
  for (let k = 0; k + 1 < edges.length; k += 1) {
    const [start, end] = [edges[k] as number, edges[k + 1] as number]
    const pieces = Math.max(1, Math.ceil((end - start) / 3))
    const half = (end - start) / pieces / 2
    for (let piece = 0; piece < pieces; piece += 1) {
      const middle = start + half * (2 * piece + 1)
      for (let node = 0; node < nodes.length; node += 1) {
        const shift = half * (nodes[node] as number)
        total += half * (weights[node] as number) * (f(middle - shift) + f(middle + shift))
      }
    }
  }
  return total
}

/** The pair is in the list because its second event was seen: what the window leaves open beyond the end of observation did not happen. */
export function asSeen(pair: CensoredPair): CensoredPair {
  const { secondTo, seenUntil } = pair
  return seenUntil === undefined || secondTo <= seenUntil ? pair : { ...pair, secondTo: seenUntil }
}

/**
 * Likelihood of one pair (N. G. Reich et al. 2009, doi:10.1002/sim.3659): ∫ over the first window of F(secondTo − e) − F(secondFrom − e),
 * each divided by F(seenUntil − e) under right truncation (S. W. Park et al. 2024, doi:10.1101/2024.01.12.24301247). Densities take the
 * place of differences where a time is exact; a second window that reaches beyond seenUntil ends there, for the event was seen before. As
 * in the reference the first window is not divided by its width, which moves no estimate.
 *
 * @param pair Windows of both events and the end of observation, in days.
 * @param law Law of the interval, in days.
 * @returns The likelihood; 0 where the law does not allow the pair.
 * @throws Nothing: `fitIntervals` checks the pairs.
 */
export function pairLikelihood(pair: CensoredPair, law: Law): number {
  const { firstFrom, firstTo, secondFrom, secondTo, seenUntil } = asSeen(pair)
  const seen = (e: number) => (secondFrom === secondTo ? law.density(secondFrom - e) : law.cdf(secondTo - e) - law.cdf(secondFrom - e))
  const reach = (e: number) => (seenUntil === undefined ? 1 : law.cdf(seenUntil - e))
  if (firstFrom === firstTo) return ratio(seen(firstFrom), reach(firstFrom))
  const width = firstTo - firstFrom
  if (seenUntil !== undefined) return integrate((e) => ratio(seen(e), reach(e)), firstFrom, firstTo, [secondFrom, secondTo])
  if (secondFrom === secondTo) return law.cdf(secondFrom - firstFrom) - law.cdf(secondFrom - firstTo)
  const closed =
    law.cdfIntegral(secondTo - firstFrom) -
    law.cdfIntegral(secondTo - firstTo) -
    law.cdfIntegral(secondFrom - firstFrom) +
    law.cdfIntegral(secondFrom - firstTo)
  // Far in a tail the four terms cancel; there the integral is taken as it stands.
  return closed > 1e-7 * width * Math.max(1, secondTo - firstFrom) ? closed : integrate(seen, firstFrom, firstTo, [secondFrom, secondTo])
}

function ratio(seen: number, reach: number): number {
  return seen <= 0 ? 0 : seen / reach
}
