import type { Actor } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { places } from '../../../../../testing/src/places/places.ts'
import { acting, tablesFor } from '../../../../../testing/src/stores/acting.ts'
import { rebuild } from '../../../../server/src/store/rebuild/rebuild.ts'
import { registry } from '../../registry.ts'
import { ORDER_OF_11A1 } from '../testing/small-city-order.ts'
import { allowedBy } from './allowed.ts'

const uuid = () => crypto.randomUUID()
const actor = (id: string, role: Actor['grants'][number]['role'], path: string): Actor => ({ id, name: id, grants: [{ role, path }] })
const gate = actor('gate', 'gate-officer', '1/11/')
const town = actor('town', 'town-clerk', '1/11/11a/')
const city = actor('city', 'leader', '1/')
const county: Actor = { id: 'county', name: 'county', grants: [{ role: 'county-clerk', path: '1/11/', unit: '11' }] }

const { areas: _areas, title: _title, ...ORDER } = ORDER_OF_11A1
const LINE = { gate: 'estate', direction: 'in', mask: true, temperature: 36.4, decision: 'pass' }

it('an order that closes a part of a village keeps nobody out of the whole of it, and lets its trades through where nothing else is said', () => {
  const part = { path: '1/', areas: ['1/2/'], partly: ['1/2/'], couriers: 'none' as const, trades: ['医疗'] }
  const gateOf = (path: string) => ({ path, places: [] })
  expect(allowedBy([part], gateOf('1/2/'))).toMatchObject({
    trades: new Map([['医疗', '']]),
    closed: { parts: [{ by: '', what: '1/2/' }] },
  })
  expect(allowedBy([part], gateOf('1/3/'))).toEqual({ closed: false, trades: new Map() })
  const whole = { title: '另一决定', path: '1/', areas: ['1/2/'], trades: ['保供'] }
  expect(allowedBy([part, whole], gateOf('1/2/')).trades).toEqual(new Map([['保供', '另一决定']]))
})

