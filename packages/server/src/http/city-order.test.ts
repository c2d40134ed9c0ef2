import { randomUUID } from 'node:crypto'
import { registry } from '@guatu/domains'
import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { doDailyDuties } from '../jobs/daily.ts'
import { doTimedDuties } from '../jobs/timed.ts'
import { openCity } from './testing/city.ts'
import { TERM, verifying } from './testing/closed-village.ts'
import { VILLAGE_ORDER } from './testing/closing-order.ts'
import { phoneKey, seenAtGate } from './testing/phone-key.ts'

onServer('an order of the city over villages of two counties', ({ engine }) => {
  async function closed() {
    const city = await openCity(engine, registry)
    const far = city.area('511921106201')
    const closure = randomUUID()
    const { act, verify, verdict } = verifying(city)
    const at = { ...city, act, verify, verdict, closure, far }
    const done = async (as: string, record: string, action: string, input: object, area = at.village, id: string = randomUUID()) => {
      expect([record, action, await act(as, record, id, action, input, area)]).toEqual([record, action, 'done'])
      return id
    }
    const order = { ...VILLAGE_ORDER, organ: at.city, areas: [at.village, far], outings: 1, outingDays: 2, trades: ['医疗'] }
    await done('duty', 'closure', 'draft', order, at.city, closure)
    await done('duty', 'closure', 'submit', {}, at.city, closure)
    const paper = async () => (await at.send('duty', '/api/files', 'paper.pdf', '%PDF-1.4\n%%EOF')).json<object>()
    const decision = { decidedBy: '省应急指挥部', decisionNo: '省指〔2020〕9号' }
    const decided = { ...decision, decidedAt: '2020-02-14T01:30:00.000Z', decisionFile: await paper() }
    await done('duty', 'closure', 'enterDecision', decided, at.city, closure)
    await done('duty', 'closure', 'announce', { announcedWhere: '广播' }, at.city, closure)
    const pass = async (as: string, area: string) => {
      const household = await done(as, 'household', 'register', { door: '102', kind: 'family' }, area)
      const person = await done(as, 'person', 'register', { name: '测试户', documentType: 'none', household }, area)
      const issued = await done(as, 'pass', 'issue', { closure, kind: 'household', household, ...TERM }, area)
      const { code, number } = (await at.ask(as, 'GET', `/api/pass/${issued}/code`)).json<{ code: string; number: string }>()
      return { household, person, pass: issued, code, number }
    }
    at.clock.set('2020-02-14T03:00:00Z')
    const homes = [await pass('grid', at.village), await pass('other', far)] as const
    const seen = async () =>
      Promise.all(homes.map(async ({ code }) => [await seenAtGate(at, code, 'gate'), await seenAtGate(at, code, 'farGate')]))
    return { ...at, done, homes, seen, paper, decision }
  }
  const everywhere = (code: string) => Array(2).fill(Array(2).fill([code, code]))

  it('is held at the gates of both, with and without a network, by its phones, outings and observations', async () => {
    const at = await closed()
    const [here, there] = at.homes
    expect(await at.seen()).toEqual(everywhere('valid'))
    const [near, abroad] = [await phoneKey(at, 'grid'), await phoneKey(at, 'other', at.far)]
    at.clock.set('2020-02-14T03:10:00Z')
    for (const key of [near, abroad])
      expect([
        (await seenAtGate(at, await key.codeOf(randomUUID())))[0],
        (await seenAtGate(at, await key.codeOf(randomUUID()), 'farGate'))[0],
      ]).toEqual(['valid', 'valid'])
    // An outing counts wherever it was.
    const out = { gate: 'estate', direction: 'out', temperature: 36.5, mask: true, checked: 'valid', decision: 'pass' }
    await at.done('farGate', 'crossing', 'record', { ...out, passNumber: there.number }, at.far)
    expect(await at.verdict('gate', { code: there.code, direction: 'out' })).toBe('spent')
    expect(await at.verdict('farGate', { code: here.code, direction: 'out' })).toBe('valid')
    // Couriers and trades go by it at the gates of both.
    const trade = { gate: 'estate', direction: 'in', temperature: 36.5, mask: true, trade: '医疗', decision: 'pass' }
    for (const [gate, area] of [
      ['gate', at.village],
      ['farGate', at.far],
    ] as const) {
      const line = await at.done(gate, 'crossing', 'record', trade, area)
      expect((await at.ask('duty', 'GET', `/api/crossing/${line}`)).json<{ fields: { differs?: true } }>().fields.differs).toBeUndefined()
    }
    const observed = { kind: 'home', entry: 'list', class: 'listed' }
    const watches: string[] = []
    for (const [as, { person, household }, area] of [
      ['grid', here, at.village],
      ['other', there, at.far],
    ] as const)
      watches.push(await at.done(as, 'watch', 'enter', { person, household, ...observed }, area))
    at.clock.set('2020-02-16T04:00:00Z')
    expect(await at.seen()).toEqual(everywhere('isolated'))
    await at.done('other', 'pass', 'revoke', { stopReason: '核查' }, at.far, there.pass)
    at.clock.set('2020-02-16T04:10:00Z')
    // Whoever is kept in stays so, whatever becomes of the paper.
    expect(await at.seen()).toEqual(everywhere('isolated'))
    await at.done('duty', 'watch', 'void', { why: 'mistaken' }, at.far, watches[1])
    at.clock.set('2020-02-16T04:20:00Z')
    expect(await at.seen()).toEqual([everywhere('isolated')[0], everywhere('revoked')[0]])
    expect(at.errors).toEqual([])
  })

  it('is reviewed by the city, prolonged by the paper of the province, and lapses with all its passes where nobody reviews it', async () => {
    const at = await closed()
    const note = { reviewNote: '复核', reviewBy: '2020-02-21' }
    expect(await at.act('county', 'closure', at.closure, 'review', note)).toBe('outside-jurisdiction')
    at.clock.set('2020-02-15T03:00:00Z')
    await at.done('duty', 'closure', 'review', note, at.city, at.closure)
    const longer = { ...at.decision, end: '2020-02-28T10:00:00.000Z', reviewBy: '2020-02-22' }
    expect(await at.act('head', 'closure', at.closure, 'prolong', longer)).toBe('paper-missing')
    await at.done('duty', 'closure', 'prolong', { ...longer, decisionFile: await at.paper() }, at.city, at.closure)
    const states = async () =>
      (await at.store.db.query<{ state: string }>('select state from r_closure union all select state from r_pass')).map(
        ({ state }) => state,
      )
    at.clock.set('2020-02-23T03:00:00Z')
    await doDailyDuties(at.store)
    expect(await at.store.db.query('select review_overdue as overdue from r_closure')).toEqual([{ overdue: true }])
    await doTimedDuties(at.store)
    expect(await states()).toEqual(['inForce', 'expired', 'expired'])
    const again = { validFrom: '2020-02-23T02:00:00.000Z', validTo: '2020-02-26T02:00:00.000Z' }
    for (const [as, { household }, area] of [
      ['grid', at.homes[0], at.village],
      ['other', at.homes[1], at.far],
    ] as const)
      await at.done(as, 'pass', 'issue', { closure: at.closure, kind: 'household', household, ...again }, area)
    at.clock.set('2020-02-26T01:00:00Z')
    await doDailyDuties(at.store)
    expect((await states()).sort()).toEqual(['expired', 'expired', 'expired', 'expired', 'lapsed'])
    expect(at.errors).toEqual([])
  })
})
