import { type AnyRecord, type Permit, ROLES, type Role, scopeOf } from '@guatu/kernel'

const permitsOf = (def: AnyRecord): readonly (readonly [string, Permit | undefined])[] => [
  ['read', def.read],
  ['lookUp', def.lookUp],
  ['drafts', def.drafts?.read],
  ['reveal', def.reveal],
  ['moves', def.moves],
  ...Object.entries(def.actions).map(([name, action]) => [name, action.by] as const),
]

/** What a grant for one county lets somebody do beyond it: the roles, by record and permit. */
export function beyondCounty(records: Iterable<AnyRecord>): Record<string, Role[]> {
  const roles = Object.keys(ROLES) as Role[]
  const beyond: Record<string, Role[]> = {}
  for (const def of records)
    for (const [what, permit] of permitsOf(def)) {
      const all = roles.filter(
        (role) => scopeOf(permit ?? {}, { id: 'one', name: 'one', grants: [{ role, path: '51/5119/511902/', unit: 'u-hq-511902' }] }).all,
      )
      if (all.length > 0) beyond[`${def.name}.${what}`] = all
    }
  return beyond
}
