import { randomUUID } from 'node:crypto'
import { registry } from '@guatu/domains'
import { ERASED } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { doDailyDuties } from '../jobs/daily.ts'
import { openCity } from './testing/city.ts'
import { VILLAGE_ORDER } from './testing/closing-order.ts'

const PLATE = '川Y00000'
const PHONE = '13800000000'
const CERTIFICATE = '健证511902-000123'
const PURPOSE = '给示例厂送货'
const SEAT = 'K390 5车12座'
const EMPLOYER = '示例厂'
const FOUND = '测试走访情况'
const CROSSED = { gate: 'road', direction: 'in', origin: '四川省成都市', temperature: 36.4, decision: 'pass', local: true, listed: false }
const SAID = { certificate: CERTIFICATE, purpose: PURPOSE }
const CAME = { channel: 'worker', arrivedOn: '2020-01-20', origin: '四川省成都市', originCode: '510100', certificate: CERTIFICATE }
const LEAVES = { channel: 'worker', leavesOn: '2020-02-14', destination: '广东省深圳市', purpose: 'work', certificate: CERTIFICATE }
const JOURNEY = { transport: 'train', transportNumber: SEAT }
const IDENTIFIES = new RegExp([CERTIFICATE, PURPOSE, SEAT, EMPLOYER].join('|'))
const ORDER = { ...VILLAGE_ORDER, outings: 1, outingDays: 2, trades: ['医疗'] }
const TERM = { validFrom: '2020-02-14T02:00:00.000Z', validTo: '2020-02-20T02:00:00.000Z' }

