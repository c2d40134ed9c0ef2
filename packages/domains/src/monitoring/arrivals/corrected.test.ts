import { derivedId } from '@guatu/kernel'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { at, fromWuhan, staff, townOn, townTables, uuid } from '../testing/town.ts'

const { worker, town, doctor, county, gate } = staff
const watchOf = (arrival: string) => derivedId(`watch/${arrival}`)
const SHENZHEN = { origin: '广东省深圳市', originCode: '440300' }
const WUHAN = { origin: '湖北省武汉市', originCode: '420100' }

onServer('declarations that are corrected', (engine) => {
  const database = engine.shared<unknown>(townTables)
  const books = async (t: Awaited<ReturnType<typeof townOn>>) => {
    const of = ['observed', 'cumulative', 'released', 'otherExits'] as const
    return Object.fromEntries(await Promise.all(of.map(async (one) => [one, await t.stock(one)])))
  }

  it('back to what asks for observation lead back to it: the same observation, counted once', async () => {
    const t = await townOn(database())
    const before = await books(t)
    const [person, id] = [uuid(), uuid()]
    const half = { half: 'morning', temperature: 36.5, how: 'worker' }
    expect(await t.act(worker, 'arrival', id, 'declare', fromWuhan({ person }))).toBe('done')
    expect(await t.act(worker, 'watch', watchOf(id), 'check', half)).toBe('done')
    expect(await t.act(worker, 'watch', watchOf(id), 'serve')).toBe('done')
    expect(await t.act(worker, 'arrival', id, 'amend', { arrivedOn: '2020-01-04' })).toBe('done')
    expect(await t.get('watch', watchOf(id))).toMatchObject({ state: 'void', fields: { why: 'corrected' } })
    expect(await t.act(worker, 'arrival', id, 'amend', { arrivedOn: '2020-02-04' })).toBe('done')
    const { state, fields } = await t.get('watch', watchOf(id))
    expect([state, fields.kind, fields.until, fields.dueMorning, fields.dueEvening]).toEqual([
      'watching',
      'home',
      '2020-02-18',
      '2020-02-06',
      '2020-02-05',
    ])
    expect([fields.why, fields.exitOn, fields.servedOn, fields.checksDone]).toEqual([undefined, undefined, undefined, 1])
    expect((await t.get('arrival', id)).fields).toMatchObject({ measure: 'home', until: '2020-02-18', watch: watchOf(id) })
    expect(await t.all('watch', `person = '${person}'`)).toHaveLength(1)
    expect(await books(t)).toEqual({ ...before, observed: before.observed + 1, cumulative: before.cumulative + 1 })
    // And there and back once more, the day after.
    t.on('2020-02-06')
    for (const arrivedOn of ['2020-01-04', '2020-02-05']) expect(await t.act(worker, 'arrival', id, 'amend', { arrivedOn })).toBe('done')
    expect(await t.get('watch', watchOf(id))).toMatchObject({
      state: 'watching',
      fields: { until: '2020-02-19', dueMorning: '2020-02-06' },
    })
    expect((await books(t)).cumulative).toBe(before.cumulative + 1)
    expect(await t.differences()).toEqual([])
  })

  it('to another home, or to one that nobody had said, take the observation there with the visit that is due', async () => {
    const t = await townOn(database())
    for (const first of [{ household: uuid() }, {}]) {
      const [person, id, home] = [uuid(), uuid(), uuid()]
      expect(await t.act(worker, 'arrival', id, 'declare', fromWuhan({ person, ...first }))).toBe('done')
      expect(await t.act(worker, 'arrival', id, 'amend', { household: home })).toBe('done')
      expect((await t.get('watch', watchOf(id))).fields).toMatchObject({ household: home })
      expect(await t.all('visit', `watch = '${watchOf(id)}'`)).toMatchObject([{ state: 'due', fields: { household: home } }])
    }
    expect(await t.differences()).toEqual([])
  })

  it('after the release to a stricter origin go on with the observation, and otherwise leave what is over as it is', async () => {
    const t = await townOn(database())
    const before = await books(t)
    const [person, id] = [uuid(), uuid()]
    expect(await t.act(worker, 'arrival', id, 'declare', fromWuhan({ ...SHENZHEN, person }))).toBe('done')
    t.on('2020-02-11')
    expect(await t.act(worker, 'watch', watchOf(id), 'check', { half: 'morning', temperature: 36.5, how: 'worker' })).toBe('done')
    expect(await t.act(worker, 'watch', watchOf(id), 'release', { signed: true })).toBe('done')
    expect(await t.act(worker, 'arrival', id, 'amend', { transport: 'train' })).toBe('done')
    expect((await t.get('watch', watchOf(id))).state).toBe('released')
    t.on('2020-02-13')
    expect(await t.act(worker, 'arrival', id, 'amend', WUHAN)).toBe('done')
    expect(await t.get('watch', watchOf(id))).toMatchObject({
      state: 'watching',
      fields: { kind: 'home', class: 'listed', until: '2020-02-18', dueMorning: '2020-02-13', dueEvening: '2020-02-13' },
    })
    expect(await books(t)).toEqual({ ...before, observed: before.observed + 1, cumulative: before.cumulative + 1 })
    expect(await t.act(worker, 'watch', watchOf(id), 'release', { signed: true })).toBe('too-early')
    t.on('2020-02-18')
    expect(await t.act(worker, 'watch', watchOf(id), 'check', { half: 'morning', temperature: 36.5, how: 'worker' })).toBe('done')
    expect(await t.act(worker, 'watch', watchOf(id), 'release', { signed: true })).toBe('done')
    expect(await books(t)).toEqual({ ...before, released: before.released + 1, cumulative: before.cumulative + 1 })
    expect(await t.differences()).toEqual([])
  })

  it('bring back neither what an office struck out without more being asked, nor signs unseen, nor a room that is taken', async () => {
    const t = await townOn(database())
    const declared = async (more: Record<string, unknown> = {}) => {
      const id = uuid()
      expect(await t.act(worker, 'arrival', id, 'declare', fromWuhan(more))).toBe('done')
      return id
    }
    const mistaken = await declared({ ...SHENZHEN })
    expect(await t.act(town, 'watch', watchOf(mistaken), 'void', { why: 'mistaken' })).toBe('done')
    expect(await t.act(worker, 'arrival', mistaken, 'amend', { transport: 'train' })).toBe('done')
    expect((await t.get('watch', watchOf(mistaken))).state).toBe('void')
    expect(await t.act(worker, 'arrival', mistaken, 'amend', WUHAN)).toBe('done')
    expect(await t.get('watch', watchOf(mistaken))).toMatchObject({ state: 'watching', fields: { kind: 'home' } })

    const sick = await declared({ ownRoom: false })
    const site = uuid()
    const input = { name: '甲宾馆', kind: 'hotel', address: '甲路1号', rooms: ['101'] }
    expect(await t.act(county, 'site', site, 'register', input)).toBe('done')
    expect(await t.act(county, 'site', site, 'open')).toBe('done')
    const lodged = { kind: 'central', site, room: '101' }
    expect(await t.act(town, 'watch', watchOf(sick), 'shift', lodged)).toBe('done')
    t.on('2020-02-05', '10:00')
    expect(await t.act(worker, 'arrival', sick, 'amend', { arrivedOn: '2020-01-04' })).toBe('done')
    const other = await declared({ ownRoom: false })
    expect(await t.act(town, 'watch', watchOf(other), 'shift', lodged)).toBe('done')
    // A fever that was read before becomes known only after the correction, and is refused to nobody for it.
    const fever = { half: 'morning', temperature: 38.4, how: 'worker' }
    expect(await t.act(worker, 'watch', watchOf(sick), 'check', fever, at('2020-02-05', '09:30'))).toBe('done')
    expect(await t.all('transfer', `watch = '${watchOf(sick)}'`)).toMatchObject([{ state: 'open' }])
    // Observed as if it had been known in time; the room stays with whoever has it by now, and somebody is asked to give another one.
    const { state, fields } = await t.get('watch', watchOf(sick))
    expect(await t.all('need', `watch = '${watchOf(sick)}' and kind = 'room'`)).toMatchObject([
      { state: 'open', fields: { dueOn: '2020-02-05', resident: watchOf(other) } },
    ])
    expect((await t.get('watch', watchOf(other))).fields).toMatchObject({ site, room: '101' })
    expect((await t.get('arrival', sick)).fields.reason).toMatchObject({ zh: expect.stringContaining('观察照旧') })
    expect(await t.act(worker, 'arrival', sick, 'amend', { arrivedOn: '2020-02-04' })).toBe('done')
    expect([state, fields.kind, fields.alarm, fields.site, fields.room]).toEqual(['watching', 'central', true, undefined, undefined])
    expect(await t.differences()).toEqual([])
  })

  it('to what asks for less ask for no less of somebody whose fever was read before and becomes known after, with the room given away', async () => {
    const t = await townOn(database())
    const site = uuid()
    const input = { name: '乙宾馆', kind: 'hotel', address: '乙路1号', rooms: ['101'] }
    expect(await t.act(county, 'site', site, 'register', input)).toBe('done')
    expect(await t.act(county, 'site', site, 'open')).toBe('done')
    const lodged = { kind: 'central', site, room: '101' }
    const declared = async () => {
      const id = uuid()
      expect(await t.act(worker, 'arrival', id, 'declare', fromWuhan({ ownRoom: false }))).toBe('done')
      return id
    }
    const sick = await declared()
    expect(await t.act(town, 'watch', watchOf(sick), 'shift', lodged)).toBe('done')
    t.on('2020-02-05', '10:00')
    expect(await t.act(worker, 'arrival', sick, 'amend', { ownRoom: true })).toBe('done')
    expect((await t.get('watch', watchOf(sick))).fields.kind).toBe('home')
    const other = await declared()
    expect(await t.act(town, 'watch', watchOf(other), 'shift', lodged)).toBe('done')
    const fever = { half: 'morning', temperature: 38.4, how: 'worker' }
    expect(await t.act(worker, 'watch', watchOf(sick), 'check', fever, at('2020-02-05', '09:30'))).toBe('done')
    expect(await t.all('transfer', `watch = '${watchOf(sick)}'`)).toMatchObject([{ state: 'open' }])
    expect((await t.get('watch', watchOf(sick))).fields).toMatchObject({ kind: 'central', alarm: true })
    expect((await t.get('watch', watchOf(sick))).fields.site).toBeUndefined()
    expect((await t.get('watch', watchOf(other))).fields).toMatchObject({ site, room: '101' })
    expect(await t.all('need', `watch = '${watchOf(sick)}' and kind = 'room'`)).toMatchObject([
      { state: 'open', fields: { dueOn: '2020-02-05', resident: watchOf(other) } },
    ])
    expect(await t.differences()).toEqual([])
  })

  it('of somebody who left, fell ill or moved away meanwhile observe nobody twice, and nobody who is not here', async () => {
    const t = await townOn(database())
    const declared = async (person: string) => {
      const id = uuid()
      expect(await t.act(worker, 'arrival', id, 'declare', fromWuhan({ ...SHENZHEN, person }))).toBe('done')
      return id
    }
    const [traveller, ill] = [uuid(), uuid()]
    const [away, sick] = [await declared(traveller), await declared(ill)]
    const departure = uuid()
    const leaves = { person: traveller, channel: 'worker', leavesOn: '2020-02-05', destination: '广东省深圳市', purpose: 'work' }
    expect(await t.act(worker, 'departure', departure, 'declare', leaves)).toBe('done')
    expect(await t.act(gate, 'departure', departure, 'confirm', {})).toBe('done')
    expect(await t.act(doctor, 'watch', watchOf(sick), 'confirm')).toBe('done')
    for (const id of [away, sick]) expect(await t.act(worker, 'arrival', id, 'amend', WUHAN)).toBe('done')
    expect((await t.get('watch', watchOf(away))).state).toBe('transferred')
    expect(await t.get('watch', watchOf(sick))).toMatchObject({ state: 'confirmed', fields: { kind: 'self' } })
    expect((await t.get('arrival', sick)).fields).toMatchObject({ measure: 'home', watch: watchOf(sick) })
    // Nobody left after all: observed as the declaration says by now.
    expect(await t.act(worker, 'departure', departure, 'withdraw')).toBe('done')
    expect(await t.get('watch', watchOf(away))).toMatchObject({ state: 'watching', fields: { kind: 'home', until: '2020-02-18' } })
    expect(await t.differences()).toEqual([])
  })

  it('to nothing to serve, or void, while the clinic has the person end the observation once they are cleared, unless something else asks', async () => {
    const t = await townOn(database())
    const observed = await t.stock('observed')
    const atClinic = async () => {
      const [person, id, transfer] = [uuid(), uuid(), uuid()]
      expect(await t.act(worker, 'arrival', id, 'declare', fromWuhan({ person }))).toBe('done')
      expect(await t.act(worker, 'transfer', transfer, 'open', { person, reason: 'signs' })).toBe('done')
      expect(await t.act(doctor, 'transfer', transfer, 'suspect', {})).toBe('done')
      expect((await t.get('watch', watchOf(id))).state).toBe('transferred')
      return { person, id, transfer }
    }
    const NOTHING = { arrivedOn: '2020-01-04' }
    type Story = Awaited<ReturnType<typeof atClinic>>
    const amend = (to: object) => (one: Story) => t.act(worker, 'arrival', one.id, 'amend', { ...to })
    for (const [then, state] of [
      [[amend(NOTHING)], 'void'],
      [[(one: Story) => t.act(town, 'arrival', one.id, 'withdraw')], 'void'],
      [[amend(NOTHING), amend({ arrivedOn: '2020-02-04' })], 'watching'],
      [[amend(NOTHING), (one: Story) => t.act(worker, 'arrival', uuid(), 'declare', fromWuhan({ person: one.person }))], 'watching'],
      [[amend({ transport: 'train' })], 'watching'],
    ] as const) {
      const one = await atClinic()
      for (const act of then) expect(await act(one)).toBe('done')
      expect(await t.act(doctor, 'transfer', one.transfer, 'clear', {})).toBe('done')
      const watches = await t.all('watch', `person = '${one.person}' and state = 'watching'`)
      expect(watches.map((watch) => watch.state)).toEqual(state === 'void' ? [] : [state])
      if (state === 'void') expect((await t.get('watch', watchOf(one.id))).fields.why).toBe('corrected')
    }
    expect((await t.stock('observed')) - observed).toBe(3)
    // Corrected back after the clinic cleared them, they are observed again.
    const again = await atClinic()
    expect(await amend(NOTHING)(again)).toBe('done')
    expect(await t.act(doctor, 'transfer', again.transfer, 'clear', {})).toBe('done')
    expect(await amend({ arrivedOn: '2020-02-04' })(again)).toBe('done')
    expect(await t.get('watch', watchOf(again.id))).toMatchObject({ state: 'watching', fields: { until: '2020-02-18' } })
    expect(await t.differences()).toEqual([])
  })

  it('to the day of coming back observe anew whoever had left, and follow that observation from then on', async () => {
    const t = await townOn(database())
    const [person, departure, id] = [uuid(), uuid(), uuid()]
    expect(await t.act(worker, 'arrival', id, 'declare', fromWuhan({ ...SHENZHEN, person }))).toBe('done')
    const leaves = { person, channel: 'worker', leavesOn: '2020-02-05', destination: '湖北省武汉市', purpose: 'work' }
    expect(await t.act(worker, 'departure', departure, 'declare', leaves)).toBe('done')
    expect(await t.act(gate, 'departure', departure, 'confirm', {})).toBe('done')
    t.on('2020-02-08')
    expect(await t.act(worker, 'arrival', id, 'amend', { ...WUHAN, arrivedOn: '2020-02-08' })).toBe('done')
    const [watch = ''] = (await t.all('watch', `person = '${person}' and state = 'watching'`)).map((one) => one.id)
    expect((await t.get('arrival', id)).fields.watch).toBe(watch)
    expect(await t.get('watch', watch)).toMatchObject({ fields: { kind: 'home', until: '2020-02-22' } })
    expect(await t.act(worker, 'arrival', id, 'amend', { ...SHENZHEN, transport: 'train' })).toBe('done')
    expect(await t.get('watch', watch)).toMatchObject({ state: 'watching', fields: { kind: 'self', until: '2020-02-15' } })
    expect(await t.get('watch', watchOf(id))).toMatchObject({ state: 'transferred', fields: { kind: 'self' } })
    expect(await t.differences()).toEqual([])
  })

  it('come out the same in whatever order phones send them', { timeout: 240_000 }, async () => {
    const t = await townOn(database(), '2020-02-08')
    const said = ['2020-01-04', '2020-01-05', '2020-02-04', '2020-02-06'].flatMap((arrivedOn) => [
      { ...WUHAN, arrivedOn },
      { ...SHENZHEN, arrivedOn },
    ])
    const histories = fc
      .array(fc.integer({ min: 0, max: said.length - 1 }), { minLength: 2, maxLength: 5 })
      .chain((some) => fc.tuple(fc.constant(some), fc.shuffledSubarray([...some.keys()], { minLength: some.length })))
    /** What is refused because something later rests on it goes to a person, who does it then as what happens now. */
    const lived = async (some: readonly number[], order: readonly number[]) => {
      const id = uuid()
      const input = fromWuhan({ ...SHENZHEN, arrivedOn: '2020-02-03' })
      const send = (action: string, more: Record<string, unknown>, happenedAt: string) =>
        t.tell(worker, { record: 'arrival', recordId: id, action, area: '11a1', happenedAt, input: more })
      expect(await send('declare', input, at('2020-02-06', '10:00'))).toBe('done')
      const taken: number[] = []
      for (const one of order) {
        const answer = await send('amend', said.at(some[one] ?? 0) ?? {}, at('2020-02-06', `1${one + 1}:00`))
        if (answer === 'done') taken.push(one)
        else expect(['out-of-order', 'wrong-state']).toContain(answer)
      }
      const { measure, until, class: of } = (await t.get('arrival', id)).fields
      const watch = await t.get('watch', watchOf(id))
      // Whatever the order: who is to be observed is, as the declaration says; nobody else is.
      if (measure === 'none') expect(watch.state).toBe('void')
      else expect([watch.state, watch.fields.kind, watch.fields.until]).toEqual(['watching', measure, until])
      return { measure, until, of, taken: taken.sort() }
    }
    await fc.assert(
      fc.asyncProperty(histories, async ([some, order]) => {
        const shuffled = await lived(some, order)
        expect(await lived(some, shuffled.taken)).toEqual(shuffled)
      }),
      { numRuns: 40, seed: 2020 },
    )
    expect(await t.stock('cumulative')).toBe((await t.stock('released')) + (await t.stock('otherExits')) + (await t.stock('observed')))
    expect(await t.differences()).toEqual([])
  })
})
