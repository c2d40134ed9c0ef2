import { randomUUID } from 'node:crypto'
import { registry } from '@guatu/domains'
import { describe, expect, it } from 'vitest'
import { openCity } from '../http/testing/city.ts'
import type { Job } from './jobs.ts'

describe('an export that is taken in again', () => {
  it('adds nothing: what is recorded is told row by row, what was masked is no name of anybody', async () => {
    const city = await openCity('postgres', registry)
    const register = async (record: string, input: object) => {
      const id = randomUUID()
      const done = await city.ask('town', 'POST', `/api/${record}/${id}/register`, { event: randomUUID(), area: city.village, input })
      expect(done.statusCode).toBe(201)
      return id
    }
    const place = await register('place', { name: '示例楼', kind: 'building' })
    const road = await register('place', { name: '示例卡口', kind: 'road' })
    for (const door of ['1栋101', '1栋102']) await register('household', { door, kind: 'family', place })
    await register('household', { door: '1栋101', kind: 'rental' })
    const gone = await register('household', { door: '1栋103', kind: 'family' })
    await register('person', { name: '测试甲', documentType: 'none', occupation: '示例' })
    const rows = async (record: string) => (await city.ask('town', 'GET', `/api/${record}`)).json<{ rows: unknown[] }>().rows.length
    for (const [record, many] of [
      ['household', 4],
      ['place', 2],
    ] as const) {
      const { body } = await city.ask('town', 'GET', `/api/${record}/export.csv?columns=all`)
      const job = (await city.send('town', `/api/${record}/import`, 'again.csv', body)).json<Job>()
      expect(job.progress).toMatchObject({ total: many, accepted: 0, refused: many })
      expect(new Set(job.examples.map((one) => one.problem?.code))).toEqual(new Set(['already-exists']))
      expect(await rows(record)).toBe(many)
    }
    // What is over stands in nobody's way; an export says that it is over, and taken in again brings nothing back.
    const act = async (record: string, id: string, action: string) => {
      const asked = { event: randomUUID(), area: city.village, input: { reason: '示例' } }
      expect((await city.ask('town', 'POST', `/api/${record}/${id}/${action}`, asked)).statusCode).toBe(200)
    }
    await act('household', gone, 'dissolve')
    await act('place', road, 'close')
    for (const [record, anew] of [
      ['household', '门牌（楼栋房号）,户别,区划\n1栋103,家庭户,书台村委会\n'],
      ['place', '名称,类别,区划\n示例卡口,道路卡口,书台村委会\n'],
    ] as const) {
      const { body } = await city.ask('town', 'GET', `/api/${record}/export.csv?columns=all`)
      const again = (await city.send('town', `/api/${record}/import`, 'over.csv', body)).json<Job>()
      expect(again.progress).toMatchObject({ accepted: 0 })
      expect(new Set(again.examples.map((one) => one.problem?.code))).toEqual(new Set(['already-exists', 'row-is-over']))
      const taken = (await city.send('town', `/api/${record}/import`, 'anew.csv', anew)).json<Job>()
      expect([record, taken.progress]).toMatchObject([record, { accepted: 1, refused: 0 }])
    }
    // Said twice in one sheet it is one home; the same file once more is known as such, and another home is taken.
    const sheet = '门牌（楼栋房号）,户别,区划\n2栋201,家庭户,书台村委会\n2栋201,家庭户,书台村委会\n2栋202,家庭户,书台村委会\n'
    const first = (await city.send('town', '/api/household/import', 'new.csv', sheet)).json<Job>()
    expect([first.progress, first.examples[0]?.problem?.code]).toMatchObject([{ accepted: 2, refused: 1 }, 'row-repeats'])
    expect((await city.send('town', '/api/household/import', 'new.csv', sheet)).json<Job>().progress).toMatchObject({
      accepted: 0,
      repeated: 2,
      refused: 1,
    })
    const masked = (await city.ask('town', 'GET', '/api/person/export.csv?columns=all')).body
    expect(masked).toContain('测*,')
    const people = (await city.send('town', '/api/person/import', 'people.csv', masked)).json<Job>()
    expect(people.progress).toMatchObject({ accepted: 0, refused: 1 })
    expect(people.examples[0]?.problem?.message.zh).toContain('遮盖')
    expect(await rows('person')).toBe(1)
    expect((await city.store.rebuild({ check: true })).differences).toEqual([])
  })
})
