import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { boxEnder } from '../field/box-ending.ts'
import { boxKey } from '../field/boxed.ts'
import { seal } from '../field/sealing.ts'
import { TERM } from './testing/closed-village.ts'
import { fieldTown } from './testing/field-town.ts'

onServer('the hand-over box', (engine) => {
  it('keeps nothing of whoever was erased, and content of what was decided on only for its days', async () => {
    const at = await fieldTown(engine)
    const { store, clock, accounts } = at.world
    const look = boxEnder(store, (await accounts.auth.$context).secret)
    const phone = await at.phone('worker')
    await at.revoke('worker')
    const register = (input: object) => at.act('person', crypto.randomUUID(), 'register', { name: '测试甲', ...input }, at.home)
    const taken = register({ documentType: 'nationalId', documentNumber: '519900199001010015', phone: '13800000000' })
    const dropped = register({ documentType: 'none', phone: '13900000000' })
    const waits = register({ documentType: 'none' })
    const update = () => at.act('person', taken.id, 'update', { phone: '13700000000' }, at.home)
    const [late, after] = [update(), update()]
    await phone.send([taken, dropped, waits])
    expect((await at.take('town', taken.event)).status).toBe(200)
    expect((await at.drop('town', dropped.event)).status).toBe(200)
    await phone.send([late])
    const full = async () => {
      const rows = await store.db.query<{ id: string }>(`select id from handed_over where command <> '{}'::jsonb`)
      return new Set(rows.map(({ id }) => id))
    }
    await look()
    expect(await full()).toEqual(new Set([taken, dropped, waits, late].map(({ event }) => event)))

    clock.set('2020-02-03T02:00:00Z')
    const erased = await at.ask('town', 'POST', `/api/person/${taken.id}/erase`, {
      event: crypto.randomUUID(),
      input: { ground: 'request' },
    })
    expect(erased.status).toBe(200)
    expect(await look()).toBe(2)
    expect(await full()).toEqual(new Set([dropped, waits].map(({ event }) => event)))
    expect(await at.box('town')).toMatchObject([{ id: waits.event }])
    expect(await at.take('town', late.event)).toMatchObject({
      status: 409,
      body: { code: 'erased-meanwhile', message: { zh: expect.stringContaining('已按规定删除') } },
    })
    expect(await phone.send([taken, late])).toMatchObject([{ handedOver: 'taken' }, { handedOver: 'dropped' }])
    // What comes after the erasure is not kept either.
    await phone.send([after])
    expect((await full()).has(after.event)).toBe(false)
    expect(await at.box('town')).toMatchObject([{ id: waits.event }])

    clock.set('2020-03-05T02:00:00Z')
    expect(await look()).toBe(1)
    expect(await full()).toEqual(new Set([waits.event]))
    expect(at.world.errors).toEqual([])
  })

  it('keeps what waits about those who were not erased, whoever was erased beside them', async () => {
    const at = await fieldTown(engine)
    const home = at.act('household', crypto.randomUUID(), 'register', { door: '1-101', kind: 'family', phone: '13800000000' }, at.home)
    const wrong = at.act('person', crypto.randomUUID(), 'register', { name: '测试错', documentType: 'none', household: home.id }, at.home)
    for (const one of [home, wrong]) expect((await at.ask('town', 'POST', `/api/${one.record}/${one.id}/register`, one)).status).toBe(201)
    const phone = await at.phone('worker')
    await at.revoke('worker')
    const right = at.act('person', crypto.randomUUID(), 'register', { name: '测试对', documentType: 'none', household: home.id }, at.home)
    const ofHome = at.act('household', home.id, 'update', { phone: '13900000000' }, at.home)
    await phone.send([right, ofHome])
    at.world.clock.set('2020-02-03T02:00:00Z')
    const input = { ground: 'mistake' }
    expect((await at.ask('town', 'POST', `/api/person/${wrong.id}/erase`, { event: crypto.randomUUID(), input })).status).toBe(200)
    expect(await at.world.store.db.query(`select 1 from events where record_id = $1::uuid and action = 'forget'`, [home.id])).toHaveLength(
      1,
    )
    expect(await at.box('town')).toMatchObject([{ id: right.event }])
    expect(await at.take('town', right.event)).toMatchObject({ status: 200, body: { state: 'taken' } })
    expect(await at.take('town', ofHome.event)).toMatchObject({ status: 409, body: { code: 'erased-meanwhile' } })
  })

  it('goes on with what opens where one act was sealed by another server', async () => {
    const at = await fieldTown(engine)
    const { store } = at.world
    const phone = await at.phone('worker')
    const known = await at.registered()
    await at.revoke('worker')
    const [one, other] = [at.person(), at.person()]
    const [foreign, issue] = [
      at.act('person', known, 'update', { phone: '13700000000' }, at.home),
      at.act('pass', crypto.randomUUID(), 'issue', { closure: crypto.randomUUID(), kind: 'worker', ...TERM }, at.home),
    ]
    await phone.send([one, other, foreign, issue])
    const lost = JSON.stringify(seal(boxKey('another secret'), Buffer.from('{}')))
    const shut = [other, foreign, issue].map(({ event }) => event)
    await store.db.query('update handed_over set command = $2 where id = any($1::uuid[])', [shut, lost])
    const box = await at.box('town')
    expect(box).toMatchObject([
      { id: one.event },
      ...shut.map((id) => ({
        id,
        unreadable: { message: { zh: expect.stringContaining('secret'), en: expect.stringContaining('secret') } },
      })),
    ])
    expect(box[0]).not.toHaveProperty('unreadable')
    expect((await at.take('town', one.event)).status).toBe(200)
    expect(await at.take('town', other.event)).toMatchObject({ status: 409, body: { code: 'unreadable' } })
    // Its code may be out in the world, and nobody knows what was written on it.
    expect(await at.drop('town', issue.event)).toMatchObject({ status: 409, body: { code: 'unreadable' } })
    expect((await at.drop('town', other.event)).status).toBe(200)

    at.world.clock.set('2020-02-03T02:00:00Z')
    const input = { ground: 'request' }
    expect((await at.ask('town', 'POST', `/api/person/${known}/erase`, { event: crypto.randomUUID(), input })).status).toBe(200)
    expect(await at.box('town')).toMatchObject([{ id: issue.event }])
    expect(await store.db.query('select state, command from handed_over where id = $1::uuid', [foreign.event])).toEqual([
      { state: 'dropped', command: {} },
    ])
    expect(at.world.errors).toEqual([])
  })
})
