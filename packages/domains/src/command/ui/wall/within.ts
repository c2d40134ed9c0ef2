import type { AreaNode } from '@guatu/client'

/** The area itself or the nearest one around it that is of this level. */
export function withinOf(areas: ReadonlyMap<string, AreaNode>, area: string | undefined, level: string): string | undefined {
  for (let one = areas.get(area ?? ''); one; one = areas.get(one.parent ?? '')) if (one.level === level) return one.id
  return undefined
}
