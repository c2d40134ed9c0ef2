import { instantMs } from '../clock.ts'
import type { Relation } from './relation.ts'
import type { RecordState } from './row.ts'

/** A row as an act sees it through a relation. */
export function seenOf({ sees }: Pick<Relation, 'sees'>, state: RecordState): RecordState {
  const fields: Record<string, unknown> = {}
  for (const name of sees) if (state.fields[name] !== undefined) fields[name] = state.fields[name]
  return { ...state, fields }
}

/** Paths at most whose areas are kept: a batch asks again and again for those of the same places. */
const MOST_PATHS = 5_000
const onPath = new Map<string, readonly string[]>()

/** The areas on a path, from the widest to the one it leads to. */
export function areasOf(path: string): readonly string[] {
  const known = onPath.get(path)
  if (known) return known
  const made = path.split('/').filter((id) => id !== '')
  if (onPath.size >= MOST_PATHS) onPath.clear()
  onPath.set(path, made)
  return made
}

/**
 * Where a relation of a record leads: the value that the others have to hold, the id of the one, or the areas in which they stand; nothing
 * where it leads nowhere.
 * @param fields those of the record, with its `county` and the `path` of its area on the day
 */
export function leadsTo(relation: Relation, id: string, fields: Readonly<Record<string, unknown>>): readonly unknown[] {
  if (relation.above !== undefined) return areasOf(String(fields.path ?? ''))
  if (relation.at !== undefined) return given(fields[relation.at])
  return relation.through === undefined ? [id] : given(fields[relation.through])
}

const MINUTE_MS = 60_000

/**
 * Does a row lie near enough in time?
 * @param fields those of the record, or the `moment` of the act that is to give it one
 */
export function isNear({ near }: Pick<Relation, 'near'>, fields: Readonly<Record<string, unknown>>, row: RecordState): boolean {
  if (!near) return true
  const [own, other] = [instantMs(String(fields[near.at] ?? fields.moment)), instantMs(String(row.fields[near.at]))]
  return own !== undefined && other !== undefined && Math.abs(own - other) <= near.minutes * MINUTE_MS
}

const given = (value: unknown): readonly unknown[] => (value === undefined || value === null ? [] : [value])

/** Whether a row is one of those that a relation means, when it leads to one of these. */
export function isMeant(relation: Relation, leads: readonly unknown[], state: RecordState): boolean {
  if (relation.above !== undefined)
    return leads.includes(state.area) && relation.above.empty.every((name) => given(state.fields[name]).length === 0)
  return leads.includes(relation.by === undefined ? state.id : state.fields[relation.by])
}
