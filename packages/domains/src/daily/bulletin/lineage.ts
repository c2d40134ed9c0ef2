import type { AreaLink, AreaWay } from '@guatu/kernel'
import type { PublicFigures } from './published.ts'

/** Areas of a bulletin, and what is known of how they came about. */
export type Areas = Pick<PublicFigures, 'day' | 'areas' | 'ids' | 'ways' | 'reforms'>

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

/** Older bulletins say between which areas something went over: what went on from there may have come from either. */
const waysOf = ({ ways, reforms }: Areas): readonly AreaWay[] | undefined =>
  ways ??
  reforms?.flatMap((link) => [
    { area: link.from, links: [link] },
    { area: link.from, links: [] },
    { area: link.to, links: [] },
  ])

/** An area of the earlier bulletin of which something lies in an area of the later one. */
type Pair = readonly [was: string, now: string]

/** Of which areas of the earlier bulletin something lies in which of the later one, be it that the earlier one did not know of a reform yet. */
function pairsOf(before: Areas, next: Areas, then: readonly string[], now: readonly string[]): readonly Pair[] {
  const gone = then.filter((id) => !now.includes(id))
  const fresh = now.filter((id) => !then.includes(id))
  const ways = waysOf(next)
  if (ways === undefined) {
    // A report of before reforms stood in it: whatever may belong together is taken to.
    const [one] = [...gone, ...fresh]
    const others = gone.length > 0 && fresh.length > 0 ? [...gone, ...fresh] : [...then, ...now]
    const went = now.map((id): Pair => [id, id])
    return one === undefined
      ? went
      : [
          ...went,
          ...others.flatMap((other): readonly Pair[] => [
            [one, other],
            [other, one],
            [other, other],
          ]),
        ]
  }
  const said = waysOf(before) && new Set(waysOf(before)?.flatMap(({ links }) => links.map(nameOf)))
  const isNew = (link: AreaLink) =>
    said ? !said.has(nameOf(link)) : link.day > before.day || gone.includes(link.from) || fresh.includes(link.to)
  const touched = new Set(ways.flatMap(({ area, links }) => [area, ...links.map(({ to }) => to)]))
  return [
    ...now.flatMap((id): readonly Pair[] => (touched.has(id) ? [] : [[id, id]])),
    ...ways.flatMap(({ area, links }): readonly Pair[] => {
      const end = links.at(-1)?.to ?? area
      const first = links.findIndex(isNew)
      if (first < 0) return [[end, end]]
      // Where one came to be known after a later one, it is not known on which of them the earlier bulletin rests.
      const since = links.slice(first)
      return since.every(isNew) ? [[since[0]?.from ?? end, end]] : [...since.map(({ from }): Pair => [from, end]), [end, end]]
    }),
  ]
}

/** Which areas of a bulletin hold what which areas of the one before held: renamed, merged, split, or with a part that went over. */
export function kinOf(before: Areas, next: Areas): readonly Kin[] {
  const [then, now] = [idsOf(before, next), idsOf(next, before)]
  const [was, is] = [(id: string) => `was ${id}`, (id: string) => `is ${id}`]
  const top = joined(pairsOf(before, next, then, now).map(([one, other]) => [was(one), is(other)] as const))
  const tops = [...new Set([...then.map(was), ...now.map(is)].map(top))]
  return tops.map((one) => ({
    was: then.flatMap((id, i) => (top(was(id)) === one ? [i] : [])),
    now: now.flatMap((id, i) => (top(is(id)) === one ? [i] : [])),
  }))
}
