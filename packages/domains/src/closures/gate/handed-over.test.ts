import type { Actor } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { places } from '../../../../../testing/src/places/places.ts'
import { acting, tablesFor } from '../../../../../testing/src/stores/acting.ts'
import { rebuild } from '../../../../server/src/store/rebuild/rebuild.ts'
import { registry } from '../../registry.ts'

const uuid = () => crypto.randomUUID()
const one = (id: string, grant: Actor['grants'][number]): Actor => ({ id, name: id, grants: [grant] })
const gate = one('gate', { role: 'gate-officer', path: '1/12/' })
const worker = one('worker', { role: 'grid-worker', path: '1/11/11a/11a1/' })
const ROAD = { gate: 'road', direction: 'in', temperature: 36.6, local: false, destination: '11a1' }

onServer('what a gate decided', (engine) => {
  const database = engine.shared<unknown>(tablesFor(registry))
  const setUp = async () => {
    const at = await acting(database(), registry, '2020-02-10T01:00:00Z')
    /** Whoever is logged like this at a road post and received at the destination. */
    const received = async (person: string, line: Record<string, unknown>) => {
      const id = uuid()
      expect(await at.act(gate, 'crossing', id, 'record', { ...ROAD, person, ...line }, { area: '12' })).toBe('done')
      const [sent] = await at.db.query<{ id: string }>('select id from r_transit where crossing = $1', [id])
      expect(await at.act(worker, 'transit', sent?.id ?? '', 'arrive')).toBe('done')
      return sent?.id ?? ''
    }
    const arrivalOf = async (person: string) => {
      const [row] = await at.db.query<{ id: string; reason: { zh: string; en: string } }>(
        `select id, origin, measure, class, until::text as until, listed, reason from r_arrival where person = $1`,
        [person],
      )
      return row
    }
    const watchOf = async (person: string) =>
      (
        await at.db.query<{ kind: string; until: string }>(
          `select state, kind, class, until::text as until, readings from r_watch where person = $1`,
          [person],
        )
      )[0]
    /** People who arrived in the county on a day, by the books. */
    const arrived = async (day: string) =>
      (
        await at.db.query<{ n: number }>(
          `select coalesce(sum(entered - "left"), 0)::int as n from tallies where measure = 'monitoring.arrived' and area = '11' and day = $1`,
          [day],
        )
      )[0]?.n ?? 0
    /** What stands of somebody: declarations and observations, in the order in which they came to be. */
    const stands = (who: string) =>
      Promise.all([
        at.db.query(
          'select state, arrived_on::text as on, origin, measure, until::text as until from r_arrival where person = $1 order by created_at',
          [who],
        ),
        at.db.query('select state, kind, until::text as until from r_watch where person = $1 order by created_at', [who]),
      ])
    const differences = async () => (await rebuild(at.db, registry, places, { check: true })).differences
    return { ...at, received, arrivalOf, watchOf, arrived, stands, differences }
  }

  it('holds at the destination: home and central point, listed and other, for the days that the gate named', async () => {
    const at = await setUp()
    for (const [decision, days, listed, kind] of [
      ['home', 7, false, 'home'],
      ['central', 7, false, 'central'],
      ['home', 14, true, 'home'],
      ['central', 14, true, 'central'],
    ] as const) {
      const who = uuid()
      await at.received(who, { origin: '广东省深圳市', decision, days, listed, home: decision === 'home' })
      const [of, until] = [listed ? 'listed' : 'other', listed ? '2020-02-24' : '2020-02-17']
      expect(await at.arrivalOf(who)).toMatchObject({ measure: kind, class: of, until, listed })
      expect(await at.watchOf(who)).toMatchObject({ state: 'watching', kind, class: of, until, readings: 2 })
    }
    const who = uuid()
    await at.received(who, { origin: '广东省深圳市', decision: 'home', days: 7, listed: false, home: true })
    expect((await at.arrivalOf(who))?.reason).toEqual({
      zh: '其他地区返回：自2020年2月10日起算，按卡口查验结果，居家观察至2020年2月17日，还有7天。',
      en: 'From elsewhere: counted from 10 Feb 2020, as the gate decided, at home until 17 Feb 2020, 7 days left.',
    })
    // Also where nobody wrote down where from; and never weaker than the rule of the register.
    const [unsaid, wuhan] = [uuid(), uuid()]
    await at.received(unsaid, { decision: 'home', days: 14, listed: true, home: true })
    expect(await at.arrivalOf(unsaid)).toMatchObject({ origin: '重点地区（卡口未登记具体来源地）', measure: 'home', until: '2020-02-24' })
    await at.received(wuhan, { origin: '湖北省武汉市', decision: 'home', days: 7, listed: false, home: true })
    expect(await at.arrivalOf(wuhan)).toMatchObject({ measure: 'home', class: 'listed', until: '2020-02-24' })
    expect(await at.differences()).toEqual([])
  })

  it('holds beside what somebody had declared, whichever is stricter and longer', async () => {
    const at = await setUp()
    const who = uuid()
    const said = { person: who, channel: 'self', arrivedOn: '2020-02-10', origin: '广东省深圳市' }
    expect(await at.act(worker, 'arrival', uuid(), 'declare', said, { area: '11a1' })).toBe('done')
    expect(await at.watchOf(who)).toMatchObject({ kind: 'self', until: '2020-02-17' })
    // Confirmed by mistake and taken back, nothing of it holds.
    const slip = await at.received(who, { origin: '广东省深圳市', decision: 'central', days: 21, listed: false, home: false })
    expect(await at.watchOf(who)).toMatchObject({ kind: 'central', until: '2020-03-02' })
    expect(await at.act(worker, 'transit', slip, 'retract', { note: '认错人' })).toBe('done')
    expect(await at.watchOf(who)).toMatchObject({ state: 'watching', kind: 'self', until: '2020-02-17' })
    await at.received(who, { origin: '广东省深圳市', decision: 'home', days: 14, listed: true, home: true })
    expect(await at.arrivalOf(who)).toMatchObject({ measure: 'home', class: 'listed', until: '2020-02-24' })
    expect(await at.watchOf(who)).toMatchObject({ state: 'watching', kind: 'home', class: 'listed', until: '2020-02-24' })
    // Another gate on the same way says less: what holds stays.
    await at.received(who, { origin: '广东省深圳市', decision: 'home', days: 7, listed: false, home: true })
    expect(await at.watchOf(who)).toMatchObject({ kind: 'home', class: 'listed', until: '2020-02-24' })
    await at.received(who, { origin: '广东省深圳市', decision: 'central', days: 7, listed: false, home: false })
    expect(await at.watchOf(who)).toMatchObject({ kind: 'central', until: '2020-02-24' })
    expect(await at.db.query('select 1 from r_arrival where person = $1', [who])).toHaveLength(1)
    expect(await at.db.query('select 1 from r_watch where person = $1', [who])).toHaveLength(1)
    expect(await at.differences()).toEqual([])
  })

  it('of somebody who left by a confirmed departure and comes back is an arrival of its own, observed anew', async () => {
    const at = await setUp()
    const [who, first, departure] = [uuid(), uuid(), uuid()]
    const before = await Promise.all(['2020-02-10', '2020-02-12'].map(at.arrived))
    const said = { person: who, channel: 'worker', arrivedOn: '2020-02-10', origin: '四川省成都市' }
    const leaves = { person: who, channel: 'worker', leavesOn: '2020-02-11', destination: '湖北省武汉市', purpose: 'work' }
    expect(await at.act(worker, 'arrival', first, 'declare', said, { area: '11a1' })).toBe('done')
    at.on('2020-02-11', '09:00')
    expect(await at.act(worker, 'departure', departure, 'declare', leaves, { area: '11a1' })).toBe('done')
    expect(await at.act(worker, 'departure', departure, 'confirm')).toBe('done')
    at.on('2020-02-12', '09:00')
    const way = await at.received(who, { origin: '湖北省武汉市', decision: 'home', days: 14, listed: true, home: true })
    const old = { state: 'declared', on: '2020-02-10', origin: '四川省成都市', measure: 'self', until: '2020-02-17' }
    const anew = { state: 'declared', on: '2020-02-12', origin: '湖北省武汉市', measure: 'home', until: '2020-02-26' }
    const gone = { state: 'transferred', kind: 'self', until: '2020-02-17' }
    const observed = { state: 'watching', kind: 'home', until: '2020-02-26' }
    expect(await at.stands(who)).toEqual([
      [old, anew],
      [gone, observed],
    ])
    expect(await Promise.all(['2020-02-10', '2020-02-12'].map(at.arrived))).toEqual(before.map((n) => n + 1))
    // What is corrected of the arrival before leaves the new one as it is.
    expect(await at.act(worker, 'arrival', first, 'amend', { transport: 'train', origin: '四川省达州市' })).toBe('done')
    expect((await at.stands(who))[1]).toEqual([gone, observed])
    // Nor does it ask for the new one, once nobody came back after all.
    expect(await at.act(worker, 'transit', way, 'retract', { note: '认错人' })).toBe('done')
    expect(await at.stands(who)).toMatchObject([
      [{ state: 'declared' }, { state: 'void' }],
      [gone, { state: 'void' }],
    ])
    // Out and in again on the day of arriving: one arrival of that day, observed anew.
    const [quick, out] = [uuid(), uuid()]
    const sameDay = { ...leaves, person: quick, leavesOn: '2020-02-12' }
    expect(await at.act(worker, 'arrival', uuid(), 'declare', { ...said, person: quick, arrivedOn: '2020-02-12' }, { area: '11a1' })).toBe(
      'done',
    )
    at.on('2020-02-12', '10:00')
    expect(await at.act(worker, 'departure', out, 'declare', sameDay, { area: '11a1' })).toBe('done')
    expect(await at.act(worker, 'departure', out, 'confirm')).toBe('done')
    at.on('2020-02-12', '11:00')
    await at.received(quick, { origin: '湖北省武汉市', decision: 'home', days: 14, listed: true, home: true })
    expect(await at.db.query('select state, kind from r_watch where person = $1 order by created_at', [quick])).toEqual([
      { state: 'transferred', kind: 'self' },
      { state: 'watching', kind: 'home' },
    ])
    expect(await at.differences()).toEqual([])
  })

  it('of somebody whose leaving nobody knows of and who comes back is an arrival of its own too, until nobody came after all', async () => {
    const at = await setUp()
    const [who, first] = [uuid(), uuid()]
    const before = await Promise.all(['2020-02-10', '2020-02-14'].map(at.arrived))
    const said = { person: who, channel: 'worker', arrivedOn: '2020-02-10', origin: '四川省成都市' }
    expect(await at.act(worker, 'arrival', first, 'declare', said, { area: '11a1' })).toBe('done')
    expect(await at.act(worker, 'arrival', first, 'confirm')).toBe('done')
    at.on('2020-02-14', '09:00')
    const way = await at.received(who, { origin: '湖北省武汉市', decision: 'home', days: 14, listed: true, home: true })
    const old = { state: 'confirmed', on: '2020-02-10', origin: '四川省成都市', measure: 'self', until: '2020-02-17' }
    const anew = { state: 'declared', on: '2020-02-14', origin: '湖北省武汉市', measure: 'home', until: '2020-02-28' }
    expect(await at.stands(who)).toEqual([[old, anew], [{ state: 'watching', kind: 'home', until: '2020-02-28' }]])
    expect(await Promise.all(['2020-02-10', '2020-02-14'].map(at.arrived))).toEqual(before.map((n) => n + 1))
    // Also back from where they came from before, once somebody has seen them here.
    at.on('2020-02-16', '09:00')
    await at.received(who, { origin: '湖北省武汉市', decision: 'home', days: 14, listed: true, home: true })
    expect((await at.stands(who))[0]).toMatchObject([{ on: '2020-02-10' }, { on: '2020-02-14' }, { on: '2020-02-16' }])
    // Nobody came after all: what the declarations that stand ask for holds.
    const [, , last] = await at.db.query<{ id: string }>('select id from r_arrival where person = $1 order by created_at', [who])
    expect(await at.act(worker, 'arrival', last?.id ?? '', 'withdraw')).toBe('done')
    expect((await at.stands(who))[1]).toEqual([{ state: 'watching', kind: 'home', until: '2020-02-28' }])
    expect(await at.act(worker, 'transit', way, 'retract', { note: '认错人' })).toBe('done')
    expect(await at.stands(who)).toMatchObject([
      [{ state: 'confirmed', until: '2020-02-17' }, { state: 'void' }, { state: 'void' }],
      [{ state: 'watching', kind: 'self', until: '2020-02-17' }],
    ])
    expect(await at.differences()).toEqual([])
  })

  it('is nothing once nobody came after all, also where what was declared before asks for nothing any more', async () => {
    const at = await setUp()
    const came = async (departed: boolean) => {
      const who = uuid()
      at.on('2020-02-10', '09:00')
      const said = { person: who, channel: 'worker', arrivedOn: '2020-02-10', origin: '四川省成都市' }
      expect(await at.act(worker, 'arrival', uuid(), 'declare', said, { area: '11a1' })).toBe('done')
      at.on('2020-02-14', '09:00')
      const way = await at.received(who, { origin: '湖北省武汉市', decision: 'home', days: 14, listed: true, home: true })
      if (departed) {
        const out = uuid()
        const leaves = { person: who, channel: 'worker', leavesOn: '2020-02-12', destination: '湖北省武汉市', purpose: 'work' }
        expect(await at.act(worker, 'departure', out, 'declare', leaves, { area: '11a1' })).toBe('done')
        expect(await at.act(worker, 'departure', out, 'confirm', { leftOn: '2020-02-12' })).toBe('done')
      }
      at.on(departed ? '2020-02-15' : '2020-02-18', '09:00')
      expect(await at.act(worker, 'transit', way, 'retract', { note: '认错人' })).toBe('done')
      return at.stands(who)
    }
    for (const departed of [false, true])
      expect([departed, await came(departed)]).toMatchObject([
        departed,
        [[{ state: 'declared', until: '2020-02-17' }, { state: 'void' }], [{ state: 'watching', kind: 'self', until: '2020-02-17' }]],
      ])
    expect(await at.differences()).toEqual([])
  })

  it('is of the arrival that somebody declared on the way, the evening before, unless the gate names another origin', async () => {
    const at = await setUp()
    const onTheWay = async (gate: string) => {
      const who = uuid()
      at.on('2020-02-13', '21:00')
      const said = { person: who, channel: 'worker', arrivedOn: '2020-02-13', origin: '深圳' }
      expect(await at.act(worker, 'arrival', uuid(), 'declare', said, { area: '11a1' })).toBe('done')
      at.on('2020-02-14', '01:00')
      await at.received(who, { origin: gate, decision: 'home', days: 7, listed: false, home: true })
      return (await at.stands(who))[0]
    }
    expect(await onTheWay('广东省深圳市')).toMatchObject([{ on: '2020-02-13', measure: 'home', until: '2020-02-21' }])
    expect(await onTheWay('四川省成都市')).toMatchObject([
      { on: '2020-02-13', measure: 'self' },
      { on: '2020-02-14', measure: 'home' },
    ])
    expect(await at.differences()).toEqual([])
  })

  it('goes on where it becomes known only then that they had left before it', async () => {
    const at = await setUp()
    const leaves = (person: string) => ({
      person,
      channel: 'worker',
      leavesOn: '2020-02-12',
      destination: '湖北省武汉市',
      purpose: 'work',
    })
    const cameBack = async (measure: 'home' | 'self', departure?: string) => {
      const who = uuid()
      at.on('2020-02-10', '09:00')
      const said = { person: who, channel: 'worker', arrivedOn: '2020-02-10', origin: '四川省成都市' }
      expect(await at.act(worker, 'arrival', uuid(), 'declare', said, { area: '11a1' })).toBe('done')
      at.on('2020-02-12', '09:00')
      if (departure) expect(await at.act(worker, 'departure', departure, 'declare', leaves(who), { area: '11a1' })).toBe('done')
      at.on('2020-02-14', '09:00')
      if (measure === 'home') await at.received(who, { origin: '湖北省武汉市', decision: 'home', days: 14, listed: true, home: true })
      else
        expect(
          await at.act(worker, 'arrival', uuid(), 'declare', { ...said, arrivedOn: '2020-02-14', origin: '重庆市' }, { area: '11a1' }),
        ).toBe('done')
      at.on('2020-02-15', '09:00')
      return who
    }
    const left = { leftOn: '2020-02-12' }
    const goesOn = { home: { kind: 'home', until: '2020-02-28' }, self: { kind: 'self', until: '2020-02-21' } }
    for (const measure of ['home', 'self'] as const) {
      // Declared before and confirmed late; declared late.
      const [known, unknown] = [uuid(), uuid()]
      const one = await cameBack(measure, known)
      expect(await at.act(worker, 'departure', known, 'confirm', left)).toBe('done')
      const other = await cameBack(measure)
      expect(await at.act(worker, 'departure', unknown, 'declare', leaves(other), { area: '11a1' })).toBe('done')
      expect(await at.act(worker, 'departure', unknown, 'confirm', left)).toBe('done')
      for (const who of [one, other]) expect((await at.stands(who))[1]).toEqual([{ state: 'watching', ...goesOn[measure] }])
      expect(await at.db.query('select state from r_departure where id in ($1, $2)', [known, unknown])).toEqual([
        { state: 'left' },
        { state: 'left' },
      ])
    }
    // Who leaves after it leaves.
    const [again, self] = [uuid(), await cameBack('self')]
    expect(await at.act(worker, 'departure', again, 'declare', { ...leaves(self), leavesOn: '2020-02-15' }, { area: '11a1' })).toBe('done')
    expect(await at.act(worker, 'departure', again, 'confirm')).toBe('done')
    expect((await at.stands(self))[1]).toMatchObject([{ state: 'transferred' }])
    const home = await cameBack('home')
    expect(await at.act(worker, 'departure', uuid(), 'declare', { ...leaves(home), leavesOn: '2020-02-15' }, { area: '11a1' })).toBe(
      'under-observation',
    )
    // Sent weeks later by a phone, it is judged as of then: a person looks, and says it now.
    const [late, phone] = [uuid(), await cameBack('home')]
    at.on('2020-02-15', '09:00')
    const then = { area: '11a1', happenedAt: '2020-02-12T02:00:00Z' }
    expect(await at.act(worker, 'departure', late, 'declare', leaves(phone), then)).toBe('done')
    expect(await at.act(worker, 'departure', late, 'confirm', {}, { happenedAt: '2020-02-12T02:01:00Z' })).toBe('out-of-order')
    expect(await at.act(worker, 'departure', late, 'confirm', left)).toBe('done')
    expect((await at.stands(phone))[1]).toEqual([{ state: 'watching', ...goesOn.home }])
    expect(await at.differences()).toEqual([])
  })

  it('that becomes known after they had left again opens nothing that goes on, and asks nothing of whoever came back since', async () => {
    const at = await setUp()
    const leaves = { channel: 'worker', leavesOn: '2020-02-12', destination: '广东省深圳市', purpose: 'work' }
    const observed = async () =>
      (
        await at.db.query<{ n: number }>(
          `select coalesce(sum(entered - "left"), 0)::int as n from tallies where measure = 'monitoring.observed' and area = '11'`,
        )
      )[0]?.n ?? 0
    const before = await observed()
    const left = async (who: string) => {
      const departure = uuid()
      at.on('2020-02-13', '09:00')
      expect(await at.act(worker, 'departure', departure, 'declare', { ...leaves, person: who }, { area: '11a1' })).toBe('done')
      expect(await at.act(worker, 'departure', departure, 'confirm')).toBe('done')
      return departure
    }
    const declares = (who: string, arrivedOn: string, origin: string) =>
      at.act(worker, 'arrival', uuid(), 'declare', { person: who, channel: 'worker', arrivedOn, origin }, { area: '11a1' })
    /** Logged on the 10th, received only after they had left. */
    const logged = async (who: string) => {
      const id = uuid()
      at.on('2020-02-10', '09:00')
      const line = { ...ROAD, person: who, origin: '四川省成都市', decision: 'home', days: 7, listed: false, home: true }
      expect(await at.act(gate, 'crossing', id, 'record', line, { area: '12' })).toBe('done')
      return async () => {
        const [sent] = await at.db.query<{ id: string }>('select id from r_transit where crossing = $1', [id])
        at.on('2020-02-14', '10:00')
        expect(await at.act(worker, 'transit', sent?.id ?? '', 'arrive', { arrivedOn: '2020-02-10' })).toBe('done')
      }
    }
    for (const [origin, kind, until] of [
      ['湖北省武汉市', 'home', '2020-02-24'],
      ['四川省成都市', 'self', '2020-02-17'],
    ] as const) {
      const who = uuid()
      const departure = await left(who)
      at.on('2020-02-13', '10:00')
      expect(await declares(who, '2020-02-10', origin)).toBe('done')
      expect((await at.stands(who))[1]).toEqual([{ state: 'transferred', kind, until }])
      expect((await at.arrivalOf(who))?.reason).toEqual({
        zh: expect.stringMatching(/登记时此人已于2020年2月12日离开，观察随之结束。$/),
        en: expect.stringMatching(/The person had left on 12 Feb 2020 when it was entered, and the observation ended with that\.$/),
      })
      const [ended] = await at.db.query('select exit_to, departure, due_morning, due_evening from r_watch where person = $1', [who])
      expect(ended).toEqual({ exit_to: '广东省深圳市', departure, due_morning: null, due_evening: null })
      // Nobody left after all: then they are here and observed.
      expect(await at.act(worker, 'departure', departure, 'withdraw')).toBe('done')
      expect((await at.stands(who))[1]).toEqual([{ state: 'watching', kind, until }])
    }
    expect((await observed()) - before).toBe(2)
    const gone = uuid()
    const receive = await logged(gone)
    await left(gone)
    await receive()
    expect((await at.stands(gone))[1]).toEqual([{ state: 'transferred', kind: 'home', until: '2020-02-17' }])
    // Whoever came back is observed for coming back, as long as that asks for.
    const [back, through] = [uuid(), uuid()]
    const late = await logged(through)
    for (const who of [back, through]) {
      await left(who)
      at.on('2020-02-14', '09:00')
      expect(await declares(who, '2020-02-14', '重庆市')).toBe('done')
    }
    expect(await declares(back, '2020-02-10', '湖北省武汉市')).toBe('done')
    await late()
    const since = { state: 'watching', kind: 'self', until: '2020-02-21' }
    expect((await at.stands(back))[1]).toEqual([since, { state: 'transferred', kind: 'home', until: '2020-02-24' }])
    expect((await at.stands(through))[1]).toEqual([since, { state: 'transferred', kind: 'home', until: '2020-02-17' }])
    // Corrected to the day before the leaving, what the wrong day had asked for ends with it too.
    const [wrong, slip] = [uuid(), uuid()]
    await left(wrong)
    at.on('2020-02-14', '09:00')
    const said = { person: wrong, channel: 'worker', arrivedOn: '2020-02-13', origin: '四川省成都市' }
    expect(await at.act(worker, 'arrival', slip, 'declare', said, { area: '11a1' })).toBe('done')
    expect(await at.act(worker, 'arrival', slip, 'amend', { arrivedOn: '2020-02-10' })).toBe('done')
    expect((await at.stands(wrong))[1]).toEqual([{ state: 'transferred', kind: 'self', until: '2020-02-17' }])
    expect((await observed()) - before).toBe(4)
    expect(await at.differences()).toEqual([])
  })

  it('is judged anew when what it rests on is corrected, and stays when something else is', async () => {
    const at = await setUp()
    const who = uuid()
    await at.received(who, { origin: '广东省深圳市', decision: 'central', days: 14, listed: true, home: false })
    const id = (await at.arrivalOf(who))?.id ?? ''
    const after = async (input: Record<string, unknown>) => {
      expect(await at.act(worker, 'arrival', id, 'amend', input)).toBe('done')
      const watch = await at.watchOf(who)
      return [watch?.kind, watch?.until]
    }
    expect(await after({ transport: 'car', origin: '广东省深圳市' })).toEqual(['central', '2020-02-24'])
    expect(await after({ arrivedOn: '2020-02-09' })).toEqual(['central', '2020-02-23'])
    // They have a home after all; and were in no listed place: the days of the class, at home as the road table says.
    expect(await after({ ownRoom: true })).toEqual(['home', '2020-02-23'])
    expect(await after({ history: ['none'] })).toEqual(['home', '2020-02-16'])
    expect(await at.arrivalOf(who)).toMatchObject({ class: 'other', listed: false })
    expect(await after({ origin: '湖北省武汉市' })).toEqual(['home', '2020-02-23'])
    expect(await at.differences()).toEqual([])
  })
})
