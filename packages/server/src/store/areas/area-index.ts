import type { AnyRecord, AreaShare, AreaTree, LineageChange } from '@guatu/kernel'
import type { AreaIndex, Heir } from '../log/places.ts'
import { inPlace } from './in-place.ts'
import { wholesOn } from './wholes.ts'

const MOST_REMEMBERED = 200_000

/** Remembers answers, because a batch asks for the same few areas and days again and again; forgets all when there are too many. */
function remembered<T>(compute: (area: string, day: string) => T): (area: string, day: string) => T {
  const known = new Map<string, Map<string, T>>()
  let size = 0
  let last: { readonly day: string; readonly answers: Map<string, T> } | undefined
  return (area, day) => {
    const ofDay = last?.day === day ? last.answers : known.get(day)
    const found = ofDay?.get(area)
    if (found !== undefined || ofDay?.has(area)) {
      if (ofDay && last?.answers !== ofDay) last = { day, answers: ofDay }
      return found as T
    }
    if (size > MOST_REMEMBERED) {
      known.clear()
      last = undefined
      size = 0
    }
    const value = compute(area, day)
    const kept = known.get(day) ?? new Map<string, T>()
    known.set(day, kept.set(area, value))
    size += 1
    return value
  }
}

/** What the write path asks of the area tree, answered from the tree of the day. */
export function areaIndex(tree: AreaTree, today: () => string): AreaIndex {
  const ancestors = remembered((area, day) => tree.asOf(day).ancestors(area))
  const path = remembered((area, day) => tree.asOf(day).path(area))
  const county = remembered((area, day) => {
    const up = ancestors(area, day)
    return (up.find((one) => one.level === 'county') ?? up.find((one) => one.level === 'city') ?? up.at(-1))?.id
  })
  const level = remembered((area, day) => {
    const found = tree.asOf(day).get(area)?.level
    return found === 'unit' ? unitLevel(tree, area, day) : found
  })
  const lineageAt = remembered((area, day) => {
    const up = ancestors(area, day)
    if (up.length === 0) {
      // An area that is gone (or not yet there) on the day keeps the books it had when it was last seen.
      const last = tree.last(area)
      const end = last?.to ? eve(last.to) : last?.from
      return end === undefined || end === day ? [area] : toCounty(tree.asOf(end).ancestors(area))
    }
    return toCounty(up)
  })
  const changes = remembered((area) => lineageChanges(tree, area, lineageAt))
  const end = remembered((area) => tree.last(area)?.to ?? null)
  const heirs = remembered((area, day) => heirsOf(tree, area, day))
  const heirAt = remembered((area, day) => heirOf(tree, area, day))
  const wholes = remembered((_area, day) => wholesOn(tree, day))
  const heir = (area: string) => (end(area, '') === null ? undefined : heirAt(area, today()))
  const current = remembered((area, day) => {
    const now = tree.asOf(day).path(area)
    if (now !== undefined) return now
    let last = heirAt(area, day)
    for (let next = last; next; next = heirAt(next.area, day)) last = next
    const under = last && tree.asOf(day).path(last.area)
    return under === undefined ? undefined : `${under}${area}/`
  })
  return {
    path,
    county,
    level,
    lineage: { at: lineageAt, changes: (area) => changes(area, '') },
    name: (area) => tree.known(area, today())?.name,
    currentPath: (area, day = today()) => current(area, day),
    heir,
    wholes: () => wholes('', today()),
    heirs,
    inPlaceOf: inPlace(tree),
  }
}

/** Of several heirs the one with the largest share, as the move table has it. */
function heirOf(tree: AreaTree, area: string, day: string): Heir | undefined {
  const to = tree.last(area)?.to
  if (to === undefined || to === null || to > day) return undefined
  const [first] = byShare(tree.successorsOf(area, to, eve(to)))
  return first && { area: first.id, day: to }
}

const byShare = (heirs: readonly AreaShare[]): readonly AreaShare[] =>
  heirs.toSorted((a, b) => b.numerator * a.denominator - a.numerator * b.denominator)

function heirsOf(tree: AreaTree, area: string, day: string): readonly string[] {
  if (tree.asOf(day).path(area) !== undefined) return [area]
  const to = tree.last(area)?.to
  if (to === undefined || to === null || to > day) return []
  return byShare(tree.successorsOf(area, day, eve(to))).map(({ id }) => id)
}

/** A body stands at the level of the land it belongs to. */
function unitLevel(tree: AreaTree, area: string, day: string): AnyRecord['at'] | 'building' | undefined {
  const land = tree
    .asOf(day)
    .ancestors(area)
    .find((one) => one.level !== 'unit')?.level
  return land === 'unit' ? undefined : land
}

/** Up to the county; what stands above the counties keeps its books up to the city, and the counties are added when they are read. */
const toCounty = (up: readonly { readonly id: string; readonly level: string }[]): readonly string[] => {
  const county = up.findIndex((one) => one.level === 'county')
  const top = county < 0 ? up.findIndex((one) => one.level === 'city') : county
  return (top < 0 ? up : up.slice(0, top + 1)).map((one) => one.id)
}

const eve = (day: string): string => Temporal.PlainDate.from(day).subtract({ days: 1 }).toString()

/** The days of an area's life on which it, or something above it, came under another parent in a way that its books feel. */
function lineageChanges(tree: AreaTree, area: string, at: (area: string, day: string) => readonly string[]): readonly LineageChange[] {
  const last = tree.last(area)
  if (!last) return []
  const days = new Set<string>()
  const waiting = [area]
  const seen = new Set<string>()
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (seen.has(id)) continue
    seen.add(id)
    for (const period of tree.history(id)) {
      days.add(period.from)
      if (period.parent !== null) waiting.push(period.parent)
    }
  }
  const out: LineageChange[] = []
  for (const day of [...days].sort()) {
    if (day <= last.from || (last.to !== null && day >= last.to)) continue
    const before = at(area, eve(day))
    const after = at(area, day)
    const lost = before.filter((one) => !after.includes(one))
    const gained = after.filter((one) => !before.includes(one))
    if (lost.length > 0 || gained.length > 0) out.push({ day, lost, gained })
  }
  return out
}
