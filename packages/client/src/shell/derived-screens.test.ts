import { buildRegistry } from '@guatu/kernel'
import { lighthouse } from '@guatu/testing'
import { expect, it } from 'vitest'
import { derivedScreens } from './derived-screens.ts'

it('lead to the records of a domain that brought no screens, for those who may read them, and of no other', () => {
  const registry = buildRegistry([lighthouse])
  const found = derivedScreens(registry, [])
  expect(found.map(({ path }) => path)).toEqual(lighthouse.records.map(({ name }) => `records/${name}`))
  const [lamp] = lighthouse.records
  expect(found[0]).toMatchObject({ label: lamp?.label, group: 'registers', roles: Object.keys(lamp?.read ?? {}) })
  const label = { zh: '灯塔', en: 'Lamps' }
  expect(derivedScreens(registry, [{ path: 'records/lamp', label }])).toEqual([])
  expect(derivedScreens(registry, [{ path: 'lamps/$id', label, of: 'lamp' }])).toEqual([])
  expect(derivedScreens(registry, [{ path: 'lamps', label, waiting: [{ record: 'lamp', filters: {}, roles: [] }] }])).toEqual([])
})
