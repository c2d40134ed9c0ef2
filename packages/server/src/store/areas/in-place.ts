import type { AreaTree, InPlace } from '@guatu/kernel'

const MOST_REMEMBERED = 20_000

/** Where on a day that lies which some areas were before: see `Places.inPlaceOf`. Asked for every line at a gate, so it is remembered. */
export function inPlace(tree: AreaTree): (areas: readonly string[], day: string, since?: string) => readonly InPlace[] {
  const known = new Map<string, readonly InPlace[]>()
  return (areas, day, since = day) => {
    const key = `${areas.join('/')} ${day} ${since}`
    const found = known.get(key)
    if (found) return found
    if (known.size > MOST_REMEMBERED) known.clear()
    const value = [...placesOf(tree, areas, day, since)]
    known.set(key, value)
    return value
  }
}

function placesOf(tree: AreaTree, areas: readonly string[], day: string, since: string): readonly InPlace[] {
  const view = tree.asOf(day)
  const seen = new Map<string, boolean>()
  const look = (area: string, from: string) => {
    const then = lastSeen(tree, area, from)
    if (then === undefined) return
    const before = tree.asOf(then)
    const asked = (id: string) => areas.some((one) => before.contains(one, id))
    let divided = false
    for (const { id } of tree.successorsOf(area, day, then)) {
      const whole = tree.predecessorsOf(id, day, then).every((one) => asked(one.id))
      seen.set(id, seen.get(id) || whole)
      divided ||= !whole
    }
    // Of what came among others, the grids and buildings are still known.
    if (divided) for (const { id } of before.children(area)) look(id, then)
  }
  for (const area of areas) look(area, since < day ? since : day)
  return [...seen].flatMap(([area, whole]) => {
    const path = view.path(area)
    return path === undefined ? [] : [{ area, path, whole }]
  })
}

/** A day on which an area lived: the one that is asked for, else its last one before; undefined where it had not begun by then. */
function lastSeen(tree: AreaTree, area: string, day: string): string | undefined {
  const last = tree.last(area)
  if (!last || last.from > day) return undefined
  return last.to !== null && last.to <= day ? Temporal.PlainDate.from(last.to).subtract({ days: 1 }).toString() : day
}
