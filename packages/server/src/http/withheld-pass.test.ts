import { passes } from '@guatu/domains'
import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { TERM, villageClosed } from './testing/closed-village.ts'
import { fieldTown } from './testing/field-town.ts'
import { phoneKey, seenAtGate } from './testing/phone-key.ts'

interface Told {
  readonly problem?: { readonly code: string; readonly message: { readonly zh: string; readonly en: string }; readonly data?: object }
}

onServer('a pass that a phone gave out', ({ engine }) => {
  it('and that is refused is worth nothing at any gate, and its paper is taken back', { timeout: 240_000 }, async () => {
    const at = await villageClosed(engine)
    const device = crypto.randomUUID()
    expect((await at.ask('grid', 'POST', '/api/field/devices', { device })).statusCode).toBe(200)
    const second = crypto.randomUUID()
    const number = passes.numberOf(second)
    const code = await (await phoneKey(at, 'grid')).codeOf(second)
    const seen = (shown: string) => seenAtGate(at, shown)
    expect(await seen(code)).toEqual(['valid', 'not-found'])
    const issue = {
      record: 'pass',
      id: second,
      action: 'issue',
      event: crypto.randomUUID(),
      area: at.village,
      happenedAt: '2020-02-14T03:01:00.000Z',
      input: { closure: at.closure, kind: 'household', household: at.household, ...TERM },
    }
    const send = async (one: object) =>
      (await at.ask('grid', 'POST', '/api/field/acts', { device, acts: [one] })).json<{ results: readonly Told[] }>().results[0]?.problem
    at.clock.set('2020-02-14T03:02:00Z')
    const refused = await send(issue)
    expect(refused).toMatchObject({ code: 'household-has-pass', data: { withheld: number, id: at.pass } })
    expect(refused?.message).toEqual({ zh: expect.stringContaining('收回证件'), en: expect.stringContaining('take the paper back') })
    // A lost answer: the same again, with the reason.
    expect(await send(issue)).toMatchObject({ code: 'pass-withheld', message: { zh: expect.stringContaining('该户已有有效通行证') } })
    // A pass of the register is none, however often it is sent.
    expect(await send({ ...issue, id: at.pass, event: crypto.randomUUID() })).toMatchObject({ code: 'already-exists' })

    at.clock.set('2020-02-14T03:05:00Z')
    expect(await seen(code)).toEqual(['revoked', 'revoked'])
    expect(await seen(at.code.code)).toEqual(['valid', 'valid'])
    const listed = async () =>
      (await at.ask('town', 'GET', '/api/pass?state=withheld')).json<{ rows: { id: string; fields: object }[] }>().rows
    expect(await listed()).toMatchObject([
      { id: second, fields: { number, household: at.household, stopReason: expect.stringContaining('该户已有') } },
    ])
    expect(await at.act('town', 'pass', second, 'takeBack', {})).toBe('done')
    expect(await listed()).toEqual([])
    at.clock.set('2020-02-14T03:10:00Z')
    expect(await seen(code)).toEqual(['revoked', 'revoked'])
    expect((await at.store.rebuild({ check: true })).differences).toEqual([])
    expect(at.errors).toEqual([])
  })
})

onServer('a pass in the hand-over box', (engine) => {
  it('that the clerk lets rest stands among the stopped ones', async () => {
    const at = await fieldTown(engine)
    const phone = await at.phone('worker')
    await at.revoke('worker')
    const issue = at.act(
      'pass',
      crypto.randomUUID(),
      'issue',
      { closure: crypto.randomUUID(), kind: 'household', household: crypto.randomUUID(), ...TERM },
      at.home,
    )
    expect(await phone.send([issue])).toMatchObject([{ handedOver: 'waiting' }])
    expect((await at.drop('town', issue.event)).status).toBe(200)
    expect(await at.world.store.db.query('select id, state from r_pass')).toEqual([{ id: issue.id, state: 'withheld' }])
  })

  it('that names somebody who was erased stands there without the plate, also where it comes after that', async () => {
    const at = await fieldTown(engine)
    const { store, clock } = at.world
    const phone = await at.phone('worker')
    const person = await at.registered()
    await at.revoke('worker')
    const issue = (terms: object) =>
      at.act(
        'pass',
        crypto.randomUUID(),
        'issue',
        { closure: crypto.randomUUID(), kind: 'vehicle', person, plate: '川Y99999', ...terms },
        at.home,
      )
    const [waits, after, endless] = [issue(TERM), issue(TERM), issue({ validFrom: TERM.validFrom })]
    await phone.send([waits, endless])
    clock.set('2020-02-03T02:00:00Z')
    const input = { ground: 'request' }
    expect((await at.ask('town', 'POST', `/api/person/${person}/erase`, { event: crypto.randomUUID(), input })).status).toBe(200)
    // What cannot be withheld stays: its number would be held by no gate.
    expect(await at.box('town')).toMatchObject([{ id: endless.event }])
    await phone.send([after])
    const { rows } = (await at.ask<{ rows: readonly { id: string; fields: object }[] }>('town', 'GET', '/api/pass?state=withheld')).body
    expect(new Set(rows.map(({ id }) => id))).toEqual(new Set([waits.id, after.id]))
    for (const { fields } of rows) expect(fields).not.toHaveProperty('plate')
    expect(await store.db.query(`select id from handed_over where command <> '{}'::jsonb`)).toEqual([{ id: endless.event }])
    expect(await at.drop('town', endless.event)).toMatchObject({ status: 409, body: { code: 'not-withheld' } })
    expect(await at.box('town')).toMatchObject([{ id: endless.event }])
    expect(at.world.errors).toEqual([])
  })
})
