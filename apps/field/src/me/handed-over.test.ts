import { problem, refuse } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { whereOf } from './handed-over.ts'

it('says where what was handed over waits and why, and what was decided', () => {
  const why = refuse('other-name-registered', { zh: '姓名不同。', en: 'By another name.' })
  const one = { id: 'a', area: '511902001001', reason: null, state: 'waiting', problem: why } as const
  expect(whereOf(one, '北门社区')).toEqual({
    zh: '在北门社区所属乡镇（街道）的移交箱中等待经办员处理。姓名不同。',
    en: 'It waits for a clerk in the hand-over box of the town of 北门社区. By another name.',
  })
  // What builds on it says nothing more.
  expect(whereOf({ ...one, problem: problem('not-found', { what: '人员' }) }, undefined)).toEqual({
    zh: '在乡镇（街道）的移交箱中等待经办员处理。',
    en: 'It waits for a clerk in the hand-over box of the town.',
  })
  expect(whereOf({ ...one, state: 'taken' }, undefined).zh).toBe('已由经办员接收入账。')
  expect(whereOf({ ...one, state: 'dropped', reason: '不是同一人' }, undefined)).toEqual({
    zh: '经办员未接收：不是同一人',
    en: 'A clerk let it rest: 不是同一人',
  })
})