onServer('whoever was erased', ({ engine }) => {
  const city = async () => {
    const at = await openCity(engine, registry)
    const ask = async (as: string, record: string, id: string, action: string, input: object, happenedAt?: string) =>
      at.ask(as, 'POST', `/api/${record}/${id}/${action}`, { event: randomUUID(), area: at.village, input, happenedAt })
    const act = async (...sent: Parameters<typeof ask>) => {
      const answer = await ask(...sent)
      expect(answer.statusCode, answer.body).toBeLessThan(300)
      return sent[2]
    }
    const home = (phone = PHONE) =>
      act('town', 'household', randomUUID(), 'register', { door: '示例1栋101', kind: 'family', phone, note: '测试备注' })
    const register = (household?: string) =>
      act('town', 'person', randomUUID(), 'register', { name: '测试甲', documentType: 'none', ...(household ? { household } : {}) })
    const erase = (id: string) => act('town', 'person', id, 'erase', { ground: 'request' })
    const found = async (record: string, word: string) => {
      const answer = await at.ask('duty', 'POST', `/api/${record}/find`, { word, purpose: '核对' })
      return answer.json<{ rows: readonly { id: string }[] }>().rows.map(({ id }) => id)
    }
    const shown = async (record: string, id: string) =>
      (await at.ask('duty', 'POST', `/api/${record}/${id}/reveal`, { purpose: '核对' })).body
    const figures = () =>
      at.store.as(at.actor('duty')).board({
        indicators: [...registry.indicators.keys()].filter((one) => !['people.registered', 'people.withoutDocument'].includes(one)),
        areas: [at.city],
        day: '2020-02-14',
        days: 1,
      })
    const asFolded = async () => expect((await at.store.rebuild({ check: true })).differences).toEqual([])
    return { ...at, act, home, register, erase, found, shown, figures, asFolded, answers: ask }
  }
  const closed = async (at: Awaited<ReturnType<typeof city>>) => {
    const order = randomUUID()
    await at.act('county', 'closure', order, 'draft', { ...ORDER, organ: at.county, areas: [at.village] })
    await at.act('county', 'closure', order, 'submit', {})
    await at.act('head', 'closure', order, 'approve', { decidedBy: '市应急指挥部', decisionNo: '市指〔2020〕9号' })
    await at.act('county', 'closure', order, 'announce', { announcedWhere: '广播' })
    at.clock.set('2020-02-14T03:00:00Z')
    return { closure: order, ...TERM }
  }

  it('is found by no plate, no findings and no telephone of a home in which nobody is left; what is counted stays', {
    timeout: 240_000,
  }, async () => {
    const at = await city()
    const { act, erase, found, shown } = at
    const held = await closed(at)
    const home = await at.home()
    const [first, last] = [await at.register(home), await at.register(home)]
    const line = await act('town', 'crossing', randomUUID(), 'record', { ...CROSSED, ...SAID, person: last, plate: PLATE })
    const visit = await act('town', 'visit', randomUUID(), 'open', { household: home, trigger: 'asked', dueOn: '2020-02-15' })
    await act('town', 'visit', visit, 'finish', { groups: ['none'], note: FOUND })
    const way = await act('town', 'transfer', randomUUID(), 'open', { person: last, reason: 'signs' })
    await act('duty', 'transfer', way, 'clear', { findings: '测试诊察结果' })
    const theirs = await act('grid', 'pass', randomUUID(), 'issue', { ...held, kind: 'vehicle', household: home, plate: PLATE })
    const own = await act('grid', 'pass', randomUUID(), 'issue', { ...held, kind: 'vehicle', person: last, plate: PLATE })
    const byPass = await act('town', 'crossing', randomUUID(), 'record', { ...CROSSED, ...SAID, plate: PLATE, pass: theirs })

    await erase(first)
    expect(await found('household', PHONE)).toEqual([home])
    expect((await found('crossing', PLATE)).toSorted()).toEqual([line, byPass].toSorted())
    expect(await shown('crossing', line)).toMatch(IDENTIFIES)
    expect(await shown('visit', visit)).toContain(FOUND)
    // Whoever holds a valid pass is known by it at every gate.
    expect((await at.answers('town', 'person', last, 'erase', { ground: 'request' })).json()).toMatchObject({
      code: 'still-needed',
      message: { zh: expect.stringContaining('吊销或到期'), en: expect.stringContaining('revoked, or has expired') },
    })
    await act('grid', 'pass', own, 'revoke', { stopReason: '交还' })
    const counted = await at.figures()
    expect(counted).toMatchObject({ ok: true })
    await erase(last)
    for (const [record, word] of [
      ['household', PHONE],
      ['crossing', PLATE],
      ['pass', PLATE],
    ] as const)
      expect([record, await found(record, word)]).toEqual([record, []])
    const everything = await Promise.all([
      shown('crossing', line),
      shown('crossing', byPass),
      shown('pass', theirs),
      shown('pass', own),
      shown('transfer', way),
      shown('household', home),
      shown('visit', visit),
    ])
    expect(everything.join()).not.toMatch(new RegExp(`${PLATE}|测试诊察结果|${PHONE}|测试备注|${FOUND}|${IDENTIFIES.source}`))
    expect(await at.figures()).toEqual(counted)
    expect(await at.store.db.query('select state, door, forgotten_on::text as on from r_household')).toEqual([
      { state: 'registered', door: '示例1栋101', on: '2020-02-14' },
    ])
    await at.asFolded()
    expect(at.errors).toEqual([])
  })

  it('is found by no line, pass or transfer that comes in late, whenever it was written', { timeout: 240_000 }, async () => {
    const at = await city()
    const held = await closed(at)
    const person = await at.register()
    at.clock.set('2020-02-15T02:00:00Z')
    await at.erase(person)
    at.clock.set('2020-02-15T04:00:00Z')
    const [before, after] = ['2020-02-14T08:00:00.000Z', '2020-02-15T03:00:00.000Z']
    const lines: string[] = []
    for (const then of [before, after])
      lines.push(await at.act('town', 'crossing', randomUUID(), 'record', { ...CROSSED, ...SAID, person, plate: PLATE }, then))
    const vehicle = { ...held, kind: 'vehicle', person, plate: PLATE }
    const pass = await at.act('grid', 'pass', randomUUID(), 'issue', vehicle, before)
    expect((await at.answers('grid', 'pass', randomUUID(), 'issue', vehicle, after)).json()).toMatchObject({ code: 'person-erased' })
    const row = { list: 'a', line: 2, outcome: 'missed', decision: 'visit', dueOn: '2020-02-16', person, name: '测试甲', phone: PHONE }
    for (const [as, record, action, input] of [
      ['grid', 'transfer', 'open', { person, reason: 'signs' }],
      ['town', 'listCheck', 'ask', row],
      ['town', 'arrival', 'declare', { ...CAME, ...JOURNEY, person }],
      ['town', 'departure', 'declare', { ...LEAVES, ...JOURNEY, person }],
    ] as const)
      expect((await at.answers(as, record, randomUUID(), action, input, after)).json()).toMatchObject({ code: 'person-erased' })
    // Whoever stands at a gate with a fever is sent to the clinic, whatever the register has forgotten.
    await at.act('town', 'crossing', randomUUID(), 'record', { ...CROSSED, decision: 'clinic', temperature: 38.2, person }, after)
    expect([await at.found('crossing', PLATE), await at.found('pass', PLATE)]).toEqual([[], []])
    expect(await at.shown('pass', pass)).not.toContain(PLATE)
    for (const line of lines) expect(await at.shown('crossing', line)).not.toMatch(IDENTIFIES)
    // What is written down later by a pass that was forgotten is none of the person.
    expect(await at.store.db.query("select count(*)::int as lines from r_crossing where decision = 'pass'")).toEqual([{ lines: 2 }])
    await at.asFolded()
    expect(at.errors).toEqual([])
  })

  it('is known by no certificate, seat or employer of a declaration: list, record, timeline and sheet show that it was erased', {
    timeout: 240_000,
  }, async () => {
    const at = await city()
    const { act, shown } = at
    const [person, other] = [await at.register(), await at.register()]
    const declared = async (who: string) => {
      const came = await act('town', 'arrival', randomUUID(), 'declare', { ...CAME, ...JOURNEY, person: who })
      await act('town', 'arrival', came, 'confirm', {})
      const left = await act('town', 'departure', randomUUID(), 'declare', { ...LEAVES, ...JOURNEY, person: who, employer: EMPLOYER })
      await act('town', 'departure', left, 'confirm', {})
      return { came, left }
    }
    const [theirs, others] = [await declared(person), await declared(other)]
    const told = async ({ came, left }: typeof theirs) => [
      await shown('arrival', came),
      await shown('departure', left),
      ...(await Promise.all(
        [`arrival/${came}`, `arrival/${came}/timeline`, `departure/${left}`, `departure/${left}/timeline`].map(
          async (way) => (await at.ask('duty', 'GET', `/api/${way}`)).body,
        ),
      )),
    ]
    expect((await told(theirs)).slice(0, 2).map((body) => IDENTIFIES.test(body))).toEqual([true, true])
    // Masked until somebody says why they look.
    expect((await told(theirs)).slice(2).join()).not.toMatch(IDENTIFIES)
    const counted = await at.figures()
    expect(counted).toMatchObject({ ok: true })

    await at.erase(person)
    for (const body of await told(theirs)) {
      expect(body).not.toMatch(IDENTIFIES)
      expect(body).toContain(ERASED)
      expect(body).not.toMatch(/健\*|K\*|示\*/)
    }
    expect((await told(others)).slice(0, 2).map((body) => IDENTIFIES.test(body))).toEqual([true, true])
    for (const [record, mine] of [
      ['arrival', theirs.came],
      ['departure', theirs.left],
    ] as const) {
      const rows = await at.store.as(at.actor('duty')).identity.revealedPage(record, '核对', {})
      const fields = rows.ok ? rows.value.rows.map((row) => [row.id === mine, IDENTIFIES.test(JSON.stringify(row.fields))]) : []
      expect(fields.toSorted()).toEqual([
        [false, true],
        [true, false],
      ])
    }
    expect(await at.figures()).toEqual(counted)
    await at.asFolded()
    expect(at.errors).toEqual([])
  })

  it('is known by no declaration that comes in late, nor by what is written onto it then', { timeout: 240_000 }, async () => {
    const at = await city()
    const person = await at.register()
    at.clock.set('2020-02-15T02:00:00Z')
    await at.erase(person)
    at.clock.set('2020-02-15T04:00:00Z')
    const before = '2020-02-14T08:00:00.000Z'
    const came = await at.act('town', 'arrival', randomUUID(), 'declare', { ...CAME, ...JOURNEY, person }, before)
    const left = await at.act('town', 'departure', randomUUID(), 'declare', { ...LEAVES, ...JOURNEY, person }, before)
    await at.act('town', 'departure', left, 'amend', { employer: EMPLOYER })
    for (const [record, id] of [
      ['arrival', came],
      ['departure', left],
    ] as const) {
      expect(await at.shown(record, id)).not.toMatch(IDENTIFIES)
      expect((await at.ask('duty', 'GET', `/api/${record}/${id}/timeline`)).body).not.toMatch(IDENTIFIES)
    }
    await at.asFolded()
    expect(at.errors).toEqual([])
  })

  it('leaves a household that takes in others, and keeps no telephone of theirs unseen', { timeout: 240_000 }, async () => {
    const at = await city()
    const home = await at.home()
    const person = await at.register(home)
    at.clock.set('2020-02-14T04:00:00Z')
    await at.erase(person)
    const next = await at.register(home)
    expect((await at.answers('town', 'household', home, 'update', { phone: PHONE })).json()).toMatchObject({
      code: 'household-forgotten',
      path: 'input.phone',
    })
    await at.act('town', 'household', home, 'update', { door: '示例1栋102', residents: 2 })
    // A phone that held an act of before is answered, and brings nothing back.
    await at.act('town', 'household', home, 'update', { phone: PHONE }, '2020-02-14T03:00:00.000Z')
    expect(await at.found('household', PHONE)).toEqual([])
    // They are erased one day, too, and what was written of their home is.
    at.clock.set('2020-02-14T05:00:00Z')
    const visit = await at.act('town', 'visit', randomUUID(), 'open', { household: home, trigger: 'asked', dueOn: '2020-02-15' })
    await at.act('town', 'visit', visit, 'finish', { groups: ['none'], note: FOUND })
    expect(await at.shown('visit', visit)).toContain(FOUND)
    at.clock.set('2020-02-15T04:00:00Z')
    await at.erase(next)
    expect(await at.shown('visit', visit)).not.toContain(FOUND)
    await at.asFolded()
    expect(at.errors).toEqual([])
  })
})

