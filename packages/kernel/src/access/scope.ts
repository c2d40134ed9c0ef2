import type { Permit, Role } from './roles.ts'

/** One role given to one account: for an area (by its path) and, where the role works for a body, a unit. */
export interface Grant {
  readonly role: Role
  /** Materialised path of the granted area, e.g. `51/5119/511902/`; a record lies inside when its path starts with it. */
  readonly path: string
  readonly unit?: string
}

/** Who acts: an account with its grants. `system` acts by rule (lapsing orders, due dates), never by a person's hand. */
export interface Actor {
  readonly id: string
  readonly name: string
  readonly grants: readonly Grant[]
  readonly system?: boolean
  /** The person concerned, by a link made for that person: may do what actions call `self`, and read nothing. */
  readonly self?: boolean
}

/**
 * What an actor may reach, as data: the server compiles it into the SQL of every query, the oracle below evaluates it, and a
 * property test holds the two against each other.
 */
export interface Scope {
  readonly all: boolean
  readonly paths: readonly string[]
  /** Paths of areas that contain a granted one: what stands right there, not what stands elsewhere below. */
  readonly above?: readonly string[]
  readonly units: readonly string[]
  /** What is not out yet: in these states a record is also to lie inside this narrower scope. */
  readonly drafts?: { readonly states: readonly string[]; readonly scope: Scope }
}

/** Who acts where nobody does: duties, reforms, demonstrations. */
export const SYSTEM: Actor = { id: 'system', name: 'system', grants: [], system: true }

export const NOTHING: Scope = { all: false, paths: [], units: [] }
export const EVERYTHING: Scope = { all: true, paths: [], units: [] }

/** Areas already inside another granted area add nothing; the rest stays sorted so that equal scopes are equal values. */
function outermost(paths: readonly string[]): string[] {
  const sorted = [...new Set(paths)].sort()
  return sorted.filter((path, i) => !sorted.slice(0, i).some((outer) => path.startsWith(outer)))
}

const scopes = new WeakMap<Actor, WeakMap<Permit, Scope>>()

/** The union of what all grants of an actor permit. Answers are kept: each act of a delivery asks the same of the same actor. */
export function scopeOf(permit: Permit, actor: Actor): Scope {
  if (actor.system) return EVERYTHING
  const ofActor = scopes.get(actor) ?? new WeakMap<Permit, Scope>()
  scopes.set(actor, ofActor)
  const known = ofActor.get(permit)
  if (known) return known
  const made = permitted(permit, actor)
  ofActor.set(permit, made)
  return made
}

function permitted(permit: Permit, actor: Actor): Scope {
  const paths: string[] = []
  const above: string[] = []
  const units: string[] = []
  for (const grant of actor.grants) {
    const reach = permit[grant.role]
    if (reach === 'all') return EVERYTHING
    if (reach === 'area' || reach === 'area-and-above' || reach === 'area-or-unit') paths.push(grant.path)
    if (reach === 'area-and-above') above.push(...containing(grant.path))
    if ((reach === 'unit' || reach === 'area-or-unit') && grant.unit !== undefined) units.push(grant.unit)
  }
  return made(paths, above, units)
}

/** Paths of the areas that contain the one at a path. */
const containing = (path: string): readonly string[] => [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index + 1)).slice(0, -1)

function made(paths: readonly string[], above: readonly string[], units: readonly string[]): Scope {
  const inside = outermost(paths)
  const over = [...new Set(above)].filter((one) => !inside.some((path) => one.startsWith(path))).sort()
  return { all: false, paths: inside, ...(over.length > 0 ? { above: over } : {}), units: [...new Set(units)].sort() }
}

/** The same permit for what others did: an act that somebody may do anywhere is theirs to set right anywhere only where they did it. */
export const onOthers = (permit: Permit): Permit =>
  Object.fromEntries(Object.entries(permit).map(([role, reach]) => [role, reach === 'all' ? 'area' : reach]))

/** What lies inside one scope or the other. */
export const union = (one: Scope, other: Scope): Scope =>
  one.all || other.all
    ? EVERYTHING
    : made([...one.paths, ...other.paths], [...(one.above ?? []), ...(other.above ?? [])], [...one.units, ...other.units])

export const isEmpty = ({ all, paths, above = [], units }: Scope): boolean =>
  !all && paths.length === 0 && above.length === 0 && units.length === 0

/** Does everything inside `inner` lie inside `outer` too, whatever is recorded? */
export const covers = (outer: Scope, inner: Scope): boolean =>
  outer.all ||
  (!inner.all &&
    inner.paths.every((path) => outer.paths.some((wider) => path.startsWith(wider))) &&
    (inner.above ?? []).every((path) => outer.above?.includes(path) || outer.paths.some((wider) => path.startsWith(wider))) &&
    inner.units.every((unit) => outer.units.includes(unit)))

/** What of a record decides on access: its path, the units that its unit fields name, and whether it is a draft. */
export interface Located {
  readonly path: string
  readonly units: readonly string[]
  /** Of a record that is read; who may act on it is asked without. */
  readonly state?: string
}

/** The reference evaluator. */
export function within(scope: Scope, row: Located): boolean {
  if (row.state !== undefined && scope.drafts?.states.includes(row.state) && !within(scope.drafts.scope, row)) return false
  if (scope.all) return true
  if (scope.above?.includes(row.path)) return true
  return scope.paths.some((path) => row.path.startsWith(path)) || scope.units.some((unit) => row.units.includes(unit))
}
