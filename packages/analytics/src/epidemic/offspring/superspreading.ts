/** What R and k mean for control: how few cases cause most infections, and whether an introduction dies out. */
import { demand } from '../../outcome.ts'
import { findRoot, gammaCdf, gammaQuantile, negativeBinomialMass } from '../../statistics/index.ts'

function checkLaw(reproduction: number, dispersion: number): void {
  demand(reproduction > 0 && dispersion > 0, 'offspring-law-invalid', '再生数和离散系数应大于 0', 'R and k must be above 0')
}

/**
 * Share of cases that cause `share` of all infections, the greatest infectors first (A. Endo et al. 2020,
 * doi:10.12688/wellcomeopenres.15842.3). 0.8 asks for the "80 % from x %" rule. Cases are negative binomial with mean R and dispersion k.
 *
 * @param reproduction R, infections of a case on average.
 * @param dispersion k; the smaller, the fewer cause most.
 * @returns A share between 0 and 1.
 * @throws InputError `offspring-law-invalid` unless both are above 0.
 */
export function casesBehind(reproduction: number, dispersion: number, share = 0.8): number {
  checkLaw(reproduction, dispersion)
  // x NB(x; R, k) / R is NB(x − 1) with size k + 1 and mean R (k + 1) / k: walk up until the least infectors have caused 1 − share.
  let left = 1 - share
  let below = 0
  for (let x = 0; ; x += 1) {
    const caused = x === 0 ? 0 : negativeBinomialMass(x - 1, (reproduction * (dispersion + 1)) / dispersion, dispersion + 1)
    const mass = negativeBinomialMass(x, reproduction, dispersion)
    if (x > 0 && caused >= left) return 1 - below - mass * (left / caused)
    left -= caused
    below += mass
  }
}

/**
 * Share of infections that the most infectious `share` of cases cause, by their expected numbers (Lloyd-Smith 2005): the "x % from 20 %"
 * rule. 1 − G(g; k + 1, k) with g the 1 − share quantile of a gamma law of shape and rate k. Source: J. O. Lloyd-Smith et al. 2005,
 * doi:10.1038/nature04153.
 *
 * @param dispersion k.
 * @param share Share of the cases, 0 to 1.
 * @returns A share between 0 and 1.
 * @throws InputError `offspring-law-invalid` unless k is above 0.
 */
export function infectionsFrom(dispersion: number, share = 0.2): number {
  checkLaw(1, dispersion)
  return 1 - gammaCdf(gammaQuantile(1 - share, dispersion, dispersion), dispersion + 1, dispersion)
}

/**
 * Share of infections that happen in events (one case's offspring) of at least `size`. 1 − Σ_(x < size) x NB(x; R, k) / R, by the law of J.
 * O. Lloyd-Smith et al. 2005, doi:10.1038/nature04153.
 *
 * @param reproduction R.
 * @param dispersion k.
 * @param size Least offspring of such a case, 1 or more.
 * @returns A share between 0 and 1.
 * @throws InputError `offspring-law-invalid` unless R and k are above 0.
 */
export function infectionsInClusters(reproduction: number, dispersion: number, size: number): number {
  checkLaw(reproduction, dispersion)
  let smaller = 0
  for (let x = 1; x < size; x += 1) smaller += negativeBinomialMass(x - 1, (reproduction * (dispersion + 1)) / dispersion, dispersion + 1)
  return 1 - smaller
}

/**
 * Chance that `introductions` independent cases start no lasting outbreak: smallest root of s = (1 + R (1 − s) / k)^(−k), to the power of
 * the introductions. Source: J. O. Lloyd-Smith et al. 2005, doi:10.1038/nature04153.
 *
 * @param reproduction R; at 1 and below every outbreak dies out.
 * @param dispersion k.
 * @param introductions Cases that arrive, each by itself.
 * @returns A chance between 0 and 1.
 * @throws InputError `offspring-law-invalid` unless R and k are above 0.
 */
export function extinctionChance(reproduction: number, dispersion: number, introductions = 1): number {
  checkLaw(reproduction, dispersion)
  if (reproduction <= 1) return 1
  // With q = 1 − s the root near s = 1 is at q = 0 and is left out by starting above it; the function is concave in q, so one root is left.
  const gap = (q: number) => -Math.expm1(-dispersion * Math.log1p((reproduction * q) / dispersion)) - q
  let low = 0.5
  while (gap(low) <= 0) low /= 2
  return (1 - findRoot(gap, low, 1)) ** introductions
}