onServer('a household that stands empty', ({ engine }) => {
  it('keeps telephone and note as long as identity is kept, from the day on which nobody was found there', {
    timeout: 240_000,
  }, async () => {
    const at = await openCity(engine, registry)
    const act = async (record: string, id: string, action: string, input: object) => {
      const answer = await at.ask('town', 'POST', `/api/${record}/${id}/${action}`, { event: randomUUID(), area: at.village, input })
      expect(answer.statusCode, answer.body).toBeLessThan(300)
      return id
    }
    const home = (door: string) => act('household', randomUUID(), 'register', { door, kind: 'family', phone: PHONE, note: '测试备注' })
    const [left, other, dissolved, never] = [await home('101'), await home('102'), await home('103'), await home('104')]
    const person = await act('person', randomUUID(), 'register', { name: '测试甲', documentType: 'none', household: left })
    const second = await act('person', randomUUID(), 'register', { name: '测试乙', documentType: 'none', household: never })
    await act('person', person, 'changeHousehold', { household: other })
    await act('household', dissolved, 'dissolve', { reason: '拆迁' })
    const look = async (day: string) => {
      at.clock.set(`${day}T01:00:00Z`)
      await doDailyDuties(at.store)
      const rows = await at.store.db.query<{ door: string; empty: string | null; forgotten: string | null }>(
        'select door, empty_on::text as empty, forgotten_on::text as forgotten from r_household order by door',
      )
      return rows.map(({ empty, forgotten }) => empty ?? (forgotten === null ? 'kept' : `forgotten ${forgotten}`))
    }
    const found = async () => {
      const answer = await at.ask('duty', 'POST', '/api/household/find', { word: PHONE, purpose: '核对' })
      return answer.json<{ rows: readonly { id: string }[] }>().rows.map(({ id }) => id)
    }
    expect(await look('2020-02-15')).toEqual(['2020-02-15', 'kept', '2020-02-15', 'kept'])
    await act('person', second, 'changeHousehold', { household: other })
    expect(await look('2020-02-20')).toEqual(['2020-02-15', 'kept', '2020-02-15', '2020-02-20'])
    await act('person', second, 'changeHousehold', { household: never })
    expect(await look('2020-02-21')).toEqual(['2020-02-15', 'kept', '2020-02-15', 'kept'])
    expect((await look('2020-08-13')).slice(0, 1)).toEqual(['2020-02-15'])
    expect((await look('2020-08-14')).filter((one) => one.startsWith('forgotten'))).toEqual([
      'forgotten 2020-08-14',
      'forgotten 2020-08-14',
    ])
    expect((await found()).toSorted()).toEqual([other, never].toSorted())
    expect(await at.store.db.query('select state, count(*)::int as n from r_household group by state order by state')).toEqual([
      { state: 'dissolved', n: 1 },
      { state: 'registered', n: 3 },
    ])
    expect((await at.store.rebuild({ check: true })).differences).toEqual([])
  })
})
