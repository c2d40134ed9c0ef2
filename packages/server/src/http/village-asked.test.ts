import { randomUUID } from 'node:crypto'
import { registry } from '@guatu/domains'
import { describe, expect, it } from 'vitest'
import { openCity } from './testing/city.ts'

const WUHAN = { channel: 'worker', arrivedOn: '2020-02-13', origin: '湖北省武汉市', originCode: '420100' }
const AWAY = { channel: 'worker', leavesOn: '2020-02-14', destination: '成都市', purpose: 'work' }
const OBSERVED = { kind: 'home', entry: 'list', class: 'listed', from: '2020-02-12' }

describe('what belongs to a village', () => {
  const setUp = async () => {
    const at = await openCity('pglite', registry)
    const town = at.area('511902105')
    const act = async (as: string, record: string, action: string, input: object, area = at.village, id: string = randomUUID()) => {
      const { statusCode, ...answer } = await at.ask(as, 'POST', `/api/${record}/${id}/${action}`, { event: randomUUID(), area, input })
      const { code, path } = answer.json<{ code: string; path: string }>()
      return statusCode < 300 ? id : `${code} ${path}`
    }
    const household = await act('grid', 'household', 'register', { door: '7', kind: 'family' })
    const person = await act('grid', 'person', 'register', { name: '测试甲', household })
    return { ...at, town, act, household, person }
  }

  it('is not entered at a town, where nobody in the village sees it', async () => {
    const at = await setUp()
    const { person, household } = at
    const enter = (area: string) => [
      at.act('town', 'departure', 'declare', { ...AWAY, person }, area),
      at.act('town', 'watch', 'enter', { ...OBSERVED, person, household }, area),
      at.act('town', 'visit', 'open', { household, trigger: 'asked', dueOn: '2020-02-15' }, area),
      at.act('town', 'need', 'open', { kind: 'daily', dueOn: '2020-02-15', household }, area),
      at.act('town', 'transfer', 'open', { person, reason: 'illness' }, area),
    ]
    for (const answer of [at.act('town', 'arrival', 'declare', { ...WUHAN, person }, at.town), ...enter(at.town)])
      expect(await answer).toBe('area-level area')
    for (const answer of enter(at.village)) {
      const id = await answer
      expect(id).toMatch(/^[0-9a-f-]{36}$/)
    }
    expect((await at.ask('grid', 'GET', '/api/watch')).json()).toMatchObject({ rows: [{ area: at.village, state: 'watching' }] })
    const sheet = '姓名,到达日期,来源地,申报方式\n测试乙,2020-02-13,湖北省武汉市,名单导入\n'
    expect((await at.send('town', `/api/arrival/import?area=${at.town}`, 'a.csv', sheet)).json()).toMatchObject({
      progress: { accepted: 0, refused: 1 },
    })
  })

  it('may be of a whole town where it is of no home: at a central site, or a task for everybody', async () => {
    const at = await setUp()
    const site = await at.act('town', 'site', 'register', { name: '宾馆', kind: 'hotel', address: '路1', rooms: ['1'] }, at.town)
    expect(await at.act('town', 'site', 'open', {}, at.town, site)).toBe(site)
    const lodged = { ...OBSERVED, kind: 'central', person: at.person, site, room: '1' }
    for (const id of [
      await at.act('town', 'watch', 'enter', lodged, at.town),
      await at.act('town', 'need', 'open', { kind: 'rubbish', dueOn: '2020-02-15' }, at.town),
    ])
      expect(id).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('that stands at a town all the same is looked after by nobody whose account does not see it', async () => {
    const at = await setUp()
    const { person, household } = at
    const worker = async () => (await at.store.db.query<{ worker: string | null }>('select worker from r_watch'))[0]?.worker
    const charge = { account: 'grid', worker: '网格员', part: 'grid', from: '2020-02-01', household }
    expect(await at.act('town', 'assignment', 'assign', charge)).toMatch(/^[0-9a-f-]{36}$/)
    const site = await at.act('town', 'site', 'register', { name: '宾馆', kind: 'hotel', address: '路1', rooms: ['1'] }, at.town)
    expect(await at.act('town', 'site', 'open', {}, at.town, site)).toBe(site)
    await at.act('town', 'watch', 'enter', { ...OBSERVED, kind: 'central', person, household, site, room: '1' }, at.town)
    expect(await worker()).toBeNull()
  })
})
