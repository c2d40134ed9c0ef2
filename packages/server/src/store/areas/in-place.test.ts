import { type AreaFact, foldAreas } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { CITY_FACTS } from '../../../../../testing/src/stores/lighthouse-store.ts'
import { inPlace } from './in-place.ts'

const dated = { date: '2020-02-10', instrument: '区划调整文件' } as const
const grid: AreaFact = {
  kind: 'created',
  id: 'g',
  level: 'grid',
  code: null,
  name: '一网格',
  parent: '11a1',
  date: '2020-02-01',
  instrument: '示例',
}

const placesAfter = (...facts: readonly AreaFact[]) => {
  const tree = foldAreas([...CITY_FACTS, grid, ...facts])
  if (!tree.ok) throw new Error(tree.problem.message.en)
  return (areas: readonly string[], day = '2020-02-14', since = '2020-02-05') =>
    inPlace(tree.value)(areas, day, since).map(({ path, whole, without }) => [path, whole, ...(without ?? [])])
}

it('is where it was on the days before a reform, and where nothing has changed', () => {
  const places = placesAfter(
    { kind: 'merged', ids: ['11a1'], into: '11a2', ...dated },
    { kind: 'moved', id: 'g', parent: '11a2', ...dated },
  )
  expect(places(['11a1'], '2020-02-09')).toEqual([['1/11/11a/11a1/', true]])
  expect(places(['12a1'])).toEqual([['1/12/12a/12a1/', true]])
  expect(places(['nowhere'])).toEqual([])
})

it('is a part of a village into which a reform has put it, and the whole of its grids and of a village made of nothing else', () => {
  const merged: AreaFact = { kind: 'merged', ids: ['11a1'], into: '11a2', ...dated }
  const places = placesAfter(merged, { kind: 'moved', id: 'g', parent: '11a2', ...dated })
  const parts = [
    ['1/11/11a/11a2/', false],
    ['1/11/11a/11a2/g/', true],
  ]
  expect(places(['11a1'])).toEqual(parts)
  expect(places(['11a1'], '2020-02-14', '2020-02-12')).toEqual(parts)
  expect(places(['11a1', '11a2'])).toEqual([['1/11/11a/11a2/', true]])
  // It was closed itself; those who were merged into it since were not.
  expect(places(['11a2'])).toEqual([['1/11/11a/11a2/', false]])
})

it('is each of the villages into which it was divided', () => {
  const into = [
    { id: '11a1', parts: 3 },
    { id: '11a2', parts: 1 },
  ]
  expect(placesAfter({ kind: 'split', id: '11b1', into, ...dated })(['11b1'])).toEqual([
    ['1/11/11a/11a1/', false],
    ['1/11/11a/11a2/', false],
  ])
})

it('is also where a part went that is known by itself, and not what came there from elsewhere', () => {
  const moved = (id: string, parent: string, date = '2020-02-10'): AreaFact => ({ kind: 'moved', id, parent, ...dated, date })
  const away = [
    ['1/11/11a/11a1/', true],
    ['1/11/11a/11a2/g/', true],
  ]
  const left = placesAfter(moved('g', '11a2'))
  expect([left(['11a1']), left(['11a2'])]).toEqual([away, [['1/11/11a/11a2/', true, '1/11/11a/11a2/g/']]])
  expect([left(['11a1'], '2020-02-09'), left(['11a1'], '2020-02-14', '2020-02-12')]).toEqual([away.slice(0, 1), away.slice(0, 1)])
  expect(left(['11a1', '11a2'])).toEqual([
    ['1/11/11a/11a1/', true],
    ['1/11/11a/11a2/', true],
  ])
  expect(placesAfter(moved('g', '11a2'), moved('g', '11a1', '2020-02-12'))(['11a1'])).toEqual(away.slice(0, 1))
  // What began meanwhile is of where it began; a building goes where its grid goes, or its own way.
  const began = (id: string, parent: string, level: 'grid' | 'building' = 'grid'): AreaFact => ({
    ...grid,
    id,
    parent,
    level,
    date: '2020-02-08',
  })
  const since = placesAfter(began('n', '11a1'), moved('n', '11a2'))
  expect([since(['11a1']), since(['11a2'])]).toEqual([
    [away[0], ['1/11/11a/11a2/n/', true]],
    [['1/11/11a/11a2/', true, '1/11/11a/11a2/n/']],
  ])
  const built = placesAfter(began('b', 'g', 'building'), moved('g', '11a2'), began('h', '11a1'), moved('b', 'h', '2020-02-12'))
  expect(built(['11a1'])).toEqual(away)
  expect(built(['11a2'])).toEqual([['1/11/11a/11a2/', true, '1/11/11a/11a2/g/']])
})
