import { expect, it } from 'vitest'
import { ApiProblem, OFFLINE } from '../api/client.ts'
import { type Pile, saidOf, sizeOf } from './piles.ts'

const known = (count: number): Pile => ({ count, error: null })
const failed: Pile = { count: undefined, error: new ApiProblem(OFFLINE) }
const coming: Pile = { count: undefined, error: null }
const older = (count: number): Pile => ({ count, error: new ApiProblem(OFFLINE) })

it('counts what waits, and is silent only where nothing is known to wait', () => {
  expect(saidOf([known(2), known(3)])).toEqual({ badge: '5', label: { zh: '待办5件', en: '5 waiting' } })
  expect(saidOf([known(70), known(30)]).badge).toBe('99+')
  expect(saidOf([known(0), known(0)])).toEqual({ badge: undefined, label: { zh: '待办0件', en: '0 waiting' } })
})

it('says of a pile that could not be read that it is unknown, and why', () => {
  expect(saidOf([failed])).toMatchObject({ badge: '—', label: { zh: `待办未知，没有读到：${OFFLINE.message.zh}` } })
  expect(saidOf([known(0), failed])).toMatchObject({ badge: '—', label: { zh: expect.stringContaining('至少0件，另有1类没有读到') } })
  expect(saidOf([known(4), failed])).toMatchObject({ badge: '4?', label: { en: expect.stringContaining('At least 4 waiting') } })
  expect(saidOf([known(4), coming]).badge).toBe('4…')
  expect(saidOf([coming, coming])).toEqual({ badge: '…', label: { zh: '待办正在读取', en: 'Reading what waits' } })
  expect(saidOf([older(0)])).toMatchObject({ badge: '0?', label: { zh: expect.stringContaining('没能重新读取') } })
  expect([known(0), failed, coming, older(7)].map(sizeOf)).toEqual(['0', '—', '…', '7?'])
})
