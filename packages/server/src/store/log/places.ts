import type { Lineage, Places } from '@guatu/kernel'

/** Where what an area left behind belongs, and the first day on which the area was no more. */
export interface Heir {
  readonly area: string
  readonly day: string
}

/** What deciding and posting need to know of areas; the tree is swapped whole when a reform is confirmed. */
export interface AreaIndex extends Places {
  readonly lineage: Lineage
  /** Path by which an area is found today, or on `day`, whatever day it stems from; undefined for an unknown area. */
  currentPath(area: string, day?: string): string | undefined
  /** Who took over, with the largest share, from an area that has ended by today; undefined for one that lives, or left nobody. */
  heir(area: string): Heir | undefined
  /** Paths of the areas that together hold all others today. */
  wholes(): readonly string[]
}
