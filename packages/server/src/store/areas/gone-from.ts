import type { AreaTree } from '@guatu/kernel'

const MOST_REMEMBERED = 20_000
const remembered = new WeakMap<AreaTree, Map<string, readonly string[]>>()

/**
 * Paths on a day of what lay below an area after `since` and has gone elsewhere by reforms, in part or whole, down to the grids. Asked for every key
 * of a book of a gate, so it is remembered.
 */
export function goneFrom(tree: AreaTree, area: string, day: string, since: string): readonly string[] {
  const known = remembered.get(tree) ?? new Map<string, readonly string[]>()
  remembered.set(tree, known)
  const key = `${area} ${day} ${since}`
  const found = known.get(key)
  if (found) return found
  if (known.size > MOST_REMEMBERED) known.clear()
  const value = pathsGone(tree, area, day, since)
  known.set(key, value)
  return value
}

function pathsGone(tree: AreaTree, area: string, day: string, since: string): readonly string[] {
  const view = tree.asOf(day)
  const stays = view.path(area)
  const gone = new Set<string>()
  const look = (id: string, then: string) => {
    for (const below of tree.belowFrom(id, then)) {
      if (below.level === 'building' || below.from > day) continue
      const from = below.from > then ? below.from : then
      for (const heir of tree.successorsOf(below.id, day, from)) {
        const path = view.path(heir.id)
        if (path !== undefined && (stays === undefined || !path.startsWith(stays))) gone.add(path)
      }
      look(below.id, from)
    }
  }
  look(area, since)
  return [...gone].filter((path) => ![...gone].some((other) => other !== path && path.startsWith(other)))
}
