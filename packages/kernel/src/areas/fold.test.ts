import { describe, expect, test } from 'vitest'
import { type AreaFact, type AreaTree, foldAreas, pathRange } from './index.ts'

const instrument = '巴府发〔2019〕1号'
const day0 = '2019-01-01'
const reform = '2020-03-01'

const created = (
  id: string,
  level: 'city' | 'county' | 'town' | 'village' | 'unit',
  name: string,
  parent: string | null,
  date = day0,
): AreaFact => ({
  kind: 'created',
  id,
  level,
  code: null,
  name,
  parent,
  date,
  instrument,
})
const coded = (fact: AreaFact, code: string): AreaFact => (fact.kind === 'created' ? { ...fact, code } : fact)

const city: readonly AreaFact[] = [
  created('b', 'city', '巴城市', null),
  created('x', 'county', '东县', 'b'),
  created('y', 'county', '西县', 'b'),
  coded(created('t1', 'town', '兴隆镇', 'x'), '001'),
  coded(created('t2', 'town', '双河乡', 'x'), '002'),
  created('t3', 'town', '兴隆镇', 'y'),
  created('v1', 'village', '红花村', 't1'),
  created('v2', 'village', '石龙村', 't1'),
  created('v3', 'village', '双河村', 't2'),
  created('v4', 'village', '水井村', 't2'),
]

function tree(...more: readonly AreaFact[]): AreaTree {
  const folded = foldAreas([...city, ...more])
  if (!folded.ok) throw new Error(JSON.stringify(folded.problem.problems?.map((one) => one.message.en)))
  return folded.value
}
function refused(...more: readonly AreaFact[]): readonly string[] {
  const folded = foldAreas([...city, ...more])
  expect(folded.ok).toBe(false)
  const problems = folded.ok ? [] : (folded.problem.problems ?? [])
  for (const { message, path } of problems) {
    expect(message.zh).not.toMatch(/[{}]/)
    expect(message.en).not.toMatch(/[{}]/)
    expect(path).toMatch(/^facts\.\d+$/)
  }
  return problems.map((one) => one.code)
}
const on = { date: reform, instrument }

describe('the tree of a day', () => {
  test('children, parent, path, descendants, full name', () => {
    const view = tree().asOf(day0)
    expect(view.children('x').map((area) => area.id)).toEqual(['t1', 't2'])
    expect(view.parent('v3')?.name).toBe('双河乡')
    expect(view.path('v3')).toBe('b/x/t2/v3/')
    expect([...view.descendants('x')].map((area) => area.id)).toEqual(['x', 't1', 'v1', 'v2', 't2', 'v3', 'v4'])
    expect([...view.leaves('x')].map((area) => area.id)).toEqual(['v1', 'v2', 'v3', 'v4'])
    expect(view.fullName('v1')).toBe('巴城市东县兴隆镇红花村')
    expect(view.roots().map((area) => area.id)).toEqual(['b'])
    expect([...view.nodes()]).toHaveLength(10)
    expect(tree().asOf('2018-12-31').get('b')).toBeUndefined()
  })

  test('the path is a range filter that takes in the branch and nothing else', () => {
    const view = tree(created('x0', 'county', '南县', 'b'), created('t9', 'town', '南镇', 'x0')).asOf(day0)
    const range = pathRange(view.path('x') ?? '')
    const inside = [...view.nodes()].filter(({ id }) => {
      const path = view.path(id) ?? ''
      return path >= range.from && path < range.to
    })
    expect(inside.map((area) => area.id)).toEqual([...view.descendants('x')].map((area) => area.id))
  })

  test('a repeated name is refused with its candidates, unless the search says where', () => {
    const view = tree().asOf(day0)
    const both = view.theOne('兴隆镇')
    expect(both.ok).toBe(false)
    if (!both.ok) {
      expect(both.problem.code).toBe('area-name-ambiguous')
      expect(both.problem.message.zh).toContain('巴城市东县兴隆镇、巴城市西县兴隆镇')
    }
    const one = view.theOne('兴隆镇', { within: 'y' })
    expect(one.ok && one.value.id).toBe('t3')
    const none = view.theOne('不存在镇')
    expect(!none.ok && none.problem.code).toBe('area-name-unknown')
  })
})

