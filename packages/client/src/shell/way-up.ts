import type { AreaNode } from '../api/types.ts'

type Areas = ReadonlyMap<string, Pick<AreaNode, 'id' | 'parent'>>

/** Way up from an area, itself first. */
export function wayUp(areas: Areas, id: string): readonly string[] {
  const out: string[] = []
  for (let at = areas.get(id); at; at = at.parent === null ? undefined : areas.get(at.parent)) out.push(at.id)
  return out
}

/** Does an area lie in one of these, or is it one of them? */
export const liesIn = (areas: Areas, id: string, among: ReadonlySet<string>): boolean =>
  among.has(id) || wayUp(areas, id).some((one) => among.has(one))
