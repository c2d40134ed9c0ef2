import { expect, it } from 'vitest'
import { onBothEngines } from '../../../../testing/src/databases/index.ts'
import { boxEnder } from '../field/box-ending.ts'
import { fieldTown } from './testing/field-town.ts'

onBothEngines('the hand-over box', (engine) => {
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
})
