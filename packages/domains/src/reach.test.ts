import type { Role } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { beyondCounty } from '../../../testing/src/access/reach.ts'
import { registry } from './registry.ts'

it('a grant for a county reaches beyond it only what was announced, and who is entered where a road leads', () => {
  const offices: Role[] = ['leader', 'duty-officer', 'supervision-office', 'agency-clerk', 'county-clerk', 'town-clerk']
  expect(beyondCounty(registry.records.values())).toEqual({
    'zone.read': [...offices, 'grid-worker', 'gate-officer', 'health-worker', 'auditor'],
    'bulletin.read': [...offices, 'auditor'],
    'person.register': ['gate-officer'],
  })
})
