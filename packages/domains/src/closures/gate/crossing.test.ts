import { type Actor, SYSTEM } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onBothEngines } from '../../../../../testing/src/databases/index.ts'
import { places } from '../../../../../testing/src/places/places.ts'
import { acting, tablesFor } from '../../../../../testing/src/stores/acting.ts'
import { doTimedDuties } from '../../../../server/src/jobs/timed.ts'
import { rebuild } from '../../../../server/src/store/rebuild/rebuild.ts'
import { registry } from '../../registry.ts'
import { numberOf } from '../pass/number.ts'
import { ORDER_OF_11A1 } from '../testing/small-city-order.ts'

const uuid = () => crypto.randomUUID()
const person = (id: string, grant: Actor['grants'][number]): Actor => ({ id, name: id, grants: [grant] })
const gate = person('gate', { role: 'gate-officer', path: '1/12/' })
const worker = person('worker', { role: 'grid-worker', path: '1/11/11a/11a1/' })
const otherWorker = person('other', { role: 'grid-worker', path: '1/12/12a/12a1/' })
const town = person('town', { role: 'town-clerk', path: '1/11/11a/' })
const city = person('city', { role: 'leader', path: '1/' })
const county = person('county', { role: 'county-clerk', path: '1/11/', unit: '11' })

const ORDER = { ...ORDER_OF_11A1, outings: 1, outingDays: 2, trades: ['保供超市'] }

