import { type Actor, type AnyRecord, type Permit, unitsOf } from '@guatu/kernel'

/** What of a record decides on who may read it. */
export interface Readable {
  readonly path: string
  readonly state: string
  readonly fields: Readonly<Record<string, unknown>>
}

/** Not by the code under test: grant by grant, what its role is permitted, and whether the record is there. */
export function reaches(def: AnyRecord, permit: Permit | undefined, actor: Actor, row: Pick<Readable, 'path' | 'fields'>): boolean {
  return actor.grants.some((grant) => {
    const reach = permit?.[grant.role]
    if (reach === undefined || reach === 'all') return reach !== undefined
    return (reach !== 'unit' && row.path.startsWith(grant.path)) || (reach !== 'area' && names(def, row, grant.unit))
  })
}

/** Does it lie in no area and with no unit that somebody has a grant for? Then only what is everybody's may show it. */
export const isForeign = (def: AnyRecord, actor: Actor, row: Pick<Readable, 'path' | 'fields'>): boolean =>
  actor.grants.every((grant) => !row.path.startsWith(grant.path) && !names(def, row, grant.unit))

const names = (def: AnyRecord, row: Pick<Readable, 'fields'>, unit: string | undefined): boolean =>
  unit !== undefined && unitsOf(def, row.fields).includes(unit)

const isOut = (def: AnyRecord, actor: Actor, row: Readable): boolean =>
  !def.drafts?.states.includes(row.state) || reaches(def, def.drafts.read, actor, row)

/** Whoever reads it may look it up; so may whom its definition names for that, where it is out. */
export const mayLookUp = (def: AnyRecord, actor: Actor, row: Readable): boolean =>
  isOut(def, actor, row) && (reaches(def, def.read, actor, row) || reaches(def, def.lookUp, actor, row))

/** What is not out yet is read by whom its definition names, of those who may read it at all. */
export const mayRead = (def: AnyRecord, actor: Actor, row: Readable): boolean =>
  isOut(def, actor, row) && reaches(def, def.read, actor, row)
