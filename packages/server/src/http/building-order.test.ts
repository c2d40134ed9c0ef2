import { randomUUID } from 'node:crypto'
import { registry } from '@guatu/domains'
import { type Actor, type AreaFact, type Command, SYSTEM } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { doStandingDuty } from '../jobs/standing.ts'
import { doTimedDuties } from '../jobs/timed.ts'
import { openCity } from './testing/city.ts'

const TERM = { validFrom: '2020-02-14T02:00:00.000Z', validTo: '2020-02-16T02:00:00.000Z' }
const CONTENT = {
  title: '村封闭管理',
  measure: 'closeArea',
  basis: '《中华人民共和国传染病防治法》第四十二条第一款第（五）项',
  basisVersion: '2013年修正',
  reason: '村内发现确诊病例',
  scope: '全村住户',
  start: '2020-02-14T02:00:00.000Z',
  end: '2020-02-16T02:00:00.000Z',
  reviewBy: '2020-02-15',
  announcement: '自即日起实行封闭管理。',
}

onServer('a closing order', ({ engine }) => {
  it('closes one building: approved above, carried by its passes, and lapsed with them at its end', { timeout: 240_000 }, async () => {
    const at = await openCity(engine, registry)
    const created = (id: string, level: 'grid' | 'building', parent: string, name: string): AreaFact => ({
      kind: 'created',
      id,
      level,
      code: null,
      name,
      parent,
      date: '2020-02-01',
      instrument: '示例',
    })
    const facts = [created('g1', 'grid', at.village, '第一网格'), created('b1', 'building', 'g1', '1栋')]
    expect((await at.store.areas.confirm(facts, SYSTEM, at.store.writer)).ok).toBe(true)
    const act = async (as: string, record: string, id: string, action: string, input: object, area?: string) => {
      const answer = await at.ask(as, 'POST', `/api/${record}/${id}/${action}`, {
        event: randomUUID(),
        input,
        ...(area === undefined ? {} : { area }),
      })
      return answer.statusCode < 300 ? 'done' : answer.json<{ code: string; path?: string }>().code
    }
    const [order, pass] = [randomUUID(), randomUUID()]
    const content = {
      title: '1栋封闭管理',
      measure: 'closeArea',
      organ: at.county,
      basis: '《中华人民共和国传染病防治法》第四十二条第一款第（五）项',
      basisVersion: '2013年修正',
      reason: '楼内发现确诊病例',
      scope: '1栋全部住户',
      areas: ['b1'],
      start: '2020-02-14T02:00:00.000Z',
      end: '2020-02-16T02:00:00.000Z',
      reviewBy: '2020-02-15',
      announcement: '自即日起实行封闭管理。',
      outings: 1,
      outingDays: 2,
    }
    expect(await act('town', 'closure', order, 'draft', content, 'b1')).toBe('done')
    expect(await act('duty', 'closure', order, 'submit', {})).toBe('done')
    expect(await act('head', 'closure', order, 'approve', { decidedBy: '市应急指挥部', decisionNo: '市指〔2020〕9号' })).toBe('done')
    expect(await act('duty', 'closure', order, 'announce', { announcedWhere: '楼道' })).toBe('done')
    const household = randomUUID()
    expect(await act('grid', 'household', household, 'register', { door: '101', kind: 'family' }, 'b1')).toBe('done')
    const holder = { closure: order, kind: 'household', household }
    const term = { validFrom: '2020-02-14T02:00:00.000Z', validTo: '2020-02-16T02:00:00.000Z' }
    expect(await act('grid', 'pass', pass, 'issue', { ...holder, ...term, validTo: '2020-02-16T02:00:01.000Z' }, 'b1')).toBe('term-wrong')
    expect(await act('grid', 'pass', pass, 'issue', { ...holder, ...term }, 'b1')).toBe('done')
    const states = async () =>
      (await at.store.db.query<{ state: string }>('select state from r_closure union all select state from r_pass')).map(
        ({ state }) => state,
      )
    expect(await states()).toEqual(['inForce', 'issued'])
    at.clock.set('2020-02-16T02:00:00Z')
    await doTimedDuties(at.store)
    expect(await states()).toEqual(['lapsed', 'expired'])
    expect((await at.store.rebuild({ check: true })).differences).toEqual([])
  })

  it('takes its passes along when it is lifted early: all of them with the act itself, and one that a phone brings later by the next day', {
    timeout: 240_000,
  }, async () => {
    const at = await openCity(engine, registry)
    const { writer, db, clock } = at.store
    const act = async (who: Actor, record: string, recordId: string, action: string, input: Command['input'], happenedAt?: string) => {
      const done = await writer.submit(
        { id: randomUUID(), record, recordId, action, area: at.village, input, ...(happenedAt === undefined ? {} : { happenedAt }) },
        who,
      )
      return done.ok ? 'done' : done.problem.code
    }
    const order = randomUUID()
    const [town, duty, head] = [at.actor('town'), at.actor('duty'), at.actor('head')]
    expect(await act(town, 'closure', order, 'draft', { ...CONTENT, organ: at.county, areas: [at.village] })).toBe('done')
    expect(await act(duty, 'closure', order, 'submit', {})).toBe('done')
    expect(await act(head, 'closure', order, 'approve', { decidedBy: '市应急指挥部', decisionNo: '市指〔2020〕9号' })).toBe('done')
    expect(await act(duty, 'closure', order, 'announce', { announcedWhere: '村口' })).toBe('done')
    const issue = (id: string, happenedAt?: string) =>
      act(town, 'pass', id, 'issue', { closure: order, kind: 'household', household: randomUUID(), ...TERM }, happenedAt)
    const passes = Array.from({ length: 700 }, () => randomUUID())
    at.clock.set('2020-02-14T03:00:00Z')
    expect(new Set(await Promise.all(passes.map((id) => issue(id))))).toEqual(new Set(['done']))
    const [first = '', second = ''] = passes
    expect(await act(town, 'pass', first, 'suspend', { stopReason: '户内有人隔离' })).toBe('done')
    expect(await act(town, 'pass', second, 'revoke', { stopReason: '转借' })).toBe('done')
    at.clock.set('2020-02-14T05:00:00Z')
    const heard: number[] = []
    writer.onCommitted((receipts) => heard.push(receipts.length))
    expect(await act(duty, 'closure', order, 'lift', { liftedBy: at.county, liftReason: '解除' })).toBe('done')
    // One transaction: nobody ever sees some of them ended and others not. The task for the supplies of the village ends with them.
    expect(heard).toEqual([701])
    expect(await db.query('select state, closure from r_need')).toEqual([{ state: 'cancelled', closure: order }])
    const states = async () =>
      await db.query<{ state: string; n: number }>('select state, count(*)::int as n from r_pass group by state order by state')
    expect(await states()).toEqual([
      { state: 'expired', n: 699 },
      { state: 'revoked', n: 1 },
    ])
    // Issued without a network while the order was in force; it is not refused, and does not stay.
    expect(await issue(randomUUID(), '2020-02-14T04:00:00.000Z')).toBe('done')
    for (const standing of registry.domains.flatMap((domain) => domain.standing ?? []))
      await doStandingDuty({ ...at.store, clock }, standing)
    expect(await states()).toEqual([
      { state: 'expired', n: 700 },
      { state: 'revoked', n: 1 },
    ])
    expect((await at.store.rebuild({ check: true })).differences).toEqual([])
  })
})
