import { type AnyRecord, type Permit, ROLES, type Role, scopeOf } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { registry } from './registry.ts'

const permitsOf = (def: AnyRecord): readonly (readonly [string, Permit | undefined])[] => [
  ['read', def.read],
  ['lookUp', def.lookUp],
  ['drafts', def.drafts?.read],
  ['reveal', def.reveal],
  ['moves', def.moves],
  ...Object.entries(def.actions).map(([name, action]) => [name, action.by] as const),
]

it('a grant for a county reaches beyond it only what was announced, and who is entered where a road leads', () => {
  const roles = Object.keys(ROLES) as Role[]
  const beyond: Record<string, Role[]> = {}
  for (const def of registry.records.values())
    for (const [what, permit] of permitsOf(def)) {
      const all = roles.filter(
        (role) => scopeOf(permit ?? {}, { id: 'one', name: 'one', grants: [{ role, path: '51/5119/511902/', unit: 'u-hq-511902' }] }).all,
      )
      if (all.length > 0) beyond[`${def.name}.${what}`] = all
    }
  const offices: Role[] = ['leader', 'duty-officer', 'supervision-office', 'agency-clerk', 'county-clerk', 'town-clerk']
  expect(beyond).toEqual({
    'zone.read': [...offices, 'grid-worker', 'gate-officer', 'health-worker', 'auditor'],
    'bulletin.read': [...offices, 'auditor'],
    'person.register': ['gate-officer'],
  })
})
