/** How well reconstructed chains agree with a known truth: for simulated outbreaks and for well-studied real ones. */
import type { Chains } from './reconstruct.ts'

export interface Recovery {
  /** Cases with a known infector in the list. */
  readonly known: number
  /** The likeliest source was the true one. */
  readonly top1: number
  /** The true one was among the three likeliest. */
  readonly top3: number
  /** Mean probability given to the true source. */
  readonly meanProbability: number
}

/**
 * Counts how often the true infector was found. A count, which needs no source.
 *
 * @param truth Number of the true infector of each case; null where unknown or infected elsewhere (such cases are not counted).
 * @returns Cases with a known infector, and how many of these have it first, and among the first three; the mean chance of the true one.
 * @throws Nothing.
 */
export function recovery(chains: Chains, truth: readonly (number | null)[]): Recovery {
  let known = 0
  let top1 = 0
  let top3 = 0
  let probability = 0
  truth.forEach((infector, number) => {
    if (infector === null) return
    known += 1
    const ranked = chains.infectors(number, Number.POSITIVE_INFINITY)
    const place = ranked.findIndex((candidate) => candidate.source === infector)
    if (place === 0) top1 += 1
    if (place >= 0 && place < 3) top3 += 1
    probability += ranked[place]?.probability ?? 0
  })
  return { known, top1, top3, meanProbability: known === 0 ? Number.NaN : probability / known }
}
