import fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonicalText } from './seal.ts'

const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.keys(value)
            .sort()
            .map((key) => [key, sorted((value as Readonly<Record<string, unknown>>)[key])]),
        )
      : value

// Names that are numbers have an order of their own in an object, whoever sorts it.
const names = fc.string().filter((name) => !/^\d+$/.test(name) && name !== '__proto__')

it('the canonical text has its names in order, few or many', () => {
  const values = fc.dictionary(names, fc.oneof(fc.string(), fc.integer(), fc.dictionary(names, fc.boolean())), { maxKeys: 60 })
  fc.assert(
    fc.property(values, (value) => {
      expect(canonicalText(value)).toBe(JSON.stringify(sorted(value)))
    }),
  )
})
