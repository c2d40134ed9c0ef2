import type { AreaLink } from '@guatu/kernel'
import type { PublicFigures } from './published.ts'

/** Areas of a bulletin, and what is known of how they came about. */
export type Areas = Pick<PublicFigures, 'day' | 'areas' | 'ids' | 'reforms'>

/** Areas that together hold what areas of the bulletin before held, by number. One alone on both sides went on, however it is called. */
export interface Kin {
  readonly was: readonly number[]
  readonly now: readonly number[]
}

/** Older bulletins have names only. */
const idsOf = ({ areas, ids }: Areas, like: Areas): readonly string[] =>
  ids ?? areas.map((name) => like.ids?.[like.areas.indexOf(name)] ?? name)

/** Joins what belongs together. @returns of each the one that stands for all of its own */
export function joined(pairs: readonly (readonly [string, string])[]): (one: string) => string {
  const above = new Map<string, string>()
  const top = (one: string) => {
    let at = one
    for (let next = above.get(at); next !== undefined; next = above.get(at)) at = next
    return at
  }
  for (const [one, other] of pairs) {
    const [a, b] = [top(one), top(other)]
    if (a !== b) above.set(a, b)
  }
  return top
}

const nameOf = ({ day, from, to }: AreaLink) => `${day} ${from} ${to}`

/** Pairs of areas of which something went over between two bulletins, be it that the earlier one did not know of the reform yet. */
function linksOf(before: Areas, next: Areas, then: readonly string[], now: readonly string[]): readonly (readonly [string, string])[] {
  const gone = then.filter((id) => !now.includes(id))
  const fresh = now.filter((id) => !then.includes(id))
  const [one] = [...gone, ...fresh]
  if (next.reforms === undefined) {
    // A report of before reforms stood in it: whatever may belong together is taken to.
    const others = gone.length > 0 && fresh.length > 0 ? [...gone, ...fresh] : [...then, ...now]
    return one === undefined ? [] : others.map((other) => [one, other] as const)
  }
  const said = before.reforms && new Set(before.reforms.map(nameOf))
  return next.reforms
    .filter((link) => (said ? !said.has(nameOf(link)) : link.day > before.day || gone.includes(link.from) || fresh.includes(link.to)))
    .map(({ from, to }) => [from, to] as const)
}

/** Which areas of a bulletin hold what which areas of the one before held: renamed, merged, split, or with a part that went over. */
export function kinOf(before: Areas, next: Areas): readonly Kin[] {
  const [then, now] = [idsOf(before, next), idsOf(next, before)]
  const top = joined(linksOf(before, next, then, now))
  const of = (ids: readonly string[], one: string) => ids.flatMap((id, i) => (top(id) === one ? [i] : []))
  return [...new Set([...then, ...now].map(top))].map((one) => ({ was: of(then, one), now: of(now, one) }))
}
