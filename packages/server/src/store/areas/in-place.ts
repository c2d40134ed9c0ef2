import { type AreaLevel, type AreaTree, type AreaView, areasOf, type InPlace } from '@guatu/kernel'

const MOST_REMEMBERED = 20_000

/** Where on a day that lies which some areas were before: see `Places.inPlaceOf`. Asked for every line at a gate, so it is remembered. */
export function inPlace(tree: AreaTree): (areas: readonly string[], day: string, since?: string) => readonly InPlace[] {
  const known = new Map<string, readonly InPlace[]>()
  return (areas, day, since = day) => {
    const key = `${areas.join('/')} ${day} ${since}`
    const found = known.get(key)
    if (found) return found
    if (known.size > MOST_REMEMBERED) known.clear()
    const value = placesOf(tree, areas, day, since)
    known.set(key, value)
    return value
  }
}

/** Of what is kept in an area all was asked for, or a part of it, or nothing. */
type Share = 'all' | 'part' | 'none'

/** Nobody asks what came to or left a part of such an area, unless it was divided: its parts are many. */
const WIDE: readonly AreaLevel[] = ['province', 'city', 'county', 'town']

function placesOf(tree: AreaTree, areas: readonly string[], day: string, since: string): readonly InPlace[] {
  const view = tree.asOf(day)
  const from = since < day ? since : day
  const lived = new Map(areas.flatMap((area) => [[area, lastSeen(tree, area, from)] as const]).filter(isSeen))
  const days = [...new Set(lived.values())]
  const shareOf = (id: string): Share => {
    const shares = days.map((then) => shareOn(tree, areas, id, day, then))
    return shares.find((one) => one === 'all') ?? shares.find((one) => one === 'part') ?? 'none'
  }
  const found = new Map<string, Share>()
  const meet = (id: string) => {
    if (!found.has(id)) found.set(id, shareOf(id))
    return found.get(id) === 'all'
  }
  const look = (area: string, then: string) => {
    const heirs = tree.successorsOf(area, day, then)
    let divided = false
    for (const { id } of heirs) {
      const wide = WIDE.includes(view.get(id)?.level ?? 'building')
      divided ||= !meet(id)
      // What came to lie there, of whatever is known by itself.
      if (!wide && then < day) for (const below of view.descendants(id)) meet(below.id)
    }
    // What lay there and may have gone elsewhere.
    if (then < day && (divided || !WIDE.includes(tree.last(area)?.level ?? 'building')))
      for (const below of tree.belowFrom(area, then)) look(below.id, below.from > then ? below.from : then)
  }
  for (const [area, then] of lived) look(area, then)
  return marked(view, found)
}

const isSeen = (one: readonly [string, string | undefined]): one is readonly [string, string] => one[1] !== undefined

/** How much of what is kept in an area on a day was in one of the areas asked for: what began since is of where it began. */
function shareOn(tree: AreaTree, areas: readonly string[], id: string, day: string, then: string): Share {
  const sources = tree.predecessorsOf(id, day, then)
  const [born] = tree.history(id)
  if (sources.length === 0)
    return born === undefined || born.parent === null || born.from <= then ? 'none' : shareOn(tree, areas, born.parent, born.from, then)
  const before = tree.asOf(then)
  const asked = sources.filter((one) => areas.some((area) => before.contains(area, one.id))).length
  return asked === 0 ? 'none' : asked === sources.length ? 'all' : 'part'
}

/** The areas that differ from what they lie in, each once: those of which something was asked for, without those of which nothing was. */
function marked(view: AreaView, shares: ReadonlyMap<string, Share>): readonly InPlace[] {
  const out = new Map<string, { area: string; path: string; whole: boolean; without: string[] }>()
  const paths = [...shares].flatMap(([area, share]) => {
    const path = view.path(area)
    return path === undefined ? [] : [{ area, path, share, above: areasOf(path).slice(0, -1).reverse() }]
  })
  for (const { area, path, share, above } of paths.toSorted((a, b) => a.path.length - b.path.length)) {
    const around = above.find((id) => shares.has(id))
    if (share === (around === undefined ? 'none' : shares.get(around))) continue
    const within = out.get(above.find((id) => out.has(id)) ?? '')
    // Where nobody can tell any more who came from where, whoever came may be put into any part of it.
    if (share === 'none' && within?.whole) within.without.push(path)
    if (share === 'none') continue
    out.set(area, { area, path, whole: share === 'all', without: [] })
  }
  return [...out.values()].map(({ without, ...place }) => (without.length > 0 ? { ...place, without } : place))
}

/** A day on which an area lived: the one that is asked for, else its last one before; undefined where it had not begun by then. */
function lastSeen(tree: AreaTree, area: string, day: string): string | undefined {
  const last = tree.last(area)
  if (!last || last.from > day) return undefined
  return last.to !== null && last.to <= day ? Temporal.PlainDate.from(last.to).subtract({ days: 1 }).toString() : day
}
