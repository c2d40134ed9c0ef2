import { expect, it, vi } from 'vitest'
import { itsOwn, together } from './together.ts'

const there = (data: number) => ({ data, error: null, isError: false, refetch: vi.fn() })
const onTheWay = { data: undefined, error: null, isError: false, refetch: vi.fn() }
const failed = () => ({ data: undefined, error: new Error('no answer'), isError: true, refetch: vi.fn() })

it('has no answer to any of several questions as long as one is on the way or failed', () => {
  expect(together([there(1), there(2)])).toMatchObject({ data: [1, 2], error: null, isPending: false })
  expect(together([there(1), onTheWay])).toMatchObject({ data: undefined, error: null, isPending: true })
  expect(together([there(1), onTheWay, failed()])).toMatchObject({ data: undefined, error: { message: 'no answer' } })
})

it('asks again only what failed, and says when figures could not be read anew', () => {
  const [good, bad] = [there(1), { ...there(2), error: new Error('no answer'), isError: true }]
  const both = together([good, bad])
  expect(both).toMatchObject({ data: [1, 2], error: { message: 'no answer' } })
  void both.refetch()
  expect([good.refetch, bad.refetch].map((one) => one.mock.calls.length)).toEqual([0, 1])
})

it('takes the answer to the question before for none', () => {
  expect(itsOwn({ data: 234, isPlaceholderData: true })).toMatchObject({ data: undefined })
  expect(itsOwn({ data: 234, isPlaceholderData: false })).toMatchObject({ data: 234 })
})
