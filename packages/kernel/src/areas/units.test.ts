import { expect, it } from 'vitest'
import {
  type AreaFact,
  type AreaTree,
  areaProblem,
  endedUnit,
  foldAreas,
  no,
  ok,
  parseUnits,
  type RawUnitRow,
  renamedUnit,
} from '../index.ts'

const FOUNDED = '2019-10-31'
const TODAY = '2020-02-14'
const instrument = '单位名册'

const created = (id: string, level: 'city' | 'county' | 'village' | 'unit', name: string, parent: string | null): AreaFact => ({
  kind: 'created',
  id,
  level,
  code: null,
  name,
  parent,
  date: FOUNDED,
  instrument,
})

const CITY: readonly AreaFact[] = [
  created('c', 'city', '江口市', null),
  created('e', 'county', '东江区', 'c'),
  created('v', 'village', '书台村', 'e'),
  { ...created('u-old', 'unit', '市档案局', 'c'), aliases: ['档案局'] } as AreaFact,
]

function grown(facts: readonly AreaFact[]): AreaTree {
  const folded = foldAreas(facts)
  if (!folded.ok) throw new Error(folded.problem.problems?.[0]?.message.en)
  return folded.value
}

const read = (rows: readonly RawUnitRow[], before: readonly AreaFact[] = CITY) => {
  const tree = grown(before)
  const view = tree.asOf(TODAY)
  const find = (written: string) => {
    const found = view.theOne(written)
    return found.ok ? ok(found.value.id) : no(areaProblem('area-name-unknown', { name: written, day: TODAY }))
  }
  return parseUnits(rows, { tree, today: TODAY, instrument, find, lettersOf: (name) => String(name.length) })
}

it('reads units and grids with short names, a parent that stands later in the list, and dates as people write them', () => {
  const { facts, refusals } = read([
    { name: '疫情防控科', parent: '市卫健委', date: '2020年1月25日' },
    { name: '市卫生健康委', parent: '江口市', aliases: '市卫健委、卫健委' },
    { name: '书台村第一网格', parent: '书台村', level: '网格', id: 'g-shutai-1' },
  ])
  expect(refusals).toEqual([])
  const view = grown([...CITY, ...facts]).asOf(TODAY)
  const health = view.theOne('卫健委')
  expect(health).toMatchObject({ ok: true, value: { name: '市卫生健康委', aliases: ['市卫健委', '卫健委'], level: 'unit', from: FOUNDED } })
  const office = view.theOne('疫情防控科', { level: 'unit' })
  expect(office.ok && [view.parent(office.value.id)?.name, office.value.from]).toEqual(['市卫生健康委', '2020-01-25'])
  expect(view.get('g-shutai-1')).toMatchObject({ level: 'grid', nature: 'administrative', parent: 'v' })
})

it('refuses wrong lines one by one and takes the rest', () => {
  const { facts, refusals, known } = read([
    { name: '12', parent: '江口市' },
    { name: '市公安局', parent: '' },
    { name: '市公安局', parent: '西江市' },
    { name: '市公安局', parent: '江口市', level: '县级' },
    { name: '城东网格', parent: '市档案局', level: 'grid' },
    { name: '市公安局', parent: '江口市', date: '2020-02-30' },
    { name: '市公安局', parent: '江口市', date: '2018-01-01' },
    { name: '市档案馆', parent: '江口市', aliases: ['档案局'] },
    { name: '市公安局', parent: '江口市', id: 'u-old' },
    { name: '市公安局', parent: '江口市' },
    { name: '市公安局', parent: '江口市' },
    { name: '市档案局', parent: '江口市', aliases: '档案局' },
    { name: '督办组', parent: '督办组' },
    { name: '市档案局', parent: '江口市', aliases: '市档', id: 'u-new' },
  ])
  expect(facts).toHaveLength(1)
  expect(known).toBe(1)
  const codes = refusals.toSorted((a, b) => a.line - b.line).map(({ line, problem }) => [line, problem.code])
  expect(codes).toEqual([
    [1, 'unit-row-name'],
    [2, 'unit-row-parent'],
    [3, 'unit-row-parent-unknown'],
    [4, 'unit-row-level'],
    [5, 'unit-row-parent-level'],
    [6, 'unit-row-date'],
    [7, 'unit-row-early'],
    [8, 'unit-row-twice'],
    [9, 'unit-row-id'],
    [11, 'unit-row-twice'],
    [13, 'unit-row-parent-unknown'],
    [14, 'unit-row-other-id'],
  ])
})

