/** Profile likelihood of a share when the deaths are binomial among the outcomes due, also with doubt about how many are due. */
import type { Interval } from '../../outcome.ts'
import { findRoot, logSumExp, standardNormalQuantile } from '../../statistics/index.ts'

const dropOf = (level: number) => standardNormalQuantile((1 + level) / 2) ** 2 / 2

/**
 * How far the logarithm of `share` = count / (count + rest) falls until the likelihood has dropped by `drop`. At share · e⁻ˣ the likelihood
 * has lost count x − rest log(1 + share (1 − e⁻ˣ) / (1 − share)); the second term never exceeds `count`, which brackets x.
 */
function fallOfLimit(count: number, rest: number, drop: number): number {
  if (count === 0) return Number.POSITIVE_INFINITY
  if (rest === 0) return drop / count
  return findRoot((x) => drop - count * x + rest * Math.log1p((count / rest) * -Math.expm1(-x)), 0, 1.001 + drop / count)
}

/** The share `died` / `due` with its profile likelihood interval; a likelihood that is greatest at 0 or 1 has its limit there. */
export function profile(died: number, due: number, level: number): Interval {
  const survived = Math.max(0, due - died)
  const drop = dropOf(level)
  const estimate = survived === 0 ? 1 : died / due
  // The upper limit is where the share of survivors falls to its own lower one.
  const gain = -Math.expm1(-fallOfLimit(survived, died, drop))
  return {
    estimate,
    lower: estimate * Math.exp(-fallOfLimit(died, survived, drop)),
    upper: survived === 0 ? 1 : Math.min(1, estimate + (survived / due) * gain),
    level,
  }
}

// exp(−40) is far below the distance from 1 to the next number.
const NEXT_TO_ONE = 40
const NEXT_TO_ZERO = -700
const MOST_WORK = 4e6

/**
 * The same where every entry of `due` is equally likely: L(p) = mean_j p^D (1 − p)^(u_j − D). The logarithm of a mean may have several
 * peaks, all between the least and the greatest D / u_j: every change of sign of the slope there is found on a mesh finer than the
 * narrowest peak and then solved to the last figure; the limits are the outermost points that reach the threshold.
 */
export function profileOfMean(died: number, due: readonly number[], level: number): Interval {
  const survived = due.map((u) => Math.max(0, u - died))
  const least = survived.reduce((a, b) => Math.min(a, b))
  const most = survived.reduce((a, b) => Math.max(a, b))
  if (least === most) return profile(died, died + least, level)
  // All in x = log(p / (1 − p)); x = ∞ is p = 1.
  const logDead = (x: number) => (died === 0 ? 0 : -died * Math.log1p(Math.exp(-x)))
  const alive = (x: number) => survived.map((s) => (s === 0 ? 0 : -s * (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)))))
  const value = (x: number) => logDead(x) + logSumExp(alive(x)) - Math.log(due.length)
  /** d value / dx = D (1 − p) − p × mean number of survivors, each delay weighed by its likelihood. */
  const slope = (x: number) => {
    const logs = alive(x)
    const top = logs.reduce((a, b) => Math.max(a, b))
    let [weighed, weight] = [0, 0]
    logs.forEach((log, j) => {
      const share = Math.exp(log - top)
      weight += share
      weighed += share * (survived[j] as number)
    })
    return (died - Math.exp(x) * (weighed / weight)) / (1 + Math.exp(x))
  }
  const drop = dropOf(level)
  const share = (x: number) => 1 / (1 + Math.exp(-x))
  if (died === 0) {
    const height = (x: number) => value(x) + drop
    return { estimate: 0, lower: 0, upper: height(NEXT_TO_ONE) >= 0 ? 1 : share(findRoot(height, NEXT_TO_ZERO, NEXT_TO_ONE)), level }
  }
  const peakOf = (s: number) => Math.min(NEXT_TO_ONE, Math.log(died / s))
  const mesh = meshOver(peakOf(most), peakOf(least), Math.sqrt(Math.min(died, most)), due.length)
  let best = NEXT_TO_ONE
  // Next to 1 the likelihood is that of the delays under which everybody has died.
  let top = least === 0 ? Math.max(value(NEXT_TO_ONE), value(Number.POSITIVE_INFINITY)) : value(NEXT_TO_ONE)
  const consider = (x: number) => {
    const at = value(x)
    if (at > top) {
      top = at
      best = x
    }
  }
  const slopes = mesh.map(slope)
  mesh.forEach((x, k) => {
    consider(x)
    const next = mesh[k + 1]
    if (next !== undefined && (slopes[k] as number) > 0 && (slopes[k + 1] as number) <= 0) consider(findRoot(slope, x, next))
  })
  const height = (x: number) => value(x) - top + drop
  const points = Float64Array.of(...mesh, best).sort()
  const first = points.findIndex((x) => x === best || height(x) >= 0)
  const last = points.findLastIndex((x) => x === best || height(x) >= 0)
  return {
    estimate: best === NEXT_TO_ONE ? 1 : share(best),
    lower: share(findRoot(height, points[first - 1] ?? NEXT_TO_ZERO, points[first] as number)),
    upper: height(NEXT_TO_ONE) >= 0 ? 1 : share(findRoot(height, points[last] as number, points[last + 1] ?? NEXT_TO_ONE)),
    level,
  }
}

/** Even points from one peak to another, four to a standard deviation of the narrowest peak. */
function meshOver(from: number, to: number, sharpness: number, delays: number): number[] {
  const steps = Math.max(64, Math.min(Math.ceil(4 * (to - from) * sharpness), Math.floor(MOST_WORK / delays)))
  return Array.from({ length: steps + 1 }, (_, k) => (k === steps ? to : from + ((to - from) * k) / steps))
}
