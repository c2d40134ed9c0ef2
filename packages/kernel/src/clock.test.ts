import { expect, it } from 'vitest'
import { momentOn } from './clock.ts'

it('puts an act of an earlier day at the end of that day in the city, and one of today at now', () => {
  expect(momentOn('2020-02-10', '2020-02-14', 'Asia/Shanghai')).toBe('2020-02-10T15:59:59.000Z')
  expect(momentOn('2020-02-14', '2020-02-14', 'Asia/Shanghai')).toBeUndefined()
  expect(momentOn(undefined, '2020-02-14', 'Asia/Shanghai')).toBeUndefined()
})
