import type { Lineage, Places } from '@guatu/kernel'

/** What deciding and posting need to know of areas; the tree is swapped whole when a reform is confirmed. */
export interface AreaIndex extends Places {
  readonly lineage: Lineage
  /** Path by which an area is found today, whatever day it stems from; undefined for an unknown area. */
  currentPath(area: string): string | undefined
  /** What an area is, or was last, called. */
  name(area: string): string | undefined
}
