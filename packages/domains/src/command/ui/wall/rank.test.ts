import { expect, it } from 'vitest'
import { rank } from './rank.ts'

it('ranks who is late first, and those of whom nothing is known yet last', () => {
  const done = [
    { values: { unit: 'punctual', onTime: true }, count: 4 },
    { values: { unit: 'late', onTime: false }, count: 1 },
    { values: { unit: 'half', onTime: true }, count: 1 },
    { values: { unit: 'half', onTime: false }, count: 1 },
  ]
  const all = [
    { values: { unit: 'new', light: 'green' }, count: 2 },
    { values: { unit: 'punctual', light: 'done' }, count: 4 },
  ]
  expect(rank(done, all).map((one) => one.unit)).toEqual(['late', 'half', 'punctual', 'new'])
})
