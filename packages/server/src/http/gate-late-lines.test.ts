import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { onServer } from '../../../../testing/src/databases/index.ts'
import { driversKnownLate } from '../gates/known-late.ts'
import { TERM, villageClosed } from './testing/closed-village.ts'

const PLATE = '川Y12345'
const LINE = { gate: 'estate', direction: 'out', temperature: 36.5, mask: true, checked: 'valid', decision: 'pass' }

interface Sent {
  readonly id: string
  readonly event: string
}

onServer('a line of a gate that becomes known late', ({ engine }) => {
  /** Somebody with a vehicle, which has a pass, observed from 04:00 on; and another with the same plate whom nobody observes. */
  async function observedDriver() {
    const at = await villageClosed(engine)
    const done = async (as: string, record: string, action: string, input: object, id: string = randomUUID()) => {
      expect([record, action, await at.act(as, record, id, action, input)]).toEqual([record, action, 'done'])
      return id
    }
    const register = (household?: string) =>
      done('grid', 'person', 'register', { name: '测试驾', documentType: 'none', plate: PLATE, household })
    const person = await register(at.household)
    await register()
    const pass = await done('grid', 'pass', 'issue', { kind: 'vehicle', plate: PLATE, closure: at.closure, ...TERM })
    const { number } = (await at.ask('grid', 'GET', `/api/pass/${pass}/code`)).json<{ number: string }>()
    at.clock.set('2020-02-14T04:00:00Z')
    const watch = await done('grid', 'watch', 'enter', { person, household: at.household, kind: 'home', entry: 'list', class: 'listed' })
    const ways = { plate: { plate: PLATE }, pass: { passNumber: number }, person: { person } }
    const released = async () => {
      at.clock.set('2020-02-28T02:00:00Z')
      await done('grid', 'watch', 'check', { half: 'morning', temperature: 36.5, how: 'worker' }, watch)
      await done('grid', 'watch', 'release', { signed: true }, watch)
      at.clock.set('2020-02-28T04:00:00Z')
    }
    const send = async (more: object, happenedAt?: string): Promise<Sent> => {
      const [id, event] = [randomUUID(), randomUUID()]
      const body = { event, area: at.village, input: { ...LINE, ...more }, ...(happenedAt ? { happenedAt } : {}) }
      expect((await at.ask('gate', 'POST', `/api/crossing/${id}/record`, body)).statusCode).toBeLessThan(300)
      return { id, event }
    }
    const correct = async ({ id, event }: Sent, input: object) => {
      const answer = await at.ask('gate', 'POST', `/api/crossing/${id}/correct`, {
        event: randomUUID(),
        input: { event, reason: '补录', input },
      })
      return answer.statusCode < 300 ? 'done' : answer.json<{ code: string }>().code
    }
    /** What a line says: whom it names, and what the rule says where something else was done. */
    const reads = async ({ id }: Pick<Sent, 'id'>) => {
      const [row] = await at.store.db.query<{ person: string | null; ruled: string | null }>(
        'select person, case when differs then ruled end as ruled from r_crossing where id = $1',
        [id],
      )
      return [row?.person === person ? 'them' : row?.person, row?.ruled]
    }
    const readsOf = async (happenedAt?: string) =>
      Promise.all(Object.entries(ways).map(async ([how, more]) => [how, ...(await reads(await send(more, happenedAt)))]))
    return { ...at, done, person, watch, ways, released, send, correct, reads, readsOf }
  }
  const marked = ['them', 'turnBack']
  const nobody = [null, null]
  const all = (line: readonly unknown[]) => ['plate', 'pass', 'person'].map((how) => [how, ...line])

  it('is about whoever was kept in at its own moment, by plate and pass as by name: after the release, and not before the observation', async () => {
    const at = await observedDriver()
    at.clock.set('2020-02-14T06:00:00Z')
    expect(await at.readsOf()).toEqual(all(marked))
    expect(await at.readsOf('2020-02-14T03:30:00.000Z')).toEqual([
      ['plate', ...nobody],
      ['pass', ...nobody],
      ['person', 'them', null],
    ])
    await at.released()
    expect(await at.readsOf('2020-02-14T13:00:00.000+08:00')).toEqual(all(marked))
    expect(await at.readsOf('2020-02-28T03:00:00.000Z')).toEqual([
      ['plate', ...nobody],
      ['pass', ...nobody],
      ['person', 'them', null],
    ])
    expect(at.errors).toEqual([])
  })

  it('that a phone or a call of many sends is so too, also of whoever moved out of the isolated home since', async () => {
    const at = await observedDriver()
    const device = randomUUID()
    expect((await at.ask('gate', 'POST', '/api/field/devices', { device })).statusCode).toBe(200)
    const mate = await at.done('grid', 'person', 'register', {
      name: '测试同',
      documentType: 'none',
      plate: '川Y54321',
      household: at.household,
    })
    await at.done('grid', 'person', 'register', { name: '测试同', documentType: 'none', plate: '川Y54321' })
    at.clock.set('2020-02-14T08:00:00Z')
    const home = await at.done('grid', 'household', 'register', { door: '103', kind: 'family' })
    await at.done('grid', 'person', 'changeHousehold', { household: home }, mate)
    await at.released()
    const line = (input: object, happenedAt: string) => ({
      ...{ record: 'crossing', id: randomUUID(), action: 'record', event: randomUUID(), area: at.village },
      ...{ happenedAt, input: { ...LINE, ...input } },
    })
    const [during, moved] = ['2020-02-14T07:00:00.000Z', '2020-02-14T09:00:00.000Z']
    const beside = (plate: string) => ({ beside: { plate, person: randomUUID(), event: randomUUID() } })
    const named = async (ids: readonly { readonly id: string }[]) => {
      const rows = await at.store.db.query<{ id: string; person: string | null }>('select id, person from r_crossing')
      return ids.map(({ id }) => rows.find((row) => row.id === id)?.person)
    }
    const phone = [
      { ...line({}, during), ...beside(PLATE) },
      { ...line({}, during), ...beside('川Y54321') },
      { ...line({}, moved), ...beside('川Y54321') },
      { ...line({ direction: 'in' }, during), ...beside(PLATE) },
    ]
    const sent = async () => {
      const answer = await at.ask('gate', 'POST', '/api/field/acts', { device, acts: phone })
      return answer.json<{ results: { identified?: string }[] }>().results.map(({ identified }) => identified)
    }
    expect(await sent()).toEqual(['linked', 'linked', 'unnamed', 'unnamed'])
    expect(await named(phone)).toEqual([at.person, mate, null, null])
    const acts = [line({ plate: '川Y54321' }, during), line({ plate: '川Y54321' }, moved)]
    expect((await at.ask('gate', 'POST', '/api/events', { acts })).statusCode).toBe(200)
    expect(await named(acts)).toEqual([mate, null])
    expect(await sent()).toEqual(['linked', 'linked', 'unnamed', 'unnamed'])
    expect(at.errors).toEqual([])
  })

  it('as one of who went out, or with its plate, by a correction, is linked and marked; and keeps its mark when it is corrected after the release', async () => {
    const at = await observedDriver()
    at.clock.set('2020-02-14T06:00:00Z')
    const plain = await at.send({})
    const came = await at.send({ direction: 'in', plate: PLATE })
    const early = await at.send({}, '2020-02-14T03:30:00.000Z')
    const later = await at.send({})
    const stays = await at.send({ direction: 'in', plate: PLATE })
    expect([await at.correct(plain, { plate: PLATE }), await at.reads(plain)]).toEqual(['done', marked])
    expect([await at.correct(came, { direction: 'out' }), await at.reads(came)]).toEqual(['done', marked])
    expect([await at.correct(early, { plate: PLATE }), await at.reads(early)]).toEqual(['done', nobody])
    expect([await at.correct(stays, { purpose: '购物' }), await at.reads(stays)]).toEqual(['done', nobody])
    // Nobody says themselves whom it was about.
    expect(await at.correct(later, { person: at.person })).toBe('correction-settled')
    await at.released()
    expect([await at.correct(later, { plate: PLATE }), await at.reads(later)]).toEqual(['done', marked])
    expect([await at.correct(plain, { purpose: '购物' }), await at.reads(plain)]).toEqual(['done', marked])
    expect((await at.store.rebuild({ check: true })).differences).toEqual([])
    expect(at.errors).toEqual([])
  })

  it('is about whoever had the vehicle then, and not about whoever has it by now, where the register knows it', async () => {
    const at = await observedDriver()
    const plate = '川Y77777'
    const register = (more: object) => at.done('grid', 'person', 'register', { name: '测试换', documentType: 'none', ...more })
    at.clock.set('2020-02-14T04:05:00Z')
    const [seller, buyer] = [await register({ plate }), await register({ household: at.household })]
    const papers = await at.done('grid', 'pass', 'issue', { kind: 'vehicle', plate, person: seller, closure: at.closure, ...TERM })
    const { number } = (await at.ask('grid', 'GET', `/api/pass/${papers}/code`)).json<{ number: string }>()
    at.clock.set('2020-02-14T04:10:00Z')
    await at.done('grid', 'watch', 'enter', { person: seller, kind: 'home', entry: 'list', class: 'listed' })
    at.clock.set('2020-02-14T05:00:00Z')
    await at.done('grid', 'pass', 'revoke', { stopReason: '车辆已转让' }, papers)
    await at.done('grid', 'person', 'update', { plate: '川Y77778' }, seller)
    await at.done('grid', 'person', 'update', { plate }, buyer)
    at.clock.set('2020-02-14T06:00:00Z')
    const device = randomUUID()
    expect((await at.ask('gate', 'POST', '/api/field/devices', { device })).statusCode).toBe(200)
    const beside = async (happenedAt: string) => {
      const id = randomUUID()
      const act = { record: 'crossing', id, action: 'record', event: randomUUID(), area: at.village, happenedAt, input: LINE }
      const acts = [{ ...act, beside: { plate, person: randomUUID(), event: randomUUID() } }]
      expect((await at.ask('gate', 'POST', '/api/field/acts', { device, acts })).statusCode).toBe(200)
      return { id }
    }
    const who = async ({ id }: Pick<Sent, 'id'>) => {
      const [row] = await at.store.db.query<{ person: string | null; differs: boolean | null }>(
        'select person, differs from r_crossing where id = $1',
        [id],
      )
      const person = row?.person ?? null
      return [person === seller ? 'seller' : person === buyer ? 'buyer' : person, row?.differs ?? false]
    }
    const [before, after] = ['2020-02-14T04:30:00.000Z', '2020-02-14T05:30:00.000Z']
    const lines = async (happenedAt: string) => [
      await who(await at.send({ plate }, happenedAt)),
      await who(await at.send({ passNumber: number }, happenedAt)),
      await who(await beside(happenedAt)),
    ]
    expect(await lines(before)).toEqual([
      ['seller', true],
      ['seller', true],
      ['seller', true],
    ])
    // The buyer lives where somebody is isolated.
    expect(await lines(after)).toEqual([
      ['buyer', true],
      ['buyer', true],
      ['buyer', true],
    ])
    expect((await at.store.rebuild({ check: true })).differences).toEqual([])
    expect(at.errors).toEqual([])
  })

  it('by plate or pass that named nobody is about whoever turns out to have been kept in, and marked', async () => {
    const at = await observedDriver()
    const plate = '川Y66666'
    const register = (household?: string) =>
      at.done('grid', 'person', 'register', { name: '测试晚', documentType: 'none', plate, household })
    const home = await at.done('grid', 'household', 'register', { door: '104', kind: 'family' })
    const [late, mate] = [await register(), await register(home)]
    const housemate = await at.done('grid', 'person', 'register', { name: '测试户', documentType: 'none', household: home })
    const papers = await at.done('grid', 'pass', 'issue', { kind: 'vehicle', plate, closure: at.closure, ...TERM })
    const { number } = (await at.ask('grid', 'GET', `/api/pass/${papers}/code`)).json<{ number: string }>()
    at.clock.set('2020-02-14T09:00:00Z')
    const known = driversKnownLate(at.store)
    await known()
    const early = await at.send({ plate }, '2020-02-14T05:00:00.000Z')
    const lines = [await at.send({ plate }, '2020-02-14T07:00:00.000Z'), await at.send({ passNumber: number }, '2020-02-14T07:00:00.000Z')]
    const others = [await at.send({ direction: 'in', plate }, '2020-02-14T07:00:00.000Z'), await at.send({}, '2020-02-14T07:00:00.000Z')]
    const who = async ({ id }: Sent) => {
      const [row] = await at.store.db.query<{ person: string | null; differs: boolean | null }>(
        'select person, differs from r_crossing where id = $1',
        [id],
      )
      return [row?.person === late ? 'late' : row?.person === mate ? 'mate' : row?.person, row?.differs]
    }
    const all = () => Promise.all([early, ...lines, ...others].map(who))
    expect(await all()).toEqual([nobody, nobody, nobody, nobody, nobody])
    const enter = async (person: string, household: string | undefined, happenedAt: string) => {
      const id = randomUUID()
      const input = { person, household, kind: 'home', entry: 'list', class: 'listed' }
      const body = { event: randomUUID(), area: at.village, happenedAt, input }
      expect((await at.ask('grid', 'POST', `/api/watch/${id}/enter`, body)).statusCode).toBeLessThan(300)
      return id
    }
    const watch = await enter(late, undefined, '2020-02-14T06:00:00.000Z')
    expect([await known(), await known()]).toEqual([2, 0])
    expect(await all()).toEqual([nobody, ['late', true], ['late', true], nobody, nobody])
    // Whoever was entered by mistake stays whom the line is about, and the mark goes.
    at.clock.set('2020-02-14T09:10:00Z')
    await at.done('town', 'watch', 'void', { why: 'mistaken' }, watch)
    expect(await all()).toEqual([nobody, ['late', null], ['late', null], nobody, nobody])
    // A server that ended before it looked looks when it starts, at whoever shares the home, too.
    const next = await at.send({ plate }, '2020-02-14T08:00:00.000Z')
    await enter(housemate, home, '2020-02-14T07:30:00.000Z')
    expect([await who(next), await driversKnownLate(at.store)(), await who(next)]).toEqual([nobody, 1, ['mate', true]])
    expect((await at.store.rebuild({ check: true })).differences).toEqual([])
    expect(at.errors).toEqual([])
  })

  it('is about nobody who did not drive: a fever that a correction brings to light is of whoever drove', async () => {
    const at = await observedDriver()
    at.clock.set('2020-02-14T06:00:00Z')
    const line = await at.send({ decision: 'clinic', temperature: 38.4 })
    expect([await at.correct(line, { plate: PLATE }), (await at.reads(line))[0]]).toEqual(['done', null])
    expect(await at.store.db.query('select id from r_transfer')).toEqual([])
  })
})
