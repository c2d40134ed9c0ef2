import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Expression, holds, tester } from './expression.ts'

const value = fc.oneof(fc.constantFrom('red', 'lit', '12.50', ''), fc.integer({ min: -2, max: 14 }), fc.boolean())
const field = fc.constantFrom('colour', 'candela', 'height', 'state')
const bound = fc.option(fc.oneof(fc.integer({ min: 0, max: 13 }), fc.constantFrom('a', 'm')), { nil: undefined })

const { expression } = fc.letrec<{ expression: Expression }>((tie) => {
  const of = fc.array(tie('expression'), { maxLength: 3 })
  return {
    expression: fc.oneof(
      { maxDepth: 4 },
      fc.record({ op: fc.constant('is' as const), field, value }),
      fc.record({ op: fc.constant('in' as const), field, values: fc.array(value, { maxLength: 3 }) }),
      fc.record({ op: fc.constant('given' as const), field }),
      fc.record({ op: fc.constant('between' as const), field, low: bound, high: bound }).map(
        ({ low, high, ...rest }): Expression => ({
          ...rest,
          ...(low === undefined ? {} : { low }),
          ...(high === undefined ? {} : { high }),
        }),
      ),
      fc.record({ op: fc.constantFrom('every' as const, 'some' as const), of }),
      fc.record({ op: fc.constant('not' as const), of: tie('expression') }),
    ),
  }
})

it('made into a function says what the expression says, of every row', () => {
  const row = fc.dictionary(fc.constantFrom('colour', 'candela', 'height'), fc.oneof(value, fc.constant(null)))
  fc.assert(
    fc.property(expression, fc.array(fc.tuple(row, fc.constantFrom('lit', 'dark')), { minLength: 1, maxLength: 5 }), (one, rows) => {
      const test = tester(one)
      for (const [fields, state] of rows) expect(test(fields, state)).toBe(holds(one, { ...fields, state }))
    }),
    { seed: 20200214, numRuns: 2_000 },
  )
})
