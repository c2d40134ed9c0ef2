import { randomUUID } from 'node:crypto'
import { registry } from '@guatu/domains'
import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { openCity } from './testing/city.ts'

const CAME = { channel: 'worker', arrivedOn: '2020-02-12', origin: '湖北省武汉市', originCode: '420100' }

interface Boxed {
  readonly id: string
  readonly record: string
  readonly action: string
  readonly problem: { readonly code: string }
  readonly other?: { readonly fields: object; readonly differs: readonly string[] }
}

onServer('whoever is declared at the door under another name than the register has', ({ engine }) => {
  async function atTheDoor() {
    const at = await openCity(engine, registry)
    const [device, far] = [randomUUID(), randomUUID()]
    const event = () => randomUUID()
    const enter = { name: '测试甲', documentType: 'passport', documentNumber: 'E12345678', sex: 'male', birthYear: 1985 }
    const register = { event: event(), area: at.area('511921106201'), input: enter }
    expect((await at.ask('other', 'POST', `/api/person/${far}/register`, register)).statusCode).toBeLessThan(300)
    await at.ask('grid', 'POST', '/api/field/devices', { device })
    at.clock.set('2020-02-14T03:00:00Z')
    const act = (record: string, id: string, action: string, input: object) => ({
      record,
      id,
      action,
      event: event(),
      area: at.village,
      input,
    })
    const send = async (acts: readonly object[]) => {
      const { results } = (await at.ask('grid', 'POST', '/api/field/acts', { device, acts })).json<{
        results: { handedOver?: string; problem?: { code: string } }[]
      }>()
      return results.map((told) => told.handedOver ?? told.problem?.code ?? 'done')
    }
    const [home, person, arrival] = [randomUUID(), randomUUID(), randomUUID()]
    const met = [
      act('household', home, 'register', { door: '9', kind: 'family' }),
      act('person', person, 'register', { ...enter, name: '测试丙', household: home }),
      act('arrival', arrival, 'declare', { ...CAME, person }),
      act('arrival', arrival, 'confirm', {}),
    ] as const
    expect(await send(met)).toEqual(['done', 'waiting', 'waiting', 'waiting'])
    const box = async (as = 'town') => (await at.ask(as, 'GET', '/api/field/handed-over')).json<{ acts: Boxed[] }>().acts
    const own = async () =>
      (await at.ask('grid', 'GET', '/api/field/handed-over/own')).json<{
        acts: { id: string; state: string; area: string; reason: string | null; problem: { code: string } }[]
      }>().acts
    const called = async (as: string) => (await at.ask(as, 'GET', '/api/field/handed-over/count')).json<{ count: number }>().count
    const watches = () => at.store.db.query('select area, person, household, state from r_watch')
    return { ...at, act, send, met, far, home, person, box, own, called, watches }
  }

  it('waits for the town with both sides, and the worker sees where; nobody decides, and the county and the duty officer are called', async () => {
    const at = await atTheDoor()
    const [, entry] = at.met
    const [first] = (await at.box()).filter(({ record }) => record === 'person')
    // Masked: what differs is said, not what it is.
    expect(first?.other).toEqual({
      fields: { name: '测*', documentType: 'passport', sex: 'male', birthYear: 1985 },
      differs: ['name'],
    })
    expect(JSON.stringify(await at.box())).not.toContain('测试甲')
    const mine = await at.own()
    expect(mine.find(({ id }) => id === entry.event)).toMatchObject({
      state: 'waiting',
      area: at.village,
      reason: null,
      problem: { code: 'other-name-registered' },
    })
    const all = () => Promise.all(['town', 'county', 'duty', 'grid'].map(at.called))
    expect(await all()).toEqual([3, 0, 0, 0])
    at.clock.set('2020-02-14T15:30:00Z')
    expect(await all()).toEqual([3, 3, 0, 0])
    at.clock.set('2020-02-15T03:30:00Z')
    expect(await all()).toEqual([3, 3, 3, 0])
    expect(at.errors).toEqual([])
  })

  it('is taken in where the town says that it is the same person, with what the phone did since', async () => {
    const at = await atTheDoor()
    const [, entry, declared, confirmed] = at.met
    // As it is, it cannot be taken over.
    expect((await at.ask('town', 'POST', `/api/field/handed-over/${entry.event}/take`, {})).statusCode).toBe(409)
    const taken = await at.ask('town', 'POST', `/api/field/handed-over/${entry.event}/take`, { same: true })
    expect(taken.json<{ along: Boxed[] }>().along.map(({ id }) => id)).toEqual([declared.event, confirmed.event])
    expect(await at.watches()).toEqual([{ area: at.village, person: at.far, household: at.home, state: 'watching' }])
    expect(await at.box()).toEqual([])
    expect((await at.own()).map(({ state }) => state)).toEqual(['taken', 'taken', 'taken'])
    // What the phone does with its own entry later is about them, too, and the look is written down.
    expect(await at.send([at.act('transfer', randomUUID(), 'open', { person: at.person, reason: 'signs' })])).toEqual(['done'])
    expect(await at.store.db.query('select person from r_transfer')).toEqual([{ person: at.far }])
    const looks = await at.store.db.query<{ purpose: string }>(`select purpose from looks where actor = 'town' and record_id = $1`, [
      at.far,
    ])
    expect(looks.map(({ purpose }) => purpose)).toContain('移交箱核对：证件号码相同，确认为同一人')
    expect([(await at.store.rebuild({ check: true })).differences, at.errors]).toEqual([[], []])
  })

  it('goes back to the worker where it is another person, with what to do', async () => {
    const at = await atTheDoor()
    const reason = '不是同一人，请核对证件号码后重新登记'
    for (const { id } of await at.box())
      expect((await at.ask('town', 'POST', `/api/field/handed-over/${id}/drop`, { reason })).statusCode).toBe(200)
    expect((await at.own()).map((one) => [one.state, one.reason])).toEqual(Array.from({ length: 3 }, () => ['dropped', reason]))
    expect([await at.watches(), (await at.ask('grid', 'GET', `/api/person/${at.far}`)).statusCode]).toEqual([[], 404])
    expect(at.errors).toEqual([])
  })
})
