import { carriedOf } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { fieldRegistry } from './registry.field.ts'
import { registry } from './registry.ts'

it('the registry of phones knows every record that a phone carries, as the whole registry does', () => {
  const carried = [...registry.records.values()].filter((def) => carriedOf(def) !== undefined)
  expect(carried.length).toBeGreaterThan(5)
  for (const def of carried) expect(fieldRegistry.records.get(def.name)).toBe(def)
})
