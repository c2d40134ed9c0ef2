import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { elementary, firstRule, type RuleFacts, type RuleTest, readRules, ruleHolds } from './rule-lines.ts'

const read = (...lines: string[]) => {
  const rules = readRules(lines)
  if (!rules.ok) throw new Error(rules.problem.message.en)
  return rules.value
}

describe('rule lines', () => {
  it('are read with & before |, ! for a denied flag, and numbers', () => {
    expect(read('a & !b | c >= 37.3 -> home 14')).toEqual([
      {
        when: {
          any: [
            {
              all: [
                { fact: 'a', is: true },
                { fact: 'b', is: false },
              ],
            },
            { fact: 'c', op: '>=', value: 37.3 },
          ],
        },
        outcome: 'home',
        details: ['14'],
        text: 'a & !b | c >= 37.3 -> home 14',
      },
    ])
  })

  it.each(['a', 'a ->', '-> b', 'a & -> b', 'a | | b -> c', 'a >> 3 -> b', '!a >= 3 -> b', 'a -> b -> c', 'a >= x -> b', ''])(
    'are refused when they are none: %s',
    (line) => {
      expect(readRules([line])).toMatchObject({ ok: false, problem: { code: 'rule-unreadable' } })
    },
  )

  it('let the first match win, and stop at a rule that hangs on what is not known', () => {
    const rules = read('hot -> clinic', 'listed & home -> home 14', 'always -> pass')
    expect(firstRule(rules, { hot: true, listed: null, home: null })).toMatchObject({ ok: true, value: { outcome: 'clinic' } })
    expect(firstRule(rules, { hot: false, listed: null, home: false })).toMatchObject({ ok: true, value: { outcome: 'pass' } })
    expect(firstRule(rules, { hot: false, listed: null, home: true })).toMatchObject({
      ok: false,
      problem: { code: 'fact-unknown', data: { facts: ['listed'] } },
    })
    expect(firstRule(read('hot -> clinic'), { hot: false })).toMatchObject({ ok: false, problem: { code: 'no-rule-matches' } })
  })

  it('answer like plain logic, whatever fills the gaps of what is not known', () => {
    const leaf: fc.Arbitrary<RuleTest> = fc.oneof(
      fc.record({ fact: fc.constantFrom('a', 'b'), is: fc.boolean() }),
      fc.record({ fact: fc.constant('n'), op: fc.constantFrom('<', '<=', '>', '>=', '='), value: fc.integer({ min: 0, max: 3 }) }),
    )
    const test = fc.letrec<{ test: RuleTest }>((tie) => ({
      test: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.record({ all: fc.array(tie('test'), { maxLength: 3 }) }),
        fc.record({ any: fc.array(tie('test'), { maxLength: 3 }) }),
      ),
    })).test
    const some = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null })
    const facts = fc.record({ a: some(fc.boolean()), b: some(fc.boolean()), n: some(fc.integer({ min: 0, max: 3 })) })
    const plain = (of: RuleTest, known: RuleFacts): boolean => {
      if ('always' in of) return true
      if ('all' in of) return of.all.every((one) => plain(one, known))
      if ('any' in of) return of.any.some((one) => plain(one, known))
      if ('is' in of) return known[of.fact] === of.is
      const n = Number(known[of.fact])
      return { '<': n < of.value, '<=': n <= of.value, '>': n > of.value, '>=': n >= of.value, '=': n === of.value }[of.op]
    }
    fc.assert(
      fc.property(test, facts, fc.boolean(), fc.boolean(), fc.integer({ min: 0, max: 3 }), (of, known, a, b, n) => {
        const answer = ruleHolds(of, known)
        const filled = { a: known.a ?? a, b: known.b ?? b, n: known.n ?? n }
        if (answer !== null) expect(plain(of, filled)).toBe(answer)
        for (const { fact } of elementary(of)) expect(['a', 'b', 'n']).toContain(fact)
      }),
      { numRuns: 2_000 },
    )
  })
})
