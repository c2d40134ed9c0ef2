import { foldAreas, type Scope, within } from '@guatu/kernel'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { CITY_FACTS } from '../../../../../testing/src/stores/lighthouse-store.ts'
import { areaIndex } from './area-index.ts'
import { widest } from './wholes.ts'

const DAY = '2020-02-14'
const province = { ...CITY_FACTS[0], id: 'p', level: 'province', name: '灯省' } as (typeof CITY_FACTS)[number]
const second = { ...CITY_FACTS[0], id: '2', name: '礁石市', parent: 'p' } as (typeof CITY_FACTS)[number]
const below = CITY_FACTS.map((fact, i) => (i === 0 ? ({ ...fact, parent: 'p' } as typeof fact) : fact))

const indexOf = (facts: typeof CITY_FACTS) => {
  const tree = foldAreas(facts)
  if (!tree.ok) throw new Error(tree.problem.message.en)
  return areaIndex(tree.value, () => DAY)
}
const paths = (index: ReturnType<typeof indexOf>) =>
  ['p', '1', '2', '11', '12', '11a', '12a1'].flatMap((area) => index.path(area, DAY) ?? [])

it.each([
  ['a city', CITY_FACTS, ['1']],
  ['a province of which one city is kept', [province, ...below], ['1', 'p']],
  ['a province of two cities', [province, ...below, second], ['p']],
] as const)(
  '%s: a scope is everything where it holds every area, and means the same as before for all that lies in one',
  (_, facts, wholes) => {
    const index = indexOf(facts)
    const scope = fc.record({ all: fc.constant(false), paths: fc.subarray(paths(index)), units: fc.subarray(['harbour']) })
    fc.assert(
      fc.property(scope, fc.constantFrom(...['11', '12a1', '2'].flatMap((area) => index.path(area, DAY) ?? [])), (narrow: Scope, path) => {
        const wide = widest(index, narrow)
        expect(wide.all).toBe(narrow.paths.some((one) => wholes.some((whole) => one === index.path(whole, DAY))))
        for (const units of [[], ['harbour']]) expect(within(wide, { path, units })).toBe(within(narrow, { path, units }))
      }),
    )
    const drafts = { states: ['draft'], scope: { all: false, paths: [index.path('11', DAY) ?? ''], units: [] } }
    const readers = { all: false, paths: [index.path(wholes[0], DAY) ?? ''], units: [], drafts }
    expect(widest(index, readers)).toEqual({ all: true, paths: [], units: [], drafts })
  },
)
