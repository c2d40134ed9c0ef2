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

/** A claim after a reform: of the areas that became of its own, and of those that they were mixed with. */
function claimAfter(claim: Claim, own: readonly Said[], kin: readonly Kin[]): Claim {
  const met = kin.filter(({ was }) => was.some((i) => claim.areas.includes(i)))
  const areas = met.flatMap(({ now }) => now)
  if (met.every(({ was, now }) => was.length === 1 && now.length === 1))
    return { ...claim, areas, renewed: met.flatMap(({ was, now }) => (was.some((i) => claim.renewed.includes(i)) ? now : [])) }
  const others = met.flatMap(({ was }) => was).filter((i) => !claim.areas.includes(i))
  return { key: claim.key, areas, renewed: [], ...sumOf([claim, ...others.map((i) => own[i]?.get(claim.key))]) }
}

/** The memory of a bulletin, as its areas are divided otherwise in the next. */
function carried({ own, claims }: Memory, before: Areas, next: Areas): Memory {
  const kin = kinOf(before, next)
  const mine = next.areas.map((_, i) => {
    const whence = kin.find(({ now }) => now.includes(i))
    const said = sumsOf((whence?.was ?? []).map((k) => own[k] ?? NOTHING))
    if (whence?.now.length === 1) return new Map(said)
    // What of an area went over is not known; of areas that came to nothing together each came to nothing.
    const noughts = [...said].filter(([, { count, day }]) => count === 0 && day !== undefined)
    return new Map([...noughts, ...(own[before.ids?.indexOf(next.ids?.[i] ?? '') ?? -1] ?? NOTHING)])
  })
  const divided = kin
    .filter(({ now }) => now.length > 1)
    .flatMap(({ was, now }) =>
      [...sumsOf(was.map((k) => own[k] ?? NOTHING))].map(([key, said]): Claim => ({ key, areas: now, renewed: [], ...said })),
    )
  const kept = claims.map((one) => claimAfter(one, own, kin)).filter(({ areas }) => areas.length > 0)
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
