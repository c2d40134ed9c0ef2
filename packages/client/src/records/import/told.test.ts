import { expect, it } from 'vitest'
import { toldOf } from './told.ts'

it('says of a sheet that is still read how far it is, and only once it is over what became of its rows', () => {
  const progress = { total: 6_001, done: 1_500, accepted: 0, repeated: 0, refused: 0, ignored: [] }
  expect(toldOf({ state: 'running', dryRun: false, progress })).toEqual({
    zh: '正在导入：共6001行，已处理1500行。',
    en: 'Running: 1500 of 6001 rows done.',
  })
  expect(toldOf({ state: 'done', dryRun: true, progress: { ...progress, done: 6_001, accepted: 6_000, refused: 1 } })).toEqual({
    zh: '已完成：共6001行，可以导入6000，此前已有0，不能导入1。',
    en: 'Done: 6001 rows, 6000 could be taken, 0 known before, 1 refused.',
  })
})