describe('dated facts', () => {
  test('codes and names have dates; two towns may swap their codes on one day', () => {
    const after = tree(
      { kind: 'recoded', id: 't1', code: '002', ...on },
      { kind: 'recoded', id: 't2', code: '001', ...on },
      { kind: 'renamed', id: 't2', name: '双河镇', ...on },
    )
    expect(after.asOf('2020-02-29').byCode('001')?.id).toBe('t1')
    expect(after.asOf(reform).byCode('001')?.name).toBe('双河镇')
    expect(after.asOf('2020-02-29').byName('双河镇')).toEqual([])
    expect(after.history('t2')).toEqual([
      { from: day0, to: reform, code: '002', name: '双河乡', parent: 'x' },
      { from: reform, to: null, code: '001', name: '双河镇', parent: 'x' },
    ])
    expect(after.asOf(reform).path('t2')).toBe('b/x/t2/')
  })

  test('a town split over two by its villages; one village merged', () => {
    const after = tree(
      {
        kind: 'split',
        id: 't2',
        into: [
          { id: 't1', parts: 1, children: ['v3'] },
          { id: 't3', parts: 3 },
        ],
        ...on,
      },
      { kind: 'moved', id: 'v4', parent: 't3', ...on },
      { kind: 'merged', ids: ['v2'], into: 'v1', ...on },
    )
    const now = after.asOf(reform)
    expect(now.get('t2')).toBeUndefined()
    expect(now.path('v3')).toBe('b/x/t1/v3/')
    expect(now.path('v4')).toBe('b/y/t3/v4/')
    expect(after.successorsOf('t2', reform)).toEqual([
      { id: 't1', numerator: 1, denominator: 4 },
      { id: 't3', numerator: 3, denominator: 4 },
    ])
    expect(after.predecessorsOf('v1', reform, day0).map((one) => one.id)).toEqual(['v1', 'v2'])
    expect(after.sourcesOf('t1', reform, day0)).toEqual([
      { id: 't1', numerator: 1, denominator: 1, scope: 'branch' },
      { id: 't2', numerator: 1, denominator: 4, scope: 'own' },
      { id: 'v3', numerator: 1, denominator: 1, scope: 'branch' },
    ])
    const over = (from: string, to: string) => ({ area: from, links: [{ day: reform, from, to }] })
    const stays = (area: string) => ({ area, links: [] })
    expect(after.waysOf('town', day0, reform)).toEqual([stays('t1'), over('t2', 't1'), over('t2', 't3'), stays('t3')])
    expect(after.waysOf('county', day0, reform)).toEqual([stays('x'), over('x', 'y'), stays('y')])
    expect(after.waysOf('town', reform, '2021-01-01')).toEqual([])
    // What went from one to the next goes on from there, and is told from what was there before.
    const twice = tree(
      { kind: 'moved', id: 'v4', parent: 't1', ...on },
      { kind: 'moved', id: 'v4', parent: 't3', ...on, date: '2020-04-01' },
    )
    const [there, on1] = [over('t2', 't1'), { day: '2020-04-01', from: 't1', to: 't3' }]
    expect(twice.waysOf('town', day0, '2021-01-01')).toEqual([
      stays('t1'),
      stays('t2'),
      { area: 't2', links: [...there.links, on1] },
      stays('t3'),
    ])
    expect(after.moveTable(reform)).toEqual([
      { from: 't2', to: 't3', numerator: 3, denominator: 4, level: 'town' },
      { from: 't2', to: 't1', numerator: 1, denominator: 4, level: 'town' },
      { from: 'v2', to: 'v1', numerator: 1, denominator: 1, level: 'village' },
    ])
  })

  test('a part carved out leaves the rest living; what came later is not carved', () => {
    const after = tree(
      {
        kind: 'split',
        id: 'v1',
        into: [
          { id: 'v1', parts: 2 },
          { id: 'v2', parts: 1 },
        ],
        ...on,
      },
      { kind: 'merged', ids: ['v3'], into: 'v1', ...on, date: '2020-05-01' },
    )
    expect(after.asOf(reform).get('v1')?.name).toBe('红花村')
    expect(after.successorsOf('v1', '2020-06-01')).toEqual([
      { id: 'v1', numerator: 2, denominator: 3 },
      { id: 'v2', numerator: 1, denominator: 3 },
    ])
    expect(after.successorsOf('v3', '2020-06-01')).toEqual([{ id: 'v1', numerator: 1, denominator: 1 }])
    expect(after.successorsOf('v1', '2020-06-01', reform)).toEqual([{ id: 'v1', numerator: 1, denominator: 1 }])
  })

  test('what an area without an heir leaves stays where it lay', () => {
    const after = tree(
      { kind: 'abolished', id: 'v4', ...on },
      { kind: 'merged', ids: ['t2'], into: 't1', ...on },
      { kind: 'moved', id: 'v3', parent: 't1', ...on },
    )
    expect(after.successorsOf('v4', reform)).toEqual([{ id: 't1', numerator: 1, denominator: 1 }])
    expect(after.sourcesOf('t1', reform, day0)).toEqual([
      { id: 't1', numerator: 1, denominator: 1, scope: 'branch' },
      { id: 't2', numerator: 1, denominator: 1, scope: 'branch' },
    ])
  })

  test('units hang on areas of any level and on units', () => {
    const view = tree(created('u', 'unit', '县指挥部', 'x'), created('w', 'unit', '物资组', 'u')).asOf(day0)
    expect(view.path('w')).toBe('b/x/u/w/')
    expect(view.get('w')?.nature).toBe('functional')
  })
})

