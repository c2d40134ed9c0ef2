import type { Surroundings } from '../kinds/field.ts'
import { readable } from '../kinds/unseen.ts'
import type { AnyRecord } from './define.ts'

/** The record that another one takes its name from. */
export interface NamedBy {
  readonly of: string
  readonly id: string
}

/**
 * What a record is called by the value of its title, which may have been masked: the title as it reads; where that points to another record, which
 * one; the kind of record where there is none.
 */
export function calledBy(def: AnyRecord, value: unknown, at: Surroundings): string | NamedBy {
  const field = def.fields[def.title]
  if (!field || value === undefined || value === null || value === '') return def.label[at.lang]
  const written = String(value)
  if (field.sensitive) return readable(written, at.lang)
  const of = field.kind === 'person' ? 'person' : field.kind === 'record' ? field.of : undefined
  if (of !== undefined) return { of, id: written }
  // A name that came over the wire is text: it reads as its kind where that is kept as text too.
  const kept = field.schema.safeParse(value)
  return kept.success ? field.view(kept.data, at) : written
}