onBothEngines('gates', (engine) => {
  const database = engine.shared<unknown>(tablesFor(registry))
  const setUp = () => acting(database(), registry, '2020-02-10T01:00:00Z')
  type City = Awaited<ReturnType<typeof setUp>>
  const closed = async (at: City) => {
    const id = uuid()
    await at.act(town, 'closure', id, 'draft', ORDER, { area: '11a1' })
    await at.act(county, 'closure', id, 'submit')
    await at.act(city, 'closure', id, 'approve', { decidedBy: '市指挥部', decisionNo: '9号' })
    expect(await at.act(county, 'closure', id, 'announce', { announcedWhere: '广播' })).toBe('done')
    return id
  }
  const TERM = { validFrom: '2020-02-10T02:00:00.000Z', validTo: '2020-02-17T02:00:00.000Z' }

  it('passes rest on an order in force, name their holder, end with it, and there is one for a household', async () => {
    const at = await setUp()
    const closure = await closed(at)
    at.on('2020-02-10', '10:00')
    const household = uuid()
    const issue = (input: Record<string, unknown>, id = uuid()) =>
      at.act(worker, 'pass', id, 'issue', { closure, kind: 'household', ...TERM, ...input }, { area: '11a1' })
    expect(await issue({})).toBe('holder-missing input.household')
    expect(await issue({ kind: 'vehicle' })).toBe('holder-missing input.plate')
    expect(await issue({ household, validTo: '2020-02-24T02:00:00.001Z' })).toBe('term-wrong input.validTo')
    expect(await issue({ household, validTo: '2020-02-20T10:00:00.001Z' })).toBe('term-wrong input.validTo')
    expect(await issue({ household, closure: uuid() })).toBe('order-not-in-force input.closure')
    expect(await issue({ kind: 'worker', person: uuid(), trade: '足浴' })).toBe('trade-not-exempt input.trade')
    expect(await issue({ kind: 'worker', person: uuid(), trade: '保供超市' })).toBe('done')
    // A home that the order does not close, and one that it does.
    const [near, far] = [uuid(), uuid()]
    const home = (id: string, area: string) => at.act(county, 'household', id, 'register', { door: '1栋101', kind: 'family' }, { area })
    expect([await home(near, '11a1'), await home(far, '11a2')]).toEqual(['done', 'done'])
    expect([await issue({ household: far }), await issue({ household: near })]).toEqual(['order-elsewhere input.closure', 'done'])
    const id = uuid()
    expect(await issue({ household }, id)).toBe('done')
    expect(await at.row('pass', id)).toMatchObject({ number: numberOf(id), state: 'issued' })
    expect(await issue({ household })).toBe('household-has-pass input.household')
    expect(await at.act(otherWorker, 'pass', id, 'revoke', { stopReason: '搬离' })).toBe('outside-jurisdiction')
    expect(await at.act(worker, 'pass', id, 'revoke', { stopReason: '搬离' })).toBe('done')
    const next = uuid()
    expect(await issue({ household }, next)).toBe('done')
    at.clock.set('2020-02-18T00:00:00Z')
    await doTimedDuties(at.store)
    expect(await at.row('pass', next)).toMatchObject({ state: 'expired' })
  })

  it('give no pass to a household that is isolated at home', async () => {
    const at = await setUp()
    const closure = await closed(at)
    at.on('2020-02-10', '10:00')
    const household = uuid()
    const watch = { person: uuid(), kind: 'home', entry: 'contact', class: 'contact', household, lastContact: '2020-02-09' }
    expect(await at.act(worker, 'watch', uuid(), 'enter', watch, { area: '11a1' })).toBe('done')
    const input = { closure, kind: 'household', household, ...TERM }
    expect(await at.act(worker, 'pass', uuid(), 'issue', input, { area: '11a1' })).toBe('household-isolated input.household')
    const forWork = { closure, kind: 'worker', trade: '保供超市', ...TERM }
    const issue = (more: Record<string, unknown>) => at.act(worker, 'pass', uuid(), 'issue', { ...forWork, ...more }, { area: '11a1' })
    expect(await issue({ person: watch.person })).toBe('holder-isolated input.person')
    expect(await issue({ person: uuid(), household })).toBe('holder-isolated input.person')
    expect(await issue({ person: uuid() })).toBe('done')
  })

  it('goes by the home of whoever works, also where the pass names no household', async () => {
    const at = await setUp()
    const closure = await closed(at)
    at.on('2020-02-10', '10:00')
    const home = async (area: string) => {
      const id = uuid()
      expect(await at.act(county, 'household', id, 'register', { door: '1栋101', kind: 'family' }, { area })).toBe('done')
      return id
    }
    const living = async (household: string, area: string) => {
      const id = uuid()
      const input = { name: '测试甲', documentType: 'none', household }
      expect(await at.act(county, 'person', id, 'register', input, { area })).toBe('done')
      return id
    }
    const [isolated, open, far] = [await home('11a1'), await home('11a1'), await home('11a2')]
    const [ill, family, free, stranger] = [
      await living(isolated, '11a1'),
      await living(isolated, '11a1'),
      await living(open, '11a1'),
      await living(far, '11a2'),
    ]
    const watch = { person: ill, kind: 'home', entry: 'contact', class: 'contact', household: isolated, lastContact: '2020-02-09' }
    expect(await at.act(worker, 'watch', uuid(), 'enter', watch, { area: '11a1' })).toBe('done')
    const issue = (of: string) =>
      at.act(worker, 'pass', uuid(), 'issue', { closure, kind: 'worker', trade: '保供超市', person: of, ...TERM }, { area: '11a1' })
    expect(await issue(family)).toBe('holder-isolated input.person')
    expect(await issue(stranger)).toBe('order-elsewhere input.closure')
    expect(await issue(free)).toBe('done')
    // They move in with the isolated family: the next one is refused.
    at.on('2020-02-10', '11:00')
    expect(await at.act(worker, 'person', free, 'changeHousehold', { household: isolated })).toBe('done')
    expect(await issue(free)).toBe('holder-isolated input.person')
  })

  it('give none to a household that is dissolved, which it is only when nobody lives there, and its passes with it', async () => {
    const at = await setUp()
    const closure = await closed(at)
    at.on('2020-02-10', '10:00')
    const here = { area: '11a1' }
    const [home, next, me, pass] = [uuid(), uuid(), uuid(), uuid()]
    for (const id of [home, next])
      expect(await at.act(worker, 'household', id, 'register', { door: '1栋101', kind: 'family' }, here)).toBe('done')
    const register = (id: string, household: string) =>
      at.act(worker, 'person', id, 'register', { name: '测试甲', documentType: 'none', household }, here)
    expect(await register(me, home)).toBe('done')
    const issue = (household: string, id = uuid()) =>
      at.act(worker, 'pass', id, 'issue', { closure, kind: 'household', household, ...TERM }, here)
    expect(await issue(home, pass)).toBe('done')
    const dissolve = { id: uuid(), record: 'household', recordId: home, action: 'dissolve', input: { reason: '拆迁' } }
    const refused = await at.writer.submit(dissolve, town)
    expect(refused).toMatchObject({ ok: false, problem: { code: 'household-lived-in', status: 409, data: { members: 1 } } })
    expect(refused.ok ? '' : refused.problem.message.zh).toBe(
      '该户还有1名在册人员，不能注销；请先逐人“迁入另一户”，重复登记的先并入同一人。',
    )
    expect(await at.act(worker, 'person', me, 'changeHousehold', { household: next })).toBe('done')
    expect(await at.row('pass', pass)).toMatchObject({ state: 'issued' })
    at.on('2020-02-10', '11:00')
    expect(await at.act(town, 'household', home, 'dissolve', { reason: '拆迁' })).toBe('done')
    expect(await at.row('pass', pass)).toMatchObject({ state: 'revoked', stop_reason: '该户已注销' })
    expect(await issue(home)).toBe('household-dissolved input.household')
    expect(await register(uuid(), home)).toBe('household-dissolved input.household')
    for (const action of ['changeHousehold', 'update'])
      expect(await at.act(worker, 'person', me, action, { household: home })).toBe('household-dissolved input.household')
    // Somebody whom a phone registered there before is not lost: whoever dissolved it looks again.
    const early = { area: '11a1', happenedAt: '2020-02-10T02:30:00.000Z' }
    const late = { name: '测试乙', documentType: 'none', household: home }
    expect(await at.act(worker, 'person', uuid(), 'register', late, early)).toBe('out-of-order')
    expect(await at.act(town, 'household', home, 'restore')).toBe('done')
    expect(await issue(home)).toBe('done')
  })

  it('let somebody be looked for whom a gate sent on without saying where to', async () => {
    const at = await setUp()
    const me = uuid()
    const register = { name: '测试甲', documentType: 'none' }
    expect(await at.act(worker, 'person', me, 'register', register, { area: '11a1' })).toBe('done')
    const sent = async (decision: string, temperature: number) => {
      const id = uuid()
      const input = { gate: 'road', direction: 'in', person: me, listed: true, home: true, local: false, temperature, decision }
      expect(await at.act(gate, 'crossing', id, 'record', input, { area: '12' })).toBe('done')
      return at.db.query('select area, state, decision from r_transit where crossing = $1', [id])
    }
    expect(await sent('home', 36.6)).toEqual([{ area: '11a1', state: 'expected', decision: 'home' }])
    expect(await sent('central', 36.6)).toEqual([{ area: '12', state: 'expected', decision: 'central' }])
    expect(await sent('holding', 38.2)).toEqual([{ area: '12', state: 'expected', decision: 'holding' }])
    expect(await at.db.query('select area, state from r_transfer where person = $1', [me])).toEqual([{ area: '11a1', state: 'open' }])
  })

  it('make supplies of a closed area somebody’s task, and a fever at the gate a transfer', async () => {
    const at = await setUp()
    await closed(at)
    const needs = await at.db.query(`select kind, area, state, due_on::text as due from r_need where text like '%一村封闭管理'`)
    expect(needs).toContainEqual({ kind: 'daily', area: '11a1', state: 'open', due: '2020-02-11' })
    const sick = uuid()
    const fever = {
      gate: 'road',
      direction: 'in',
      person: sick,
      temperature: 38.1,
      listed: true,
      home: true,
      local: false,
      destination: '11a1',
    }
    expect(await at.act(gate, 'crossing', uuid(), 'record', { ...fever, decision: 'holding' }, { area: '12' })).toBe('done')
    expect(await at.act(gate, 'crossing', uuid(), 'record', { ...fever, temperature: 38.4, decision: 'holding' }, { area: '12' })).toBe(
      'done',
    )
    const transfers = await at.db.query<{ state: string; highest: string }>('select state, highest from r_transfer where person = $1', [
      sick,
    ])
    expect(transfers.map(({ state, highest }) => [state, Number(highest)])).toEqual([['open', 38.4]])
  })

  it('a pass issued without a network arrives once, even after its order has lapsed', async () => {
    const at = await setUp()
    const closure = await closed(at)
    at.clock.set('2020-02-21T00:00:00Z')
    await doTimedDuties(at.store)
    const command = {
      id: uuid(),
      record: 'pass',
      recordId: uuid(),
      action: 'issue',
      area: '11a1',
      happenedAt: '2020-02-12T02:00:00.000Z',
      input: { closure, kind: 'household', household: uuid(), validFrom: '2020-02-12T02:00:00.000Z', validTo: '2020-02-16T02:00:00.000Z' },
    }
    const late = { ...command, id: uuid(), recordId: uuid(), happenedAt: '2020-02-20T10:00:00.000Z' }
    expect(await at.writer.submit(late, worker)).toMatchObject({ ok: false, problem: { code: 'order-not-in-force' } })
    expect(await at.writer.submit(command, worker)).toMatchObject({ ok: true, value: { repeated: false } })
    expect(await at.writer.submit(command, worker)).toMatchObject({ ok: true, value: { repeated: true } })
    await doTimedDuties(at.store)
    expect(await at.row('pass', command.recordId)).toMatchObject({ state: 'expired' })
  })

  it('write down what was done, note where the table says otherwise, and undo nothing', async () => {
    const at = await setUp()
    const base = {
      gate: 'road',
      direction: 'in',
      origin: '湖北省某市',
      listed: true,
      home: true,
      local: false,
      temperature: 36.6,
      destination: '11a1',
    }
    const right = uuid()
    expect(await at.act(gate, 'crossing', right, 'record', { ...base, decision: 'home', days: 14 }, { area: '12' })).toBe('done')
    expect(await at.row('crossing', right)).toMatchObject({ state: 'logged', differs: null, ruled: null })
    const other = uuid()
    expect(await at.act(gate, 'crossing', other, 'record', { ...base, decision: 'pass', because: '绿色通道' }, { area: '12' })).toBe('done')
    expect(await at.row('crossing', other)).toMatchObject({
      differs: true,
      ruled: 'home',
      ruled_why: { zh: '来自重点地区，本地有住处：居家观察14天' },
    })
    expect(await at.act(worker, 'crossing', uuid(), 'record', { ...base, decision: 'pass' }, { area: '12' })).toBe('outside-jurisdiction')
    // Another term than the table has, and somebody let through of whom nobody found out anything, are marked as well.
    const marked = async (input: object) => {
      const id = uuid()
      expect(await at.act(gate, 'crossing', id, 'record', { gate: 'road', direction: 'in', ...input }, { area: '12' })).toBe('done')
      const row = await at.row('crossing', id)
      return row?.differs ? [row.ruled, (row.ruled_why as { zh: string }).zh] : 'as ruled'
    }
    expect(await marked({ ...base, decision: 'home' })).toBe('as ruled')
    for (const days of [0, 1, 15])
      expect(await marked({ ...base, decision: 'home', days })).toEqual(['home', '来自重点地区，本地有住处：居家观察14天'])
    expect(await marked({ decision: 'pass' })).toEqual([null, '请先查验：体温、是否来自重点地区。'])
    expect(await marked({ decision: 'turnBack' })).toBe('as ruled')
    const [act] = await at.db.query<{ id: string }>(`select id from events where record_id = $1 and action = 'record'`, [right])
    const correct = (days: number) => at.act(gate, 'crossing', right, 'correct', { event: act?.id, reason: '录错', input: { days } })
    expect(await correct(1)).toBe('done')
    expect(await at.row('crossing', right)).toMatchObject({ differs: true, ruled: 'home' })
    expect(await correct(14)).toBe('done')
    expect(await at.row('crossing', right)).toMatchObject({ differs: null, ruled: null })
  })

  it('expect an arrival within the drive time, chase the one that is late, and hear from the destination', async () => {
    const at = await setUp()
    const id = uuid()
    const input = {
      gate: 'road',
      direction: 'in',
      listed: true,
      home: true,
      local: false,
      temperature: 36.6,
      destination: '11a1',
      decision: 'home',
      days: 14,
    }
    await at.act(gate, 'crossing', id, 'record', input, { area: '12' })
    const [sent] = await at.db.query<{ id: string; state: string; expected_by: Date }>(
      'select id, state, expected_by from r_transit where crossing = $1',
      [id],
    )
    expect(new Date(sent?.expected_by ?? 0).toISOString()).toBe('2020-02-10T03:00:00.000Z')
    at.clock.set('2020-02-10T02:59:00Z')
    await doTimedDuties(at.store)
    expect(await at.row('transit', sent?.id ?? '')).toMatchObject({ overdue: null })
    for (const time of ['03:00', '04:30']) {
      at.clock.set(`2020-02-10T${time}:00Z`)
      await doTimedDuties(at.store)
    }
    expect(await at.row('transit', sent?.id ?? '')).toMatchObject({ overdue: true, chases: 2, asked: 'town' })
    at.clock.set('2020-02-10T05:30:00Z')
    await doTimedDuties(at.store)
    // Late at 11:00, chased then, at 12:00 and at 13:00: the town twice, then the county.
    expect(await at.row('transit', sent?.id ?? '')).toMatchObject({ overdue: true, chases: 3, asked: 'county' })
    expect(await at.act(otherWorker, 'transit', sent?.id ?? '', 'arrive')).toBe('outside-jurisdiction')
    expect(await at.act(worker, 'transit', sent?.id ?? '', 'arrive')).toBe('done')
    expect(await at.row('transit', sent?.id ?? '')).toMatchObject({ state: 'arrived', overdue: null })
    const crossing = await at.row('crossing', id)
    expect(crossing).toMatchObject({ state: 'received' })
    expect(new Date(String(crossing?.confirmed_at)).toISOString()).toBe('2020-02-10T05:30:00.000Z')
    at.clock.set('2020-02-11T05:30:00Z')
    await doTimedDuties(at.store)
    expect(await at.row('transit', sent?.id ?? '')).toMatchObject({ chases: 3 })
  })

  it('make the declaration of whoever arrives from what the gate wrote down, once', async () => {
    const at = await setUp()
    const who = uuid()
    const crossing = {
      gate: 'road',
      direction: 'in',
      person: who,
      origin: '湖北省某市',
      listed: true,
      home: true,
      local: false,
      temperature: 36.6,
      destination: '11a1',
      decision: 'home',
      days: 14,
    }
    const arriveAfter = async () => {
      const id = uuid()
      expect(await at.act(gate, 'crossing', id, 'record', crossing, { area: '12' })).toBe('done')
      const [sent] = await at.db.query<{ id: string }>('select id from r_transit where crossing = $1', [id])
      expect(await at.act(worker, 'transit', sent?.id ?? '', 'arrive')).toBe('done')
    }
    await arriveAfter()
    const arrivals = () =>
      at.db.query<{ area: string; channel: string; measure: string; state: string }>(
        'select area, channel, measure, state from r_arrival where person = $1',
        [who],
      )
    expect(await arrivals()).toEqual([{ area: '11a1', channel: 'gate', measure: 'home', state: 'declared' }])
    expect(await at.db.query('select state, kind from r_watch where person = $1', [who])).toEqual([{ state: 'watching', kind: 'home' }])
    // Through another post on the same way: nobody declares twice.
    await arriveAfter()
    expect(await arrivals()).toHaveLength(1)
  })

  it('receive whoever declared the arrival of today already, also where the declaration leaves nothing to be observed', async () => {
    const at = await setUp()
    const who = uuid()
    const said = { person: who, channel: 'worker', arrivedOn: '2020-02-10', origin: '四川省某市', lastContact: '2020-01-20' }
    expect(await at.act(worker, 'arrival', uuid(), 'declare', said, { area: '11a1' })).toBe('done')
    const id = uuid()
    const crossing = { gate: 'road', direction: 'in', person: who, origin: '湖北省某市', listed: true, home: true, local: false }
    const more = { temperature: 36.6, destination: '11a1', decision: 'home', days: 14 }
    expect(await at.act(gate, 'crossing', id, 'record', { ...crossing, ...more }, { area: '12' })).toBe('done')
    const [sent] = await at.db.query<{ id: string }>('select id from r_transit where crossing = $1', [id])
    expect(await at.act(worker, 'transit', sent?.id ?? '', 'arrive')).toBe('done')
    expect(await at.row('transit', sent?.id ?? '')).toMatchObject({ state: 'arrived' })
    const declared = await at.db.query('select channel, origin, measure, until::text as until from r_arrival where person = $1', [who])
    expect(declared).toEqual([{ channel: 'worker', origin: '四川省某市', measure: 'home', until: '2020-02-24' }])
  })

  it('stop chasing by themselves after the number that the parameter gives', async () => {
    const at = await setUp()
    const id = uuid()
    const input = {
      gate: 'road',
      direction: 'in',
      listed: false,
      home: false,
      local: false,
      temperature: 36.6,
      destination: '11a1',
      decision: 'central',
      days: 7,
    }
    await at.act(gate, 'crossing', id, 'record', input, { area: '12' })
    for (let hour = 3; hour < 24; hour += 1) {
      at.clock.set(`2020-02-10T${String(hour).padStart(2, '0')}:00:20Z`)
      await doTimedDuties(at.store)
    }
    expect((await at.db.query('select chases, overdue from r_transit where crossing = $1', [id]))[0]).toEqual({ chases: 12, overdue: true })
    expect((await at.db.query("select 1 from events where record = 'transit' and action = 'chase'")).length).toBeGreaterThanOrEqual(12)
  })

  it('are chased from when the destination can know of them, and for no time in which nobody could have seen it', async () => {
    const at = await setUp()
    const id = uuid()
    const input = { gate: 'road', direction: 'in', temperature: 36.6, destination: '11a1', decision: 'home', days: 7 }
    // A post that was without a network for fourteen hours.
    at.clock.set('2020-02-10T15:00:00Z')
    const late = { area: '12', happenedAt: '2020-02-10T01:00:00.000Z' }
    expect(await at.act(gate, 'crossing', id, 'record', input, late)).toBe('done')
    const stands = async (time: string) => {
      at.clock.set(`2020-02-${time}Z`)
      await doTimedDuties(at.store)
      const [row] = await at.db.query<Record<string, unknown>>(
        'select expected_by, next_chase, chases, asked, overdue from r_transit where crossing = $1',
        [id],
      )
      const moment = (value: unknown) => new Date(String(value)).toISOString().slice(8, 16)
      return [moment(row?.expected_by), row?.overdue, row?.chases, row?.asked, moment(row?.next_chase)]
    }
    expect(await stands('10T15:00:20')).toEqual(['10T03:00', true, 1, 'town', '10T16:00'])
    expect(await stands('10T15:40:00')).toEqual(['10T03:00', true, 1, 'town', '10T16:00'])
    // The server stood still for two days.
    expect(await stands('12T15:30:00')).toEqual(['10T03:00', true, 2, 'town', '12T16:00'])
    expect(await stands('12T16:00:00')).toEqual(['10T03:00', true, 3, 'county', '12T17:00'])
    expect((await rebuild(at.db, registry, places, { check: true })).differences).toEqual([])
  })

  it('trust the key of a device for its term only, and never again once it is revoked', async () => {
    const at = await setUp()
    const id = uuid()
    const publicKey = 'A'.repeat(43)
    const register = (validTo: string) => at.act(worker, 'passKey', id, 'register', { publicKey, validTo }, { area: '11a1' })
    expect(await register('2020-03-10T01:00:00.000Z')).toBe('term-wrong input.validTo')
    expect(await register('2020-02-24T01:00:00.000Z')).toBe('done')
    expect(await at.row('passKey', id)).toMatchObject({ state: 'active', holder: 'worker' })
    expect(await at.act(worker, 'passKey', id, 'revoke', { stopReason: '手机丢失' })).toBe('not-allowed')
    expect(await at.act(town, 'passKey', id, 'revoke', { stopReason: '手机丢失' })).toBe('done')
    expect(await at.act(SYSTEM, 'passKey', uuid(), 'register', { publicKey: 'B'.repeat(43), validTo: '2030-01-01T00:00:00.000Z' })).toBe(
      'done',
    )
  })
})
