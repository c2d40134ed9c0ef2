import type { RecordState, Relation } from './define.ts'

/** A row as an act sees it through a relation. */
export function seenOf({ sees }: Pick<Relation, 'sees'>, state: RecordState): RecordState {
  const fields: Record<string, unknown> = {}
  for (const name of sees) if (state.fields[name] !== undefined) fields[name] = state.fields[name]
  return { ...state, fields }
}

/** Where a relation of a record leads: the value that the others have to hold, or the id of the one; undefined when it leads nowhere. */
export function leadsTo(relation: Relation, id: string, fields: Readonly<Record<string, unknown>>): unknown {
  if (relation.at !== undefined) return fields[relation.at] ?? undefined
  return relation.through === undefined ? id : (fields[relation.through] ?? undefined)
}

/** Whether a row is one of those that a relation means. */
export const isMeant = (relation: Relation, leads: unknown, state: RecordState): boolean =>
  leads !== undefined && (relation.by === undefined ? state.id === leads : state.fields[relation.by] === leads)
