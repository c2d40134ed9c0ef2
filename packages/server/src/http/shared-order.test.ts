import { randomUUID } from 'node:crypto'
import type { passes } from '@guatu/domains'
import { type AreaFact, SYSTEM } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onBothEngines } from '../../../../testing/src/databases/index.ts'
import { withhold } from '../gates/withheld.ts'
import { TERM, villageClosed } from './testing/closed-village.ts'
import { phoneKey, seenAtGate } from './testing/phone-key.ts'

const PLATE = '川Y12345'

onBothEngines('an order over two counties', ({ engine }) => {
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
    for (const gate of ['gate', 'farGate']) expect(await seen(gate)).toEqual([isolated, isolated, isolated, stopped, stopped])

    const far = at.area('511921')
    const { pass } = await at.verify('gate', { number: at.code.number, direction: 'out' })
    expect(pass).toEqual({ id: at.pass, number: at.code.number, kind: 'household', closure: at.closure, validTo: TERM.validTo, area: far })
    const looked = (await at.ask('gate', 'POST', '/api/gate/look', { shown: PLATE, direction: 'out' })).json()
    expect(looked).toMatchObject({ elsewhere: far, verdict: { code: 'isolated' }, pass: { id: vehicle } })
    const { vehicles } = (await at.ask('gate', 'GET', '/api/passes/book')).json<passes.GateBook>()
    expect(vehicles).toHaveLength(1)
    expect(at.errors).toEqual([])
  })
})