it('gives a unit another name or other short names from a day on, and lets it end', () => {
  const tree = grown(CITY)
  const renamed = renamedUnit(tree, 'u-old', { name: '市档案馆', aliases: ['市档馆'], date: TODAY, instrument })
  if (!renamed.ok) throw new Error(renamed.problem.code)
  const after = grown([...CITY, renamed.value])
  expect(after.asOf('2020-02-13').get('u-old')).toMatchObject({ name: '市档案局', aliases: ['档案局'] })
  expect(after.asOf(TODAY).get('u-old')).toMatchObject({ name: '市档案馆', aliases: ['市档馆'] })
  expect(after.asOf(TODAY).theOne('档案局').ok).toBe(false)
  // A list that says other short names of a unit that is there changes them from today on.
  const again = read([{ name: '市档案局', parent: '江口市', aliases: '档案局、市档局' }])
  expect(again.facts).toEqual([{ kind: 'renamed', id: 'u-old', name: '市档案局', aliases: ['档案局', '市档局'], date: TODAY, instrument }])
  // What was changed today already keeps that, and the other lines are taken.
  const row = { name: '市档案馆', parent: '江口市', aliases: '档馆' }
  const twice = read([row, { name: '市公安局', parent: '江口市' }], [...CITY, renamed.value])
  expect([twice.facts.length, twice.refusals.map(({ line, problem }) => [line, problem.code])]).toEqual([1, [[1, 'unit-changed-already']]])

  expect(renamedUnit(tree, 'u-old', { name: '馆', date: FOUNDED, instrument })).toMatchObject({ problem: { code: 'unit-first-day' } })
  expect(renamedUnit(tree, 'e', { name: '东江县', date: TODAY, instrument })).toMatchObject({ problem: { code: 'unit-unknown' } })
  const below = grown([...CITY, created('w', 'unit', '档案科', 'u-old')])
  expect(endedUnit(below, 'u-old', TODAY, instrument)).toMatchObject({ problem: { code: 'unit-has-units' } })
  const ended = endedUnit(tree, 'u-old', TODAY, instrument)
  if (!ended.ok) throw new Error(ended.problem.code)
  const gone = grown([...CITY, ended.value])
  expect(gone.asOf(TODAY).get('u-old')).toBeUndefined()
  expect(endedUnit(gone, 'u-old', '2020-02-20', instrument)).toMatchObject({ problem: { code: 'unit-ended' } })
})

it('takes the whole name of an area before short names, and refuses a short name that is one, and a parent that may be either of two', () => {
  const rows = [
    { name: '东江区应急指挥部', parent: '东江区', aliases: '东江区、区指挥部' },
    { name: '东江区卫健局', parent: '东江区' },
    { name: '疾控科', parent: '卫健局' },
    { name: '卫健局', parent: '江口市' },
    { name: '市疾控中心', parent: '江口市', aliases: '卫健局' },
    { name: '书台村', parent: '江口市' },
    { name: '一网格', parent: '书台村', level: '网格' },
  ]
  const { facts, refusals } = read(rows)
  expect(refusals.map(({ line, problem }) => [line, problem.code])).toEqual([
    [1, 'unit-row-short'],
    [5, 'unit-row-twice'],
    [7, 'unit-row-parent-unknown'],
  ])
  const parents = (list: readonly AreaFact[]) => {
    const view = grown(list).asOf(TODAY)
    return list.flatMap((one) => (one.kind === 'created' && one.level === 'unit' ? [[one.name, view.parent(one.id)?.name]] : []))
  }
  expect(parents([...CITY, ...facts])).toEqual([
    ['市档案局', '江口市'],
    ['东江区卫健局', '东江区'],
    ['卫健局', '江口市'],
    ['书台村', '江口市'],
    ['疾控科', '卫健局'],
  ])
  // Said again, the list says nothing new.
  expect(read(rows, [...CITY, ...facts])).toMatchObject({ facts: [], known: 4 })
  expect(renamedUnit(grown(CITY), 'u-old', { name: '市档案馆', aliases: ['东江区'], date: TODAY, instrument })).toMatchObject({
    problem: { code: 'unit-row-short', path: 'aliases' },
  })
})

it('knows the units that begin later, and the names that are given later', () => {
  const rows = [
    { name: '市复工专班', parent: '江口市', date: '2020-03-01', aliases: '专班' },
    { name: '综合组', parent: '市复工专班', date: '2020-03-01' },
  ]
  const { facts, refusals } = read(rows)
  expect([facts.length, refusals]).toEqual([2, []])
  const later = { kind: 'renamed', id: 'u-old', name: '市档案馆', date: '2020-03-01', instrument } as const
  const before = [...CITY, ...facts, later]
  expect(read(rows, before)).toMatchObject({ facts: [], known: 2, refusals: [] })
  const twice = read(
    [
      { name: '市档案馆', parent: '江口市' },
      { name: '复工办', parent: '江口市', aliases: '专班' },
    ],
    before,
  )
  expect(twice.refusals.map(({ problem }) => problem.code)).toEqual(['unit-row-twice', 'unit-row-twice'])
  const renaming = { name: '市复工专班', date: '2020-02-20', instrument }
  expect(renamedUnit(grown(before), 'u-old', renaming)).toMatchObject({ problem: { code: 'unit-row-twice' } })
  // From the day on which its name is given up, somebody else may have it.
  expect(read([{ name: '市档案局', parent: '江口市', date: '2020-03-01', id: 'u-next' }], before).facts).toHaveLength(1)
})
