import type { Entry } from './entry.ts'
import type { Day } from './fact.ts'

/** An exact share, kept as a fraction in lowest terms (design law 12). */
export interface Fraction {
  readonly numerator: number
  readonly denominator: number
}

export const WHOLE: Fraction = { numerator: 1, denominator: 1 }
export const isWhole = (share: Fraction): boolean => share.numerator === share.denominator

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b))

function reduce(numerator: number, denominator: number): Fraction {
  if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator))
    throw new RangeError(`share ${numerator}/${denominator} is beyond exact arithmetic`)
  const by = gcd(numerator, denominator)
  return { numerator: numerator / by, denominator: denominator / by }
}

export const times = (a: Fraction, b: Fraction): Fraction => reduce(a.numerator * b.numerator, a.denominator * b.denominator)

/** Sum over the least common denominator, so that long chains of splits stay exact. */
export function plus(a: Fraction, b: Fraction): Fraction {
  const by = gcd(a.denominator, b.denominator)
  return reduce(a.numerator * (b.denominator / by) + b.numerator * (a.denominator / by), (a.denominator / by) * b.denominator)
}

const credit = (to: Map<Entry, Fraction>, entry: Entry, share: Fraction) => {
  const before = to.get(entry)
  to.set(entry, before === undefined ? share : plus(before, share))
}

/**
 * Where `entry`, as it was on `then`, has gone by `day`, with shares. A line that ended without an heir is absent, so the shares add
 * up to less than one only in that case. `day` must not lie before `then`.
 */
export function forward(entry: Entry, then: Day, day: Day): Map<Entry, Fraction> {
  const result = new Map<Entry, Fraction>()
  const follow = (at: Entry, since: Day, share: Fraction) => {
    const next = at.successions?.find((one) => one.day > since && one.day <= day)
    if (next === undefined) {
      if (at.lives(day)) credit(result, at, share)
      return
    }
    // Days strictly increase from step to step, which is why this ends.
    for (const heir of next.heirs) follow(heir.entry, next.day, times(share, reduce(heir.parts, next.total)))
  }
  follow(entry, then, WHOLE)
  return result
}

/** The areas living on `then` of which a share has come to `entry` by `day`: the mirror image of {@link forward}. */
export function backward(entry: Entry, day: Day, then: Day): Map<Entry, Fraction> {
  const result = new Map<Entry, Fraction>()
  const follow = (at: Entry, before: Day, share: Fraction) => {
    const inTime = (one: { day: Day }) => one.day > then && one.day < before
    const arrivals = (at.sources ?? []).filter((one) => one.entry !== at && inTime(one))
    const carvings = (at.successions ?? []).filter((one) => inTime(one) && one.heirs.some((heir) => heir.entry === at))
    const days = [...new Set([...arrivals, ...carvings].map((one) => one.day))].sort().reverse()
    let kept = share
    for (const on of days) {
      // What arrives on the day of a carving is not itself carved.
      for (const one of arrivals) if (one.day === on) follow(one.entry, on, times(kept, reduce(one.parts, one.total)))
      for (const one of carvings) {
        const own = one.heirs.find((heir) => heir.entry === at)
        if (one.day === on && own !== undefined) kept = times(kept, reduce(own.parts, one.total))
      }
    }
    if (at.from <= then) credit(result, at, kept)
  }
  if (entry.lives(day)) follow(entry, `${day}~`, WHOLE)
  return result
}
