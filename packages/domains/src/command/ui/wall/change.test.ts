import { expect, it } from 'vitest'
import { changeOf, type Day } from './change.ts'

const day = (stock: number, per?: number): Day => ({
  day: '2020-02-14',
  stock,
  entered: 0,
  left: 0,
  movedIn: 0,
  movedOut: 0,
  ...(per === undefined ? {} : { per }),
})

it('says of a count by how many it changed, and of a ratio by how many percentage points', () => {
  const both = (now: Day | undefined, before: Day | undefined) => [changeOf(now, before, 'zh'), changeOf(now, before, 'en')]
  expect(both(day(1_212), day(12))).toEqual(['▲ +1,200', '▲ +1,200'])
  expect(both(day(3), day(5))).toEqual(['▼ −2', '▼ −2'])
  expect(both(day(9, 10), day(8, 10))).toEqual(['▲ +10个百分点', '▲ +10 pp'])
  expect(both(day(1, 2), day(2, 4))).toEqual(['→ 0个百分点', '→ 0 pp'])
  expect(both(day(0, 0), day(1, 2))).toEqual(['▼ −50个百分点', '▼ −50 pp'])
  expect(both(day(1), undefined)).toEqual(['—', '—'])
})
