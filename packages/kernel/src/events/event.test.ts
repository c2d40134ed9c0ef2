import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '../clock.ts'
import { derivedId } from './event.ts'

/** FNV-1a as it is defined, on one number of 64 bits. */
function fnv64(text: string, seed: bigint): string {
  let hash = 0xcbf29ce484222325n ^ seed
  for (let i = 0; i < text.length; i++) hash = ((hash ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n) & 0xffffffffffffffffn
  return hash.toString(16).padStart(16, '0')
}

test('an id that follows from a name is the hash of the name, whatever the name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (name) => {
      const plain = (fnv64(name, 0n) + fnv64(name, 0x9e3779b97f4a7c15n)).split('')
      const made = derivedId(name)
      expect(made).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      const digits = made.replaceAll('-', '').split('')
      // Two digits say which kind of id it is.
      for (const at of [12, 16]) digits[at] = plain[at] = '.'
      expect(digits.join('')).toBe(plain.join(''))
    }),
    { numRuns: 200 },
  )
})

test('ids given out before stay what they were', () => {
  expect(derivedId('')).toBe('cbf29ce4-8422-8325-95c5-e55dfb685f30')
  expect(derivedId('0190f2a0-7c1e-7a2b-8c3d-000000000001/0/record')).toBe('3fc3d734-53df-8ca4-acc7-363b8bba2a93')
})

test('days are shifted over the ends of months and years, the same asked twice', () => {
  for (const _ of [1, 2]) {
    expect(addDays('2020-02-28', 1)).toBe('2020-02-29')
    expect(addDays('2020-03-01', -1)).toBe('2020-02-29')
    expect(addDays('2019-12-31', 14)).toBe('2020-01-14')
  }
  expect(() => addDays('2020-02-30x', 1)).toThrow(RangeError)
})
