import { createHash } from 'node:crypto'
import { SYSTEM } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { fieldTown, type Paper } from './testing/field-town.ts'

const ids = (acts: readonly { readonly id: string }[]) => acts.map(({ id }) => id)
const events = (acts: readonly { readonly event: string }[]) => acts.map(({ event }) => event)

onServer('work that is handed over', (engine) => {
  it('of a revoked worker lies whole in the boxes of town, county and city, also what does not say where it was done', async () => {
    const at = await fieldTown(engine)
    const phone = await at.phone('worker')
    const person = await at.registered()
    await at.revoke('worker')
    const day = at.observed(person)
    // A phone sends one act of a record at a time.
    for (const [i, one] of day.entries()) {
      at.world.clock.set(`2020-02-03T00:0${i}:00Z`)
      expect(await phone.send([one])).toMatchObject([{ handedOver: 'waiting' }])
    }
    for (const as of ['town', 'county', 'duty']) expect(ids(await at.box(as))).toEqual(events(day))
    expect(await at.box('next')).toEqual([])
    for (const { event } of day) expect(await at.take('town', event)).toMatchObject({ status: 200, body: { state: 'taken' } })
    expect(await at.box('duty')).toEqual([])
    const timeline = await at.ask<{ events: readonly { id: string }[] }>('town', 'GET', `/api/watch/${day[0].id}/timeline`)
    expect(ids(timeline.body.events)).toEqual(expect.arrayContaining(events(day)))
    expect(await phone.send(day)).toMatchObject(day.map(() => ({ handedOver: 'taken' })))
  })

  it('in one delivery, with what was done on a record of the register and on a new one that says no place', async () => {
    const at = await fieldTown(engine)
    const phone = await at.phone('worker')
    const person = await at.registered()
    const known = at.observed(person)
    await phone.send(known.slice(0, 1))
    await at.revoke('worker')
    const fresh = at.observed(await at.registered(), undefined)
    const nowhere = { ...fresh[0], area: undefined }
    const sent = [known[1], nowhere, fresh[1]]
    expect((await phone.send(sent)).map(({ handedOver }) => handedOver)).toEqual(sent.map(() => 'waiting'))
    const box = await at.box('town')
    expect(ids(box)).toEqual(events(sent))
    expect(box.map(({ area }) => area)).toEqual([at.home, at.home, at.home])
    // Taken over it stands where it was kept.
    expect((await at.take('town', nowhere.event)).status).toBe(200)
    expect((await at.watches()).map(({ id }) => id).sort()).toEqual([known[0].id, fresh[0].id].sort())
  })

  it('of a wiped phone: what follows on a refused act is kept where that is', async () => {
    const at = await fieldTown(engine)
    const phone = await at.phone('worker')
    const refused = at.observed(crypto.randomUUID())
    const nowhere = { ...at.observed(crypto.randomUUID())[0], area: undefined }
    const sent = [refused[0], refused[1], nowhere]
    expect(await phone.wipe(sent)).toMatchObject({ kept: [true, true, true], again: false })
    for (const as of ['town', 'county', 'duty']) expect(ids(await at.box(as))).toEqual(events(sent))
  })

  it('of a wiped phone: an act whose file is never taken says so, and stands without it', async () => {
    const at = await fieldTown(engine)
    const phone = await at.phone('worker')
    const [enter, , serve] = at.observed(await at.registered())
    const [paper, strange] = [
      { name: '告知书.txt', content: Buffer.from('已签收\n') },
      { name: '告知书.jpg', content: Buffer.from([0, 1, 2, 255]) },
    ] as const
    const signed = ({ name, content }: Paper) => ({
      ...serve,
      event: crypto.randomUUID(),
      input: { servedFile: { name, hash: createHash('sha256').update(content).digest('hex'), size: content.length, type: 'text/plain' } },
    })
    const [good, bad] = [signed(paper), signed(strange)]
    const made = await phone.wipe([enter, good, bad], [paper, strange])
    expect(made).toEqual({ now: expect.any(String), kept: [true, true, true], files: [true, true], again: false })
    expect(await at.box('town')).toMatchObject([{ id: bad.event, problem: { code: 'file-did-not-come' }, without: ['servedFile'] }])
    expect(await at.take('town', bad.event)).toMatchObject({ status: 200, body: { state: 'taken' } })
    const { body } = await at.ask<{ events: { id: string; input: object }[] }>('town', 'GET', `/api/watch/${enter.id}/timeline`)
    const inputs = new Map(body.events.map((one) => [one.id, one.input]))
    expect(inputs.get(good.event)).toMatchObject({ servedFile: { type: 'text/plain' } })
    expect(inputs.get(bad.event)).toEqual({})
  })

  it('of a worker who works elsewhere now goes along with what it builds on, though the refusal says something else', async () => {
    const at = await fieldTown(engine)
    const phone = await at.phone('worker')
    await at.posted('worker', at.other)
    const person = at.person()
    const sent = [person, ...at.observed(person.id)]
    expect((await phone.send(sent)).map(({ handedOver }) => handedOver)).toEqual(sent.map(() => 'waiting'))
    expect(ids(await at.box('town'))).toEqual(events(sent))
    // What builds on nothing there is answered as ever.
    expect(await phone.send([at.observed(crypto.randomUUID(), at.other)[1]])).toMatchObject([{ problem: { code: 'not-found' } }])
  })

  it('of a worker who works in another village now, though all that it names is out of their reach; and tells nobody what there is', async () => {
    const at = await fieldTown(engine)
    const phone = await at.phone('worker')
    const [home, person] = [
      at.act('household', crypto.randomUUID(), 'register', { door: '1', kind: 'family' }, at.home),
      await at.registered(),
    ]
    expect((await at.ask('town', 'POST', `/api/household/${home.id}/register`, home)).status).toBe(201)
    await at.posted('worker', at.other)
    const naming = (one: string, household: string) => [
      at.observed(one)[0],
      at.act(
        'arrival',
        crypto.randomUUID(),
        'declare',
        { person: one, channel: 'worker', arrivedOn: '2020-02-03', origin: '重庆市' },
        at.home,
      ),
      at.act('transfer', crypto.randomUUID(), 'open', { person: one, reason: 'signs' }, at.home),
      at.act('person', crypto.randomUUID(), 'register', { name: '测试乙', documentType: 'none', household }, at.home),
    ]
    const sent = naming(person, home.id)
    expect((await phone.send(sent)).map(({ handedOver }) => handedOver)).toEqual(sent.map(() => 'waiting'))
    for (const { event } of sent) expect(await at.take('town', event)).toMatchObject({ status: 200 })
    const never = naming(crypto.randomUUID(), crypto.randomUUID())
    expect((await phone.send(never)).map(({ handedOver }) => handedOver)).toEqual(sent.map(() => 'waiting'))
    const why = (acts: readonly { readonly problem: object }[]) => acts.map(({ problem }) => problem)
    expect(new Set(why(await at.box('town')).map((one) => JSON.stringify(one))).size).toBe(1)
  })

  it('is nowhere invisible: every row is in the box of whoever decides there, and in that of the city', async () => {
    const at = await fieldTown(engine)
    await at.world.employ('both', 'grid-worker', at.home)
    await at.world.employ('stranger', 'grid-worker', at.home)
    const elsewhere = await at.phone('stranger')
    await at.world.store.db.query(`delete from grants where account = 'stranger'`)
    await at.world.store.db.query(
      `insert into grants (id, account, role, area, from_day, to_day, granted_by, recorded_at) values (gen_random_uuid(), 'both', 'grid-worker', $1, '2020-01-20', '2020-02-02', 'admin', now())`,
      [at.other],
    )
    const phones = [await at.phone('worker'), await at.phone('both'), elsewhere]
    for (const account of ['worker', 'both']) await at.revoke(account)
    for (const phone of phones) {
      const person = at.person()
      const shapes = [
        person,
        { ...at.person(), area: undefined },
        { ...at.person(), area: 'no such area' },
        ...at.observed(person.id, 'no such area'),
        ...at.observed(person.id).slice(1),
        at.act('no-such-record', crypto.randomUUID(), 'act', {}),
        { ...at.act('pass', crypto.randomUUID(), 'revoke', { stopReason: '遗失' }), happenedAt: '2020-02-02T01:00:00Z' },
      ]
      await phone.send(shapes)
      const again = shapes.map((one) => ({ ...one, event: crypto.randomUUID() }))
      expect((await phone.wipe(again)).kept).toEqual(shapes.map(() => true))
    }
    // What an earlier version kept nowhere.
    await at.world.store.db.query(`update handed_over set area = '', path = '' where record = 'watch'`)
    const rows = await at.world.store.db.query<{ id: string; state: string }>('select id, state from handed_over')
    expect(rows.length).toBeGreaterThan(40)
    const seen = new Map<string, string[]>()
    for (const as of ['town', 'next', 'county', 'duty']) for (const { id } of await at.box(as)) seen.set(id, [...(seen.get(id) ?? []), as])
    for (const { id } of rows) expect([id, seen.get(id)]).toEqual([id, expect.arrayContaining(['duty'])])
    // Work that was done in a town of the county is seen there, whatever it says: only that of nobody's is the city's alone.
    const sender = new Map(
      (await at.world.store.db.query<{ id: string; account: string }>('select id, account from handed_over')).map((row) => [
        row.id,
        row.account,
      ]),
    )
    for (const { id } of rows) if (sender.get(id) !== 'stranger') expect(seen.get(id)).toContain('county')
    expect(at.world.errors).toEqual([])
  })

  it('moves to the heir of an area that a reform ends, and can be taken over there', async () => {
    const at = await fieldTown(engine)
    await at.world.employ('ending', 'grid-worker', at.ending)
    const phone = await at.phone('ending')
    await at.revoke('ending')
    const person = at.act('person', crypto.randomUUID(), 'register', { name: '测试乙', documentType: 'none' }, at.ending)
    const sent = [person, ...at.observed(person.id, at.ending)]
    await phone.send(sent)
    expect(ids(await at.box('town'))).toEqual(events(sent))
    const merged = { kind: 'merged', ids: [at.ending], into: at.other, date: '2020-02-03', instrument: '示例' } as const
    expect(await at.world.store.areas.confirm([merged], SYSTEM, at.world.store.writer)).toMatchObject({ ok: true })
    expect(await at.box('town')).toEqual([])
    const box = await at.box('next')
    expect(ids(box)).toEqual(events(sent))
    expect(box.map(({ area }) => area)).toEqual(sent.map(() => at.other))
    for (const { event } of sent) expect(await at.take('next', event)).toMatchObject({ status: 200 })
    const rows = await at.world.store.db.query<{ area: string }>('select area from r_watch union all select area from r_person')
    expect(rows).toEqual([{ area: at.other }, { area: at.other }])
  })

  it('goes along with its record, whoever moved that meanwhile', async () => {
    const at = await fieldTown(engine)
    const phone = await at.phone('worker')
    const person = await at.registered()
    await at.revoke('worker')
    const update = at.act('person', person, 'update', { name: '测试丙' })
    expect(await phone.send([update])).toMatchObject([{ handedOver: 'waiting' }])
    const move = { event: crypto.randomUUID(), area: at.other, input: {} }
    expect((await at.ask('county', 'POST', `/api/person/${person}/moveArea`, move)).status).toBe(200)
    expect(await at.box('town')).toEqual([])
    expect(ids(await at.box('next'))).toEqual([update.event])
  })
})