describe('contradictions are refused, each by name', () => {
  test.each<[string, string[], AreaFact[]]>([
    ['successor missing', ['area-successor-missing'], [{ kind: 'merged', ids: ['v1'], into: 'nobody', ...on }]],
    [
      'successor ends the same day',
      ['area-successor-missing'],
      [
        { kind: 'merged', ids: ['v1'], into: 'v2', ...on },
        { kind: 'merged', ids: ['v2'], into: 'v3', ...on },
      ],
    ],
    ['successor of another level', ['area-successor-level'], [{ kind: 'merged', ids: ['v1'], into: 't1', ...on }]],
    ['merged into itself', ['area-parts-invalid'], [{ kind: 'merged', ids: ['v1'], into: 'v1', ...on }]],
    ['parts are no count', ['area-parts-invalid'], [{ kind: 'split', id: 'v1', into: [{ id: 'v2', parts: 0.5 }], ...on }]],
    ['born twice', ['area-overlapping-life'], [created('v1', 'village', '红花村', 't1', reform)]],
    ['id used again', ['area-id-reused'], [{ kind: 'abolished', id: 'v1', ...on }, created('v1', 'village', '红花村', 't1', '2021-01-01')]],
    [
      'ends twice',
      ['area-ended-twice', 'area-ended-twice'],
      [
        { kind: 'merged', ids: ['v1'], into: 'v2', ...on },
        { kind: 'merged', ids: ['v1'], into: 'v3', ...on },
      ],
    ],
    [
      'after its end',
      ['area-not-living'],
      [
        { kind: 'abolished', id: 'v1', ...on },
        { kind: 'renamed', id: 'v1', name: '花红村', ...on, date: '2021-01-01' },
      ],
    ],
    ['before its birth', ['area-unknown-id'], [{ kind: 'renamed', id: 'v1', name: '花红村', ...on, date: '2018-01-01' }]],
    [
      'changed twice',
      ['area-changed-twice'],
      [
        { kind: 'renamed', id: 'v1', name: '花红村', ...on },
        { kind: 'renamed', id: 'v1', name: '红花寨村', ...on },
      ],
    ],
    [
      'child outlives parent',
      ['area-child-outlives-parent', 'area-child-outlives-parent'],
      [{ kind: 'merged', ids: ['t1'], into: 't2', ...on }],
    ],
    [
      'parent not yet born',
      ['area-parent-missing'],
      [created('n', 'town', '新镇', 'x', '2021-01-01'), { kind: 'moved', id: 'v1', parent: 'n', ...on }],
    ],
    ['upside down', ['area-parent-level'], [{ kind: 'moved', id: 't1', parent: 'v3', ...on }]],
    [
      'cycle',
      ['area-cycle', 'area-cycle'],
      [
        created('u', 'unit', '甲组', 'x'),
        created('w', 'unit', '乙组', 'x'),
        { kind: 'moved', id: 'u', parent: 'w', ...on },
        { kind: 'moved', id: 'w', parent: 'u', ...on },
      ],
    ],
    ['code taken', ['area-code-taken'], [{ kind: 'recoded', id: 't1', code: '002', ...on }]],
    ['no day', ['area-fact-invalid'], [{ kind: 'abolished', id: 'v1', date: '2020-02-30', instrument }]],
    ['no instrument', ['area-fact-invalid'], [{ kind: 'abolished', id: 'v1', date: reform, instrument: ' ' }]],
  ])('%s', (_, codes, facts) => {
    expect(refused(...facts)).toEqual(codes)
  })
})
