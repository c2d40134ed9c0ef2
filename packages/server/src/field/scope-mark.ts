import { type Actor, type AnyRecord, carriedOf, carriersOf, sealOf } from '@guatu/kernel'
import type { Store } from '../store/store.ts'
import type { HeadArea } from './snapshot-lines.ts'

interface Reached {
  readonly areas: readonly HeadArea[]
  /** Seal of them all. */
  readonly seal: string
}

/** Of one day, by the paths of the grants. A reform swaps the index, and with it all that was computed from it. */
const remembered = new WeakMap<object, { readonly day: string; readonly known: Map<string, Reached> }>()

/** The areas of the grants with what is below them, and what they stand in, so that names can be said in full. */
export function reachedBy({ areas }: Pick<Store, 'areas'>, actor: Actor, day: string): Reached {
  const { index, tree } = areas
  const paths = actor.grants.map((grant) => grant.path)
  const at = remembered.get(index)
  const known = at?.day === day ? at.known : new Map<string, Reached>()
  if (known !== at?.known) remembered.set(index, { day, known })
  const key = [...paths].sort().join(' ')
  const found = known.get(key)
  if (found) return found
  const all = [...tree.asOf(day).nodes()].flatMap((area) => {
    const path = index.path(area.id, day)
    if (path === undefined || area.level === 'unit') return []
    if (!paths.some((one) => path.startsWith(one) || one.startsWith(path))) return []
    return [{ id: area.id, name: area.name, level: area.level, path, county: index.county(area.id, day) ?? area.id }]
  })
  const made = { areas: all, seal: sealOf(all) }
  known.set(key, made)
  return made
}

/** Letters of a seal that make the largest number that a phone reads without loss: 48 bits. */
const LETTERS = 12

/**
 * One number for all that decides which rows a phone is sent today: the grants in force, the areas they reach, and what of each record is
 * carried. Where it differs from the one that a phone has, what lies on that phone is another scope's.
 */
export function scopeMark(actor: Actor, reached: Reached, defs: readonly AnyRecord[]): number {
  const grants = actor.grants.map(({ role, path, unit }) => [role, path, unit ?? ''].join(' ')).sort()
  const carried = defs.map((def) => ({
    record: def.name,
    scope: carriersOf(def, actor),
    fields: carriedOf(def) ?? [],
    rows: def.carried?.rows ?? null,
    aside: def.carried?.aside ?? [],
    above: def.carried?.above ?? false,
    knownBy: def.carried?.knownBy ?? null,
    knownAs: def.fields[def.carried?.knownBy ?? '']?.foundAs?.name ?? null,
  }))
  return Number.parseInt(sealOf({ grants, carried, reached: reached.seal }).slice(0, LETTERS), 16)
}
