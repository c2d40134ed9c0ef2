import type { AreaNode, MarkLevel } from '@guatu/client'
import type { Label } from '@guatu/kernel'

/** What is marked on the map: told apart by shape, in colours that stand out from the scale of the figures. */
export interface MarkKind {
  /** The indicator whose figure is marked, by area and day. */
  readonly indicator: string
  readonly label: Label
  /** Shape in a box of 16 by 16, filled by the even-odd rule. */
  readonly path: string
  readonly colour: string
  /** The same on white. */
  readonly paper: string
}

export const MARK_KINDS = [
  {
    indicator: 'command.tasksRed',
    label: { zh: '红灯任务', en: 'Red tasks' },
    path: 'M2 2H14V14H2Z',
    colour: '#ff6b5e',
    paper: '#c62828',
  },
  {
    indicator: 'closures.inForce',
    label: { zh: '实施中的封控', en: 'Closures in force' },
    path: 'M8 1A7 7 0 1 0 8 15A7 7 0 1 0 8 1ZM3.5 6.5H12.5V9.5H3.5Z',
    colour: '#ffd166',
    paper: '#7a4d00',
  },
  {
    indicator: 'monitoring.sites',
    label: { zh: '集中隔离点', en: 'Central sites' },
    path: 'M8 1L15.5 8H13V15H3V8H0.5ZM6.5 10H9.5V15H6.5Z',
    colour: '#7ee0c3',
    paper: '#0b6b52',
  },
] as const satisfies readonly MarkKind[]

/** How many of a kind an area has: all in it, and those that lie in no smaller area that is known. */
export interface Marked {
  readonly kind: MarkKind
  readonly area: string
  readonly all: number
  readonly own: number
}

type Figures = readonly { readonly area: string; readonly value: number }[]

const RANK: Readonly<Record<string, number>> = { county: 1, town: 2, village: 3 }

/**
 * Areas with something to be marked. The books of a county hold those of its towns and villages; the city's hold its own alone, and what a
 * unit of an area has stands in that area's.
 */
export function markedAreas(kind: MarkKind, figures: Figures, areas: ReadonlyMap<string, AreaNode>): readonly Marked[] {
  const below = new Map<string, number>()
  for (const { area, value } of figures) {
    const node = areas.get(area)
    const parent = areas.get(node?.parent ?? '')
    if (node && parent && node.level !== 'unit' && RANK[parent.level] !== undefined)
      below.set(parent.id, (below.get(parent.id) ?? 0) + value)
  }
  return figures.flatMap(({ area, value }) => {
    const node = areas.get(area)
    return value > 0 && node && node.level !== 'unit' ? [{ kind, area, all: value, own: value - (below.get(area) ?? 0) }] : []
  })
}

/** What stands on each area when the map is looked at so closely: areas of that level with all that is in them, larger ones with what lies in none of those. */
export function marksAt(level: MarkLevel, marked: readonly Marked[], areas: ReadonlyMap<string, AreaNode>) {
  const wanted = RANK[level] ?? 0
  const shown = marked.flatMap(({ kind, area, all, own }) => {
    const rank = RANK[areas.get(area)?.level ?? ''] ?? Number.POSITIVE_INFINITY
    const count = rank === wanted ? all : rank < wanted ? own : 0
    return count > 0 ? [{ area, part: { path: kind.path, colour: kind.colour, paper: kind.paper, count } }] : []
  })
  return [...Map.groupBy(shown, (one) => one.area)].map(([area, all]) => ({ area, parts: all.map((one) => one.part) }))
}
