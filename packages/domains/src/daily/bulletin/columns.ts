import { joined } from './lineage.ts'
import type { Claim, Memory } from './remembered.ts'
import { isSmall } from './suppress.ts'

/** Areas that are judged as one, and what was last published of them by line. */
export interface Column {
  readonly areas: readonly number[]
  readonly last: ReadonlyMap<string, number>
  /** They are not published anew, whatever they come to. */
  readonly held: boolean
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)

/** What areas come to. */
export const countOf = (areas: readonly number[], counts: readonly number[] = []): number => sum(areas.map((i) => counts[i] ?? 0))

/** Would areas, published one by one, tell by what was known of them together that so few changed, or nobody did? */
function tells(claims: readonly Claim[], counts: ReadonlyMap<string, readonly number[]>, smallest: number): boolean {
  const steps = claims.map(({ key, areas, count }) => ({ key, now: countOf(areas, counts.get(key)), count }))
  const still = [...counts.keys()].every((key) => {
    const of = steps.filter((one) => one.key === key)
    return of.length > 0 && of.every(({ now, count }) => now === count)
  })
  return still || steps.some(({ now, count }) => isSmall(now, count, smallest))
}

/** What was last known of areas in a line: of as many together as may be, of the others each by itself. */
function lastOf(areas: readonly number[], key: string, { own, claims }: Memory): number | undefined {
  let [left, known] = [areas, [] as readonly number[]]
  for (const one of claims.filter((claim) => claim.key === key).toSorted((a, b) => b.areas.length - a.areas.length))
    if (one.areas.every((i) => left.includes(i))) {
      left = left.filter((i) => !one.areas.includes(i))
      known = [...known, one.count]
    }
  const all = [...known, ...left.flatMap((i) => own[i]?.get(key)?.count ?? [])]
  return all.length === 0 ? undefined : sum(all)
}

/**
 * Each area by itself; those that a reform divided otherwise together and held back, as before it they were known only so, until what they come
 * to changed by at least `smallest` in some line and by so few in none.
 * @param counts by line, of every area
 */
export function columnsOf(memory: Memory, counts: ReadonlyMap<string, readonly number[]>, smallest: number): readonly Column[] {
  const sets = Map.groupBy(memory.claims, ({ areas }) => areas.join(' '))
  const held = [...sets.values()].filter((claims) => tells(claims, counts, smallest)).flatMap(([one]) => (one ? [one.areas] : []))
  const top = joined(held.flatMap((areas) => areas.map((i) => [String(areas[0]), String(i)] as const)))
  const columns = Map.groupBy([...memory.own.keys()], (i) => top(String(i)))
  return [...columns.values()].map((areas) => ({
    areas,
    held: held.some((of) => of.some((i) => areas.includes(i))),
    last: new Map(
      [...counts.keys()].flatMap((key) => {
        const last =
          areas.length === 1 && !held.flat().includes(areas[0] ?? -1)
            ? memory.own[areas[0] ?? -1]?.get(key)?.count
            : lastOf(areas, key, memory)
        return last === undefined ? [] : [[key, last] as const]
      }),
    ),
  }))
}
