import { type Actor, MOVE } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { places } from '../../../../../testing/src/places/places.ts'
import { acting, tablesFor } from '../../../../../testing/src/stores/acting.ts'
import { rebuild } from '../../../../server/src/store/rebuild/rebuild.ts'
import { registry } from '../../registry.ts'

const uuid = () => crypto.randomUUID()
const actor = (id: string, grant: Actor['grants'][number]): Actor => ({ id, name: id, grants: [grant] })
const worker = actor('worker', { role: 'grid-worker', path: '1/11/11a/' })
const county = actor('county', { role: 'county-clerk', path: '1/11/', unit: '11' })
const city = actor('city', { role: 'leader', path: '1/' })

const TERM = { validFrom: '2020-02-10T02:00:00.000Z', validTo: '2020-02-17T02:00:00.000Z' }

onServer('passes of those who move', (engine) => {
  const database = engine.shared<unknown>(tablesFor(registry))
  const setUp = async () => {
    const at = await acting(database(), registry, '2020-02-10T01:00:00Z')
    const close = async (content: Record<string, unknown>, area: string) => {
      const id = uuid()
      const order = {
        title: '封闭管理',
        measure: 'closeArea',
        organ: '11',
        basis: '《中华人民共和国传染病防治法》第四十二条第一款第（五）项',
        basisVersion: '2013年修正',
        reason: '确诊病例',
        scope: '全部住户',
        start: '2020-02-10T00:00:00.000Z',
        end: '2020-02-20T10:00:00.000Z',
        reviewBy: '2020-02-15',
        announcement: '公告',
        trades: ['保供超市'],
        ...content,
      }
      expect(await at.act(county, 'closure', id, 'draft', order, { area })).toBe('done')
      expect(await at.act(county, 'closure', id, 'submit')).toBe('done')
      expect(await at.act(city, 'closure', id, 'approve', { decidedBy: '市指挥部', decisionNo: '9号' })).toBe('done')
      expect(await at.act(county, 'closure', id, 'announce', { announcedWhere: '广播' })).toBe('done')
      return id
    }
    const home = async (area: string, more: Record<string, unknown> = {}) => {
      const id = uuid()
      expect(await at.act(county, 'household', id, 'register', { door: '1栋101', kind: 'family', ...more }, { area })).toBe('done')
      return id
    }
    const person = async (household: string, area: string) => {
      const id = uuid()
      expect(await at.act(county, 'person', id, 'register', { name: '测试甲', household }, { area })).toBe('done')
      return id
    }
    const issue = async (closure: string, input: Record<string, unknown>, area: string) => {
      const id = uuid()
      expect(await at.act(worker, 'pass', id, 'issue', { closure, kind: 'household', ...TERM, ...input }, { area })).toBe('done')
      return id
    }
    const pass = async (id: string) => {
      const { area, state, stop_reason, moved_away } = (await at.row('pass', id)) ?? {}
      return { area, state, stop_reason, moved_away }
    }
    const needs = (household: string) =>
      at.db.query<{ area: string; text: string }>(`select area, text from r_need where household = '${household}'`)
    const wrong = async () => (await rebuild(at.db, registry, places, { check: true })).differences
    return { ...at, close, home, person, issue, pass, needs, wrong }
  }
  const GONE = { state: 'revoked', stop_reason: '持证户已迁出该决定的封控范围', moved_away: true }

  it('end with a reason where the order does not reach, with a task there; within the order they stay', async () => {
    const at = await setUp()
    const [village, wide] = [await at.close({ areas: ['11a1'] }, '11a1'), await at.close({ areas: ['11a1', '11a2'] }, '11a')]
    at.on('2020-02-10', '10:00')
    const household = await at.home('11a1')
    const [narrow, broad] = [await at.issue(village, { household }, '11a1'), await at.issue(wide, { household }, '11a1')]
    const ended = await at.issue(village, { household: await at.home('11a1') }, '11a1')
    const vehicle = await at.issue(village, { kind: 'vehicle', plate: '川Y00001', household }, '11a1')
    expect(await at.act(worker, 'pass', ended, 'revoke', { stopReason: '转借' })).toBe('done')
    at.on('2020-02-11')
    expect(await at.act(county, 'household', household, MOVE, {}, { area: '11a2' })).toBe('done')
    expect(await at.pass(narrow)).toEqual({ ...GONE, area: '11a1' })
    expect(await at.pass(broad)).toEqual({ area: '11a1', state: 'issued', stop_reason: null, moved_away: null })
    expect(await at.pass(vehicle)).toMatchObject({ area: '11a1', state: 'issued' })
    expect(await at.pass(ended)).toMatchObject({ state: 'revoked', stop_reason: '转借', moved_away: null })
    const [need, ...more] = await at.needs(household)
    expect([need?.area, more]).toEqual(['11a2', []])
    expect(need?.text).toContain('请收回旧证')
    // A pass under the order of before is not issued again.
    const again = { closure: village, kind: 'household', household, validFrom: '2020-02-11T02:00:00.000Z', validTo: TERM.validTo }
    expect(await at.act(worker, 'pass', uuid(), 'issue', again, { area: '11a2' })).toBe('order-elsewhere input.closure')
    expect(await at.wrong()).toEqual([])
  })

  it('end too where only places are closed and the home is left, and go with whoever holds them for work', async () => {
    const at = await setUp()
    const building = uuid()
    expect(await at.act(county, 'place', building, 'register', { name: '示例楼', kind: 'building' }, { area: '11a1' })).toBe('done')
    const [sites, village] = [await at.close({ sites: [building] }, '11'), await at.close({ areas: ['11a1'] }, '11a1')]
    at.on('2020-02-10', '10:00')
    const household = await at.home('11a1', { place: building })
    const [me, other] = [await at.person(household, '11a1'), await at.person(household, '11a1')]
    const [own, work] = [
      await at.issue(sites, { household }, '11a1'),
      await at.issue(village, { kind: 'worker', person: me, trade: '保供超市' }, '11a1'),
    ]
    const stays = await at.issue(village, { kind: 'worker', person: other, trade: '保供超市' }, '11a1')
    const theirs = await at.issue(village, { household }, '11a1')
    at.on('2020-02-11')
    // One of them moves: that one's pass for work ends, the household keeps its own.
    expect(await at.act(county, 'person', me, MOVE, {}, { area: '11b1' })).toBe('done')
    expect(await at.pass(work)).toMatchObject(GONE)
    for (const id of [own, stays, theirs]) expect(await at.pass(id)).toMatchObject({ state: 'issued', area: '11a1' })
    at.on('2020-02-12')
    expect(await at.act(county, 'household', household, MOVE, {}, { area: '11b1' })).toBe('done')
    for (const id of [own, stays, theirs]) expect(await at.pass(id)).toEqual({ ...GONE, area: '11a1' })
    expect(await at.wrong()).toEqual([])
  })

  it('end when the move becomes known late, also those that were issued after it', async () => {
    const at = await setUp()
    const village = await at.close({ areas: ['11a1'] }, '11a1')
    at.on('2020-02-10', '10:00')
    const household = await at.home('11a1')
    const other = await at.home('11a1')
    const before = await at.issue(village, { household }, '11a1')
    at.on('2020-02-11')
    const after = await at.issue(village, { household: other }, '11a1')
    at.on('2020-02-12')
    const happenedAt = '2020-02-10T12:00:00.000Z'
    for (const id of [household, other]) expect(await at.act(county, 'household', id, MOVE, {}, { area: '11a2', happenedAt })).toBe('done')
    expect([await at.pass(before), await at.pass(after)]).toEqual([
      { ...GONE, area: '11a1' },
      { ...GONE, area: '11a1' },
    ])
    // One that a phone issued before the move, and brings after it, ends with it.
    at.on('2020-02-12', '11:00')
    const third = await at.home('11a1')
    at.on('2020-02-13')
    expect(await at.act(county, 'household', third, MOVE, {}, { area: '11a2' })).toBe('done')
    at.on('2020-02-13', '11:00')
    const input = { closure: village, kind: 'household', household: third, ...TERM }
    const late = uuid()
    const happened = { area: '11a1', happenedAt: '2020-02-12T04:00:00.000Z' }
    expect(await at.act(worker, 'pass', late, 'issue', input, happened)).toBe('done')
    expect(await at.pass(late)).toEqual({ ...GONE, area: '11a1' })
    expect(await at.wrong()).toEqual([])
  })

  it('are looked at by a person where somebody observed is told late to have moved into the home before one was issued', async () => {
    const at = await setUp()
    const village = await at.close({ areas: ['11a1'] }, '11a1')
    at.on('2020-02-10', '10:00')
    const [left, joined] = [await at.home('11a1'), await at.home('11a1')]
    const person = await at.person(left, '11a1')
    const watch = uuid()
    expect(await at.act(worker, 'watch', watch, 'enter', { kind: 'home', class: 'listed', entry: 'list', person }, { area: '11a1' })).toBe(
      'done',
    )
    at.on('2020-02-11')
    const issued = await at.issue(village, { household: joined }, '11a1')
    at.on('2020-02-12')
    const reading = { how: 'worker', half: 'morning', temperature: 36.5 }
    expect(await at.act(worker, 'watch', watch, 'check', reading)).toBe('done')
    // In its order the pass would have been refused: nothing is done before somebody decided, and the pass was issued to who was at home then.
    const happenedAt = '2020-02-10T12:00:00.000Z'
    const move = () => at.act(worker, 'person', person, 'changeHousehold', { household: joined }, { happenedAt })
    expect(await move()).toContain('out-of-order')
    expect(await at.row('person', person)).toMatchObject({ household: left })
    expect(await at.row('watch', watch)).toMatchObject({ household: left })
    expect(await at.act(worker, 'pass', issued, 'revoke', { stopReason: '户内有人隔离' })).toBe('done')
    expect(await move()).toContain('out-of-order')
    expect(await at.act(worker, 'person', person, 'changeHousehold', { household: joined })).toBe('done')
    expect(await at.row('watch', watch)).toMatchObject({ household: joined })
    expect(await at.wrong()).toEqual([])
  })
})
