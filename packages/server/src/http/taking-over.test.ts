import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { fieldTown } from './testing/field-town.ts'

const ids = (acts: readonly { readonly id: string }[] | undefined) => acts?.map(({ id }) => id)
const events = (acts: readonly { readonly event: string }[]) => acts.map(({ event }) => event)

onServer('taking over one by one', (engine) => {
  /** Whoever is registered and observed by a worker whose work had ended. */
  async function handedOver() {
    const at = await fieldTown(engine)
    const phone = await at.phone('worker')
    await at.revoke('worker')
    const person = at.person()
    const day = at.observed(person.id)
    await phone.send([person, ...day])
    return { ...at, phone, person, day }
  }

  it('takes what an act builds on before it, and says so', async () => {
    const at = await handedOver()
    const [enter, check, serve] = at.day
    const needs = new Map((await at.box('town')).map((act) => [act.id, ids(act.needs)]))
    expect(needs.get(at.person.event)).toEqual([])
    expect(needs.get(enter.event)).toEqual([at.person.event])
    expect(needs.get(serve.event)).toEqual(events([at.person, enter, check]))
    const taken = await at.take('town', check.event)
    expect(taken).toMatchObject({ status: 200, body: { state: 'taken' } })
    expect(ids(taken.body.along)).toEqual(events([at.person, enter]))
    expect(await at.watches()).toMatchObject([{ id: enter.id, person: at.person.id }])
    expect(ids(await at.box('town'))).toEqual([serve.event])
    expect((await at.take('town', serve.event)).body.along).toEqual([])
    expect((await at.ask('town', 'GET', `/api/person/${at.person.id}`)).status).toBe(200)
  })

  it('says which act comes first where that is not for this clerk, and takes nothing', async () => {
    const at = await handedOver()
    // The person is registered in one town and observed in the other.
    const enter = at.observed(at.person.id, at.other)[0]
    await at.phone.send([enter])
    const refused = await at.take('next', enter.event)
    expect(refused).toMatchObject({ status: 409, body: { code: 'take-first', data: { id: at.person.event } } })
    expect(refused.body.message?.zh).toMatch(/人员：登记.*示例1村/)
    expect(refused.body.message?.en).toMatch(/“Person: Register”/)
    expect(await at.watches()).toEqual([])
    await at.take('town', at.person.event)
    expect(await at.take('next', enter.event)).toMatchObject({ status: 200, body: { along: [] } })
  })

  it('says why what comes first cannot be taken, and makes nothing that points at nobody', async () => {
    const at = await handedOver()
    const [enter, check] = at.day
    // A name that nobody can have: the register refuses it.
    const nameless = { ...at.person, id: crypto.randomUUID(), event: crypto.randomUUID(), input: { documentType: 'none' } }
    const other = at.observed(nameless.id)[0]
    await at.phone.send([nameless, other])
    const refused = await at.take('town', other.event)
    expect(refused).toMatchObject({ status: 409, body: { code: 'take-first', data: { id: nameless.event } } })
    expect((await at.drop('town', nameless.event)).status).toBe(200)
    expect(await at.take('town', other.event)).toMatchObject({ status: 422, body: { code: 'invalid', path: 'input.person' } })
    expect(await at.watches()).toEqual([])
    // Let rest is not undone by taking what was to follow on it.
    expect((await at.drop('town', enter.event)).status).toBe(200)
    expect(await at.take('town', check.event)).toMatchObject({ status: 404 })
    expect(at.world.errors).toEqual([])
  })
})
