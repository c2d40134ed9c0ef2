import type { AnyRecord } from '@guatu/kernel'

type Level = AnyRecord['at']
/** A small county tree that stands still, for tests that are not about areas: city 1, counties 11 and 12, towns 11a…, villages 11a1…. */
const TREE: Readonly<Record<string, readonly [parent: string | null, level: Level]>> = {
  '1': [null, 'city'],
  '11': ['1', 'county'],
  '12': ['1', 'county'],
  '11a': ['11', 'town'],
  '11b': ['11', 'town'],
  '12a': ['12', 'town'],
  '11a1': ['11a', 'village'],
  '11a2': ['11a', 'village'],
  '11b1': ['11b', 'village'],
  '12a1': ['12a', 'village'],
}

const chain = (area: string): string[] => {
  const out: string[] = []
  for (let at: string | null = area; at !== null && TREE[at]; at = TREE[at]?.[0] ?? null) out.push(at)
  return out
}
const path = (area: string) => (TREE[area] ? `${chain(area).reverse().join('/')}/` : undefined)

export const VILLAGES = ['11a1', '11a2', '11b1', '12a1'] as const

export const places = {
  path,
  currentPath: path,
  heir: () => undefined,
  wholes: () => ['1/'],
  inPlaceOf: (areas: readonly string[]) => areas.flatMap((area) => (TREE[area] ? [{ area, path: path(area) ?? '', whole: true }] : [])),
  heirs: (area: string) => (TREE[area] ? [area] : []),
  name: (area: string) => (TREE[area] ? area : undefined),
  county: (area: string) => chain(area).find((id) => TREE[id]?.[1] === 'county') ?? chain(area).at(-1),
  level: (area: string) => TREE[area]?.[1],
  lineage: {
    at: (area: string) => {
      const up = chain(area)
      const top = up.findIndex((id) => TREE[id]?.[1] === 'county')
      return top < 0 ? up : up.slice(0, top + 1)
    },
    changes: () => [],
  },
}
