import { type Areas, type Kin, kinOf } from './lineage.ts'
import type { PublicFigures } from './published.ts'

/** What was last published of areas, added up: of several days it has none, and is remembered and not printed. */
export interface Remembered {
  readonly count: number
  readonly day: string | undefined
}

/** By line. */
type Said = ReadonlyMap<string, Remembered>

/** What some areas came to together in a line before a reform divided them otherwise. */
export interface Claim extends Remembered {
  readonly key: string
  readonly areas: readonly number[]
  /** Those of them that were published anew since then. */
  readonly renewed: readonly number[]
}

/** What everybody remembers of the areas of a bulletin, by number. */
export interface Memory {
  readonly own: readonly Said[]
  readonly claims: readonly Claim[]
}

const NOTHING: Said = new Map()

/** What counts come to: of a day where all are of it. */
function sumOf(known: readonly (Remembered | undefined)[]): Remembered {
  const [day, ...others] = new Set(known.map((one) => one?.day))
  return { count: known.reduce((sum, one) => sum + (one?.count ?? 0), 0), day: others.length === 0 ? day : undefined }
}

function sumsOf(parts: readonly Said[]): Said {
  const keys = new Set(parts.flatMap((one) => [...one.keys()]))
  return new Map([...keys].map((key) => [key, sumOf(parts.map((one) => one.get(key)))]))
}

/** Areas of which the last figure is of what they were before a reform: how they are divided now is known only of all of a claim together. */
const staleIn = (claims: readonly Claim[], key: string) => (i: number) =>
  claims.some((one) => one.key === key && one.areas.includes(i) && !one.renewed.includes(i))

/** A claim after a reform: of the areas that became of its own, and of those that they were mixed with, be it with what is claimed of these. */
function claimAfter(claim: Claim, { own, claims }: Memory, kin: readonly Kin[]): Claim {
  const metBy = (areas: readonly number[]) => kin.filter(({ was }) => was.some((i) => areas.includes(i)))
  const alone = metBy(claim.areas)
  if (alone.every(({ was, now }) => was.length === 1 && now.length === 1)) {
    const after = (of: readonly number[]) => alone.flatMap(({ was, now }) => (was.some((i) => of.includes(i)) ? now : []))
    return { ...claim, areas: after(claim.areas), renewed: after(claim.renewed) }
  }
  const isStale = staleIn(claims, claim.key)
  const [known, areas]: [(Remembered | undefined)[], Set<number>] = [[claim], new Set(claim.areas)]
  // What is mixed in brings what it is mixed with.
  const mixedIn = () => metBy([...areas]).flatMap(({ was }) => was.filter((i) => !areas.has(i)))[0]
  for (let one = mixedIn(); one !== undefined; one = mixedIn()) {
    const at = one
    const whole = claims.find((other) => other.key === claim.key && other.areas.includes(at) && other.areas.every((i) => !areas.has(i)))
    const joins = isStale(at) ? whole : undefined
    known.push(joins ?? own[at]?.get(claim.key))
    for (const i of joins?.areas ?? [at]) areas.add(i)
  }
  return { key: claim.key, areas: metBy([...areas]).flatMap(({ now }) => now), renewed: [], ...sumOf(known) }
}

/** The memory of a bulletin, as its areas are divided otherwise in the next. */
function carried(memory: Memory, before: Areas, next: Areas): Memory {
  const { own, claims } = memory
  const kin = kinOf(before, next)
  /** What areas came to together, as far as it is known of how they were divided last. */
  const together = (was: readonly number[]) =>
    [...sumsOf(was.map((k) => own[k] ?? NOTHING))].filter(([key]) => was.length === 1 || !was.some(staleIn(claims, key)))
  const mine = next.areas.map((_, i) => {
    const whence = kin.find(({ now }) => now.includes(i))
    const said = together(whence?.was ?? [])
    if (whence?.now.length === 1) return new Map(said)
    // What of an area went over is not known; of areas that came to nothing together each came to nothing.
    const noughts = [...said].filter(([, { count, day }]) => count === 0 && day !== undefined)
    return new Map([...noughts, ...(own[before.ids?.indexOf(next.ids?.[i] ?? '') ?? -1] ?? NOTHING)])
  })
  const divided = kin
    .filter(({ now }) => now.length > 1)
    .flatMap(({ was, now }) =>
      together(was)
        .filter(([key]) => !was.some(staleIn(claims, key)))
        .map(([key, said]): Claim => ({ key, areas: now, renewed: [], ...said })),
    )
  const kept = claims.map((one) => claimAfter(one, memory, kin)).filter(({ areas }) => areas.length > 0)
  for (const { key, areas, count, day } of kept) {
    const alone = areas.length === 1 ? mine[areas[0] ?? -1] : undefined
    if (alone && !alone.has(key)) alone.set(key, { count, day })
  }
  return { own: mine, claims: [...divided, ...kept] }
}

/** The memory after a bulletin was read. Areas are known each by itself as soon as each was published anew, or is known to be nought. */
function read({ own, claims }: Memory, { lines, day }: PublicFigures, stocks: readonly string[]): Memory {
  const renewed = new Set<string>()
  const mine = own.map((said, i) => {
    const next = new Map(said)
    for (const { key, parts, partDays } of lines) {
      const count = parts[i]
      if (!stocks.includes(key) || count === null || count === undefined) continue
      const now = { count, day: partDays?.[i] ?? day }
      const last = said.get(key)
      if (last?.count === now.count && last.day === now.day) continue
      next.set(key, now)
      renewed.add(`${i} ${key}`)
    }
    return next
  })
  return {
    own: mine,
    claims: claims
      .map((one) => ({ ...one, renewed: one.areas.filter((i) => one.renewed.includes(i) || renewed.has(`${i} ${one.key}`)) }))
      .filter(({ areas, key, count, renewed: met }) =>
        areas.some((i) => !met.includes(i) && !(count === 0 && mine[i]?.get(key)?.count === 0)),
      ),
  }
}

/**
 * What everybody remembers of areas when they read of them next: what was last published of each, through renaming and merging; where a reform
 * divided areas otherwise, what those came to together before it.
 * @param bulletins that were published, the last at the end
 * @param stocks lines of which figures are carried from one to the next
 */
export function remembered(bulletins: readonly PublicFigures[], next: Areas, stocks: readonly string[]): Memory {
  const [first, ...rest] = bulletins
  const none = (areas: Areas): Memory => ({ own: areas.areas.map(() => NOTHING), claims: [] })
  if (!first) return none(next)
  let [memory, last] = [read(none(first), first, stocks), first]
  for (const one of rest) {
    memory = read(carried(memory, last, one), one, stocks)
    last = one
  }
  return carried(memory, last, next)
}