onServer('what an order lets in at the gates of what it closes', (engine) => {
  const database = engine.shared<unknown>(tablesFor(registry))
  const setUp = async () => {
    const at = await acting(database(), registry, '2020-02-10T01:00:00Z')
    // What another test closed is open again.
    for (const { id } of await at.db.query<{ id: string }>(`select id from r_closure where state = 'inForce'`))
      expect(await at.act(county, 'closure', id, 'lift', { liftedBy: '11', liftReason: '风险解除' })).toBe('done')
    const close = async (
      title: string,
      allows: Record<string, unknown>,
      area = '11a1',
      closes: Record<string, unknown> = { areas: [area] },
    ) => {
      const id = uuid()
      expect(await at.act(county, 'closure', id, 'draft', { title, ...ORDER, ...closes, ...allows }, { area })).toBe('done')
      await at.act(county, 'closure', id, 'submit')
      await at.act(city, 'closure', id, 'approve', { decidedBy: '市指挥部', decisionNo: '9号' })
      expect(await at.act(county, 'closure', id, 'announce', { announcedWhere: '广播' })).toBe('done')
      return id
    }
    const log = async (input: Record<string, unknown>, area = '11a1', happenedAt?: string) => {
      const id = uuid()
      const how = { area, ...(happenedAt === undefined ? {} : { happenedAt }) }
      expect(await at.act(gate, 'crossing', id, 'record', { ...LINE, ...input }, how)).toBe('done')
      return id
    }
    const said = async (id: string) => {
      const row = await at.row('crossing', id)
      return row?.differs ? [row.ruled, (row.ruled_why as { zh: string }).zh] : 'as ruled'
    }
    return { ...at, close, log, said }
  }

  it('goes by the order over the gate: couriers to the door, to the gate, or not at all', async () => {
    const at = await setUp()
    await at.close('一村封闭', { couriers: 'door' })
    await at.close('二村封闭', { couriers: 'none' }, '11a2')
    await at.close('三村封闭', { couriers: 'contactless' }, '11b1')
    at.on('2020-02-10', '10:00')
    const courier = { courier: true }
    expect(await at.said(await at.log(courier))).toBe('as ruled')
    const kept = async (area: string) => at.said(await at.log(courier, area))
    expect(await kept('11a2')).toEqual(['turnBack', '快递外卖不得进入（《二村封闭》）：劝返'])
    expect(await kept('11b1')).toEqual(['turnBack', '快递外卖只送至大门（《三村封闭》）：劝返'])
    expect(await kept('11a')).toBe('as ruled')
    // Turned back all the same, the line says why that is otherwise; without a mask, or with fever, no order lets anybody in.
    expect(await at.said(await at.log({ ...courier, decision: 'turnBack' }))).toEqual(['pass', '快递外卖可送上门（《一村封闭》）：放行'])
    expect(await at.said(await at.log({ ...courier, mask: false }))).toEqual(['turnBack', '未戴口罩：劝返'])
    expect((await rebuild(at.db, registry, places, { check: true })).differences).toEqual([])
  })

  it('lets in the trades that every order over the gate exempts, and the strictest of several rules', async () => {
    const at = await setUp()
    const [estate, post] = [uuid(), uuid()]
    const here = { area: '11a1' }
    expect(await at.act(town, 'place', estate, 'register', { name: '示例小区', kind: 'estate' }, here)).toBe('done')
    expect(await at.act(town, 'place', post, 'register', { name: '示例小区东门', kind: 'gate', within: estate }, here)).toBe('done')
    await at.close('一村封闭', { couriers: 'door', trades: ['医疗', '保供'] })
    await at.close('小区封闭', { couriers: 'contactless', trades: ['医疗'] }, '11a1', { areas: [], sites: [estate] })
    at.on('2020-02-10', '10:00')
    const says = (asked: { courier?: true; trade?: string }, more: { post?: string } = {}) =>
      at.log({ ...asked, ...more, decision: 'turnBack' }).then(at.said)
    expect(await says({ trade: '保供' })).toEqual(['pass', '保供属可通行行业（《一村封闭》）：放行'])
    expect(await says({ trade: '保供' }, { post })).toBe('as ruled')
    expect(await says({ trade: '医疗' }, { post })).toEqual(['pass', '医疗属可通行行业（《一村封闭》）：放行'])
    expect(await says({ trade: '足浴' })).toBe('as ruled')
    expect(await says({ courier: true })).toEqual(['pass', '快递外卖可送上门（《一村封闭》）：放行'])
    expect(await says({ courier: true }, { post })).toBe('as ruled')
    expect(await at.said(await at.log({ courier: true, post }))).toEqual(['turnBack', '快递外卖只送至大门（《小区封闭》）：劝返'])
  })

  it('holds from the announcing to the lifting, whenever a line becomes known, and where one is corrected', async () => {
    const at = await setUp()
    const courier = { courier: true }
    at.on('2020-02-10', '10:00')
    const early = await at.log(courier)
    at.on('2020-02-10', '11:00')
    const order = await at.close('一村封闭', { couriers: 'door' })
    at.on('2020-02-10', '12:00')
    const lawful = await at.log(courier)
    const turned = (happenedAt?: string) => at.log({ ...courier, decision: 'turnBack' }, '11a1', happenedAt).then(at.said)
    const free = ['pass', '这里没有实施中的封控，不需要通行证：放行']
    expect([await at.said(early), await at.said(lawful), await turned(), await turned('2020-02-10T02:30:00.000Z')]).toEqual([
      ...['as ruled', 'as ruled', ['pass', '快递外卖可送上门（《一村封闭》）：放行'], free],
    ])
    at.on('2020-02-10', '13:00')
    expect(await at.act(county, 'closure', order, 'lift', { liftedBy: '11', liftReason: '风险解除' })).toBe('done')
    const late = async (time: string) => at.said(await at.log(courier, '11a1', `2020-02-10T${time}:00.000Z`))
    expect(await late('04:30')).toBe('as ruled')
    expect([await late('02:30'), await turned('2020-02-10T02:30:00.000Z')]).toEqual(['as ruled', free])
    expect([await at.said(await at.log(courier)), await turned()]).toEqual(['as ruled', free])
    // A correction asks again what held at the moment of the line.
    const [event] = await at.db.query<{ id: string }>('select id from events where record_id = $1 and action = $2', [lawful, 'record'])
    const correct = (input: Record<string, unknown>) =>
      at.act(gate, 'crossing', lawful, 'correct', { event: event?.id, reason: '录错', input })
    expect(await correct({ decision: 'turnBack' })).toBe('done')
    expect(await at.said(lawful)).toEqual(['pass', '快递外卖可送上门（《一村封闭》）：放行'])
    expect(await correct({ decision: 'pass' })).toBe('done')
    expect(await at.said(lawful)).toBe('as ruled')
    expect((await rebuild(at.db, registry, places, { check: true })).differences).toEqual([])
  })
})
