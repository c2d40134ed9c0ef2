import { tmpdir } from 'node:os'
import { expect, it } from 'vitest'
import { readSettings } from './settings.ts'

it('takes size and seed of the demonstration city from flag or environment, and says what neither can be', () => {
  const data = `${tmpdir()}/guatu-none`
  const of = (values: object, environment = {}) => {
    const { people, seed } = readSettings({ data, ...values }, environment)
    return [people, seed]
  }
  expect(of({})).toEqual([2_000, 5119])
  expect(of({ people: '7', seed: '0' })).toEqual([7, 0])
  expect(of({}, { GUATU_SEED: '42' })).toEqual([2_000, 42])
  for (const seed of ['-1', '1.5', 'x', '2147483648']) expect(() => of({ seed }), seed).toThrow('--seed')
})
