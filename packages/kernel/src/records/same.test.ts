import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Merged, sameAs } from './same.ts'

/** Each of some entries was merged into an earlier one, or into none. */
const register = fc
  .array(fc.option(fc.nat({ max: 5 }), { nil: undefined }), { minLength: 1, maxLength: 7 })
  .map((into) => into.flatMap((one, i): Merged[] => (one === undefined || one >= i ? [] : [[`e${i}`, `e${one}`]])))

describe('entries that are one person', () => {
  it('are all those that lead to the same one, which stands first, whichever is asked for', async () => {
    await fc.assert(
      fc.asyncProperty(register, fc.uniqueArray(fc.nat({ max: 7 }), { minLength: 1 }), async (mergings, asked) => {
        const root = (id: string): string => {
          const into = mergings.find(([entry]) => entry === id)?.[1]
          return into === undefined ? id : root(into)
        }
        const ids = asked.map((i) => `e${i}`)
        const said = await sameAs(ids, async (some) => mergings.filter((one) => one.some((id) => some.includes(id))))
        expect([...said.keys()]).toEqual(ids)
        for (const [id, same] of said) {
          expect(same[0]).toBe(root(id))
          const all = new Set([id, ...mergings.flat().filter((one) => root(one) === root(id))])
          expect([...same].sort()).toEqual([...all].sort())
        }
      }),
    )
  })

  it('are asked for once where none of them was merged, and once more for those that a question brought to light', async () => {
    const questions: (readonly string[])[] = []
    const ask = async (ids: readonly string[]) => {
      questions.push(ids)
      return [['double', 'stays'] as const].filter((one) => one.some((id) => ids.includes(id)))
    }
    await sameAs(['one', 'other'], ask)
    expect(questions.splice(0)).toEqual([['one', 'other']])
    expect((await sameAs(['double', 'one'], ask)).get('double')).toEqual(['stays', 'double'])
    expect(questions).toEqual([['double', 'one'], ['stays']])
  })
})
