import { randomUUID } from 'node:crypto'
import type { passes } from '@guatu/domains'
import { type AreaFact, SYSTEM } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { withhold } from '../gates/withheld.ts'
import { TERM, villageClosed } from './testing/closed-village.ts'
import { VILLAGE_ORDER } from './testing/closing-order.ts'
import { phoneKey, seenAtGate } from './testing/phone-key.ts'

const PLATE = '川Y12345'

onServer('an order over two counties', ({ engine }) => {
  it('is held at the gates of both against every pass of it, wherever that stands, and they say no more than what it is worth', async () => {
    const at = await villageClosed(engine, () => ({ trades: ['医疗'] }))
    const born = { kind: 'created', level: 'village', code: null, date: '2020-02-01', instrument: '示例' } as const
    const done = async (as: string, record: string, action: string, input: object, area = at.village, id: string = randomUUID()) => {
      expect([record, action, await at.act(as, record, id, action, input, area)]).toEqual([record, action, 'done'])
      return id
    }
    const reform = async (...facts: readonly AreaFact[]) =>
      expect(await at.store.areas.confirm(facts, SYSTEM, at.store.writer)).toMatchObject({ ok: true })
    await reform(
      { ...born, id: 'stays', name: '东村', parent: at.area('511902105') },
      { ...born, id: 'leaves', name: '西村', parent: at.area('511921106') },
    )
    const named = { name: '测试零', documentType: 'none' }
    const issue = (holder: object) => done('grid', 'pass', 'issue', { closure: at.closure, ...holder, ...TERM })
    const codeOf = async (pass: string) => (await at.ask('county', 'GET', `/api/pass/${pass}/code`)).json<{ code: string }>().code
    const member = await done('grid', 'person', 'register', { ...named, household: at.household })
    const worker = await done('grid', 'person', 'register', named)
    const other = await done('grid', 'person', 'register', named)
    const driver = await done('grid', 'person', 'register', { ...named, plate: PLATE })
    const revoked = await issue({
      kind: 'household',
      household: await done('grid', 'household', 'register', { door: '7', kind: 'family' }),
    })
    const vehicle = await issue({ kind: 'vehicle', plate: PLATE })
    const key = await phoneKey(at, 'grid')
    const refused = randomUUID()
    const shown = [at.code.code, await codeOf(await issue({ kind: 'worker', person: worker, trade: '医疗' })), await codeOf(vehicle)]
    shown.push(await codeOf(revoked), await key.codeOf(refused))
    const seen = (gate: string) => Promise.all(shown.map((code) => seenAtGate(at, code, gate)))

    at.clock.set('2020-02-15T01:00:00Z')
    const into = [
      { id: 'stays', parts: 1 },
      { id: 'leaves', parts: 3 },
    ]
    await reform({ kind: 'split', id: at.village, into, date: '2020-02-15', instrument: '区划调整文件' })
    expect(await at.store.db.query('select distinct area from r_pass')).toEqual([{ area: 'leaves' }])
    at.clock.set('2020-02-15T02:00:00Z')
    const valid = ['valid', 'valid']
    const unheard = ['valid', 'not-found']
    for (const gate of ['gate', 'farGate']) expect(await seen(gate)).toEqual([valid, valid, valid, valid, unheard])

    // Phones of either part sign on, and both know their keys.
    const anew = [await phoneKey(at, 'other', 'leaves'), await phoneKey(at, 'town', 'stays')]

    const observed = { kind: 'home', entry: 'list', class: 'listed' }
    await done('other', 'watch', 'enter', { person: member, household: at.household, ...observed }, 'leaves')
    for (const person of [other, driver]) await done('other', 'watch', 'enter', { person, ...observed }, 'leaves')
    await done('duty', 'person', 'merge', { mergedInto: worker }, 'leaves', other)
    await done('other', 'pass', 'revoke', { stopReason: '核查' }, 'leaves', revoked)
    const written = { closure: at.closure, kind: 'household', household: at.household, ...TERM }
    const act = { id: randomUUID(), record: 'pass', recordId: refused, action: 'issue', area: 'leaves', input: written }
    expect(await withhold(at.store, act, '已有有效通行证')).toEqual({ ok: true, value: 'withheld' })
    at.clock.set('2020-02-15T02:10:00Z')
    const [isolated, stopped] = [
      ['isolated', 'isolated'],
      ['revoked', 'revoked'],
    ]
    for (const gate of ['gate', 'farGate']) expect(await seen(gate)).toEqual([isolated, isolated, isolated, stopped, isolated])
    for (const { codeOf: signed } of anew)
      for (const gate of ['gate', 'farGate']) expect(await seenAtGate(at, await signed(randomUUID()), gate)).toEqual(unheard)

    const far = at.area('511921')
    const { pass } = await at.verify('gate', { number: at.code.number, direction: 'out' })
    expect(pass).toEqual({ id: at.pass, number: at.code.number, kind: 'household', closure: at.closure, validTo: TERM.validTo, area: far })
    const looked = (await at.ask('gate', 'POST', '/api/gate/look', { shown: PLATE, direction: 'out' })).json()
    expect(looked).toMatchObject({ elsewhere: far, verdict: { code: 'isolated' }, pass: { id: vehicle } })
    const { vehicles } = (await at.ask('gate', 'GET', '/api/passes/book')).json<passes.GateBook>()
    expect(vehicles).toHaveLength(1)
    expect(at.errors).toEqual([])
  })

  it('lets nobody out by a pass for work who moved to another county and is observed there, with and without a network', async () => {
    const at = await villageClosed(engine)
    const far = at.area('511921106201')
    const done = async (as: string, record: string, action: string, input: object, area = at.village, id: string = randomUUID()) => {
      expect([record, action, await at.act(as, record, id, action, input, area)]).toEqual([record, action, 'done'])
      return id
    }
    const site = await done('town', 'place', 'register', { name: '示例药厂', kind: 'venue' })
    const order = { ...VILLAGE_ORDER, start: '2020-02-14T02:30:00.000Z', organ: at.county, sites: [site], trades: ['医疗'] }
    const closure = await done('county', 'closure', 'draft', order)
    await done('county', 'closure', 'submit', {}, at.village, closure)
    await done('head', 'closure', 'approve', { decidedBy: '市应急指挥部', decisionNo: '市指〔2020〕12号' }, at.village, closure)
    await done('county', 'closure', 'announce', { announcedWhere: '广播' }, at.village, closure)
    const household = await done('grid', 'household', 'register', { door: '301', kind: 'family' })
    const person = await done('grid', 'person', 'register', { name: '测试工', documentType: 'none', household })
    const issued = { closure, kind: 'worker', person, trade: '医疗', ...TERM, validFrom: '2020-02-14T03:00:00.000Z' }
    const pass = await done('grid', 'pass', 'issue', issued)
    const { code } = (await at.ask('county', 'GET', `/api/pass/${pass}/code`)).json<{ code: string }>()
    at.clock.set('2020-02-14T03:10:00Z')
    await done('duty', 'household', 'moveArea', {}, far, household)
    expect(await seenAtGate(at, code)).toEqual(['valid', 'valid'])
    await done('other', 'watch', 'enter', { person, household, kind: 'home', entry: 'list', class: 'listed' }, far)
    at.clock.set('2020-02-14T03:20:00Z')
    expect(await at.store.db.query('select area from r_person where id = $1 union all select area from r_watch', [person])).toEqual([
      { area: far },
      { area: far },
    ])
    expect(await seenAtGate(at, code)).toEqual(['isolated', 'isolated'])
    expect(at.errors).toEqual([])
  })
})
