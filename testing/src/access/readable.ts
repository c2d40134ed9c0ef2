import { type Actor, type AnyRecord, scopeOf, unitsOf, within } from '@guatu/kernel'

/** What of a record decides on who may read it. */
export interface Readable {
  readonly path: string
  readonly state: string
  readonly fields: Readonly<Record<string, unknown>>
}

/** Whoever reads it may look it up; so may whom its definition names for that, where it is out. */
export function mayLookUp(def: AnyRecord, actor: Actor, row: Readable): boolean {
  const place = { path: row.path, units: unitsOf(def, row.fields) }
  const early = def.drafts?.states.includes(row.state) ? within(scopeOf(def.drafts.read, actor), place) : true
  return mayRead(def, actor, row) || (early && def.lookUp !== undefined && within(scopeOf(def.lookUp, actor), place))
}

/** Not by the code under test: what is not out yet is read by whom its definition names, of those who may read it at all. */
export function mayRead(def: AnyRecord, actor: Actor, row: Readable): boolean {
  const place = { path: row.path, units: unitsOf(def, row.fields) }
  const early = def.drafts?.states.includes(row.state) ? within(scopeOf(def.drafts.read, actor), place) : true
  return within(scopeOf(def.read, actor), place) && early
}
