import type { Actor } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { places } from '../../../../../testing/src/places/places.ts'
import { acting, tablesFor } from '../../../../../testing/src/stores/acting.ts'
import { rebuild } from '../../../../server/src/store/rebuild/rebuild.ts'
import { registry } from '../../registry.ts'

const uuid = () => crypto.randomUUID()
const one = (id: string, role: Actor['grants'][number]['role'], path: string): Actor => ({ id, name: id, grants: [{ role, path }] })
const gate = one('gate', 'gate-officer', '1/11/')
const worker = one('worker', 'grid-worker', '1/11/11a/11a1/')
const next = one('next', 'grid-worker', '1/11/11a/11a2/')
const county = one('county', 'county-clerk', '1/11/')
const WUHAN = { gate: 'road', direction: 'in', temperature: 36.6, local: false, origin: '湖北省武汉市', listed: true, home: true }
const HOME = { ...WUHAN, decision: 'home', days: 14 }

onServer('whoever passed a gate', (engine) => {
  const database = engine.shared<unknown>(tablesFor(registry))
  const setUp = async () => {
    // The evening of the 11th, 22:30 in the city; expected two hours later, on the 12th.
    const at = await acting(database(), registry, '2020-02-11T14:30:00Z')
    const sent = async (person: string, more: Record<string, unknown> = {}, happenedAt?: string) => {
      const line = uuid()
      const input = { ...HOME, person, destination: '11a1', ...more }
      expect(await at.act(gate, 'crossing', line, 'record', input, { area: '11', ...(happenedAt ? { happenedAt } : {}) })).toBe('done')
      const [way] = await at.db.query<{ id: string }>(`select id from r_transit where crossing = $1 and state = 'expected'`, [line])
      return { line, way: way?.id ?? '' }
    }
    const arrivals = (person: string) =>
      at.db.query<Record<string, unknown>>(
        `select area, state, arrived_on::text as on, to_char(arrived_at at time zone 'UTC', 'MM-DD HH24:MI') as at, until::text as until, late
           from r_arrival where person = $1 order by created_at`,
        [person],
      )
    const watches = (person: string) =>
      at.db.query<Record<string, unknown>>(`select area, state, until::text as until from r_watch where person = $1`, [person])
    const arrived = async () => {
      const rows = await at.db.query<{ day: string; n: number }>(
        `select day::text as day, sum(entered - "left")::int as n from tallies where measure = 'monitoring.arrived' and area = '11' group by 1`,
      )
      return Object.fromEntries(rows.filter(({ n }) => n !== 0).map(({ day, n }) => [day, n]))
    }
    const correct = async (who: Actor, record: string, id: string, action: string, how: Record<string, unknown>) => {
      const [event] = await at.db.query<{ id: string }>(
        'select id from events where record_id = $1 and action = $2 order by seq desc limit 1',
        [id, action],
      )
      // One correction follows another, as people make them.
      at.clock.set(at.clock.now().add({ minutes: 1 }).toString())
      return at.act(who, record, id, 'correct', { event: event?.id, reason: '点错了', ...how })
    }
    const differences = async () => (await rebuild(at.db, registry, places, { check: true })).differences
    return { ...at, sent, arrivals, watches, arrived, correct, differences }
  }

  it('arrived when they were expected, however late the destination confirms, and not before they were received', async () => {
    const at = await setUp()
    const before = await at.arrived()
    const [late, soon, offline] = [uuid(), uuid(), uuid()]
    const way = await at.sent(late)
    const quick = await at.sent(soon)
    at.clock.set('2020-02-11T15:20:00Z')
    expect(await at.act(worker, 'transit', quick.way, 'arrive')).toBe('done')
    expect(await at.arrivals(soon)).toMatchObject([{ on: '2020-02-11', at: '02-11 15:20', until: '2020-02-25', late: false }])
    at.on('2020-02-14', '09:20')
    expect(await at.act(worker, 'transit', way.way, 'arrive')).toBe('done')
    expect(await at.arrivals(late)).toMatchObject([{ on: '2020-02-12', at: '02-11 16:30', until: '2020-02-26', late: true }])
    expect(await at.watches(late)).toMatchObject([{ state: 'watching', until: '2020-02-26' }])
    // A line that only becomes known now has the time at the gate all the same.
    const unsent = await at.sent(offline, {}, '2020-02-10T03:00:00.000Z')
    expect(await at.act(worker, 'transit', unsent.way, 'arrive')).toBe('done')
    expect(await at.arrivals(offline)).toMatchObject([{ on: '2020-02-10', until: '2020-02-24' }])
    const after = await at.arrived()
    for (const day of ['2020-02-10', '2020-02-11', '2020-02-12']) expect((after[day] ?? 0) - (before[day] ?? 0)).toBe(1)
    expect(after['2020-02-14'] ?? 0).toBe(before['2020-02-14'] ?? 0)
    expect(await at.differences()).toEqual([])
  })

  it('arrived on the day that the destination says, which may be corrected and goes on to all that follows', async () => {
    const at = await setUp()
    const before = await at.arrived()
    const who = uuid()
    const { way } = await at.sent(who)
    at.on('2020-02-15', '09:00')
    expect(await at.act(worker, 'transit', way, 'arrive', { arrivedOn: '2020-02-10' })).toBe('arrived-before-crossing input.arrivedOn')
    expect(await at.act(worker, 'transit', way, 'arrive', { arrivedOn: '2020-02-16' })).toBe('day-in-future input.arrivedOn')
    expect(await at.act(worker, 'transit', way, 'arrive', { arrivedOn: '2020-02-14' })).toBe('done')
    expect(await at.arrivals(who)).toMatchObject([{ on: '2020-02-14', at: null, until: '2020-02-28' }])
    expect(await at.correct(worker, 'transit', way, 'arrive', { input: { arrivedOn: '2020-02-10' } })).toBe(
      'arrived-before-crossing input.arrivedOn',
    )
    expect(await at.correct(worker, 'transit', way, 'arrive', { input: { arrivedOn: '2020-02-13' } })).toBe('done')
    expect(await at.arrivals(who)).toMatchObject([{ on: '2020-02-13', until: '2020-02-27' }])
    expect(await at.watches(who)).toMatchObject([{ state: 'watching', until: '2020-02-27' }])
    expect(await at.correct(worker, 'transit', way, 'arrive', { input: { arrivedOn: null, note: '按卡口时间' } })).toBe('done')
    expect(await at.arrivals(who)).toMatchObject([{ on: '2020-02-12', at: '02-11 16:30', until: '2020-02-26' }])
    const after = await at.arrived()
    for (const day of ['2020-02-12', '2020-02-13', '2020-02-14', '2020-02-15'])
      expect((after[day] ?? 0) - (before[day] ?? 0)).toBe(day === '2020-02-12' ? 1 : 0)
    // What a worker corrected on the declaration itself stands.
    const [arrival] = await at.db.query<{ id: string }>('select id from r_arrival where person = $1', [who])
    expect(await at.act(worker, 'arrival', arrival?.id ?? '', 'amend', { arrivedOn: '2020-02-11' })).toBe('done')
    expect(await at.correct(worker, 'transit', way, 'arrive', { input: { arrivedOn: '2020-02-13' } })).toBe('done')
    expect(await at.arrivals(who)).toMatchObject([{ on: '2020-02-11', until: '2020-02-25' }])
    at.on('2020-02-15', '10:00')
    // The act itself is taken back by its own act, and then nothing of it is left.
    expect(await at.correct(worker, 'transit', way, 'arrive', { void: true })).toBe('correction-settled input.void')
    expect(await at.act(worker, 'transit', way, 'retract', { note: '认错人' })).toBe('done')
    expect([await at.arrivals(who), await at.watches(who)]).toMatchObject([[{ state: 'void' }], [{ state: 'void' }]])
    expect(await at.act(worker, 'transit', way, 'arrive')).toBe('done')
    expect(await at.arrivals(who)).toMatchObject([{ state: 'void' }, { state: 'declared', on: '2020-02-12', until: '2020-02-26' }])
    expect(await at.differences()).toEqual([])
  })

  it('and had declared already is observed by the gate from the day of arriving, corrected and taken back with it', async () => {
    const at = await setUp()
    const who = uuid()
    const { way } = await at.sent(who, { decision: 'central' })
    at.on('2020-02-12', '08:00')
    const own = { person: who, channel: 'self', arrivedOn: '2020-02-12', origin: '广东省深圳市' }
    expect(await at.act(worker, 'arrival', uuid(), 'declare', own, { area: '11a1' })).toBe('done')
    at.on('2020-02-14', '09:00')
    expect(await at.act(worker, 'transit', way, 'arrive')).toBe('done')
    const upheld = () =>
      at.db.query('select measure, gate_from::text as from, until::text as until from r_arrival where person = $1', [who])
    expect(await upheld()).toEqual([{ measure: 'central', from: '2020-02-12', until: '2020-02-26' }])
    expect(await at.correct(worker, 'transit', way, 'arrive', { input: { arrivedOn: '2020-02-13' } })).toBe('done')
    expect(await upheld()).toEqual([{ measure: 'central', from: '2020-02-13', until: '2020-02-27' }])
    expect(await at.act(worker, 'transit', way, 'retract', { note: '认错人' })).toBe('done')
    expect(await upheld()).toMatchObject([{ from: null }])
    expect(await at.differences()).toEqual([])
  })

  it('to a county is declared in the village that the county says, on confirming or before, and never nowhere', async () => {
    const at = await setUp()
    const [first, second] = [uuid(), uuid()]
    const one = await at.sent(first, { destination: '11' })
    expect(await at.row('transit', one.way)).toMatchObject({ area: '11', unplaced: true })
    at.on('2020-02-12', '08:00')
    expect(await at.act(county, 'transit', one.way, 'arrive')).toBe('village-needed input.village')
    expect(await at.arrivals(first)).toEqual([])
    for (const village of ['12a1', '11'])
      expect(await at.act(county, 'transit', one.way, 'arrive', { village })).toBe('village-wrong input.village')
    expect(await at.act(county, 'transit', one.way, 'arrive', { village: '11a1' })).toBe('done')
    expect(await at.arrivals(first)).toMatchObject([{ area: '11a1', state: 'declared', on: '2020-02-12' }])
    expect(await at.watches(first)).toMatchObject([{ area: '11a1', state: 'watching' }])
    expect(await at.row('transit', one.way)).toMatchObject({ area: '11a1', state: 'arrived', unplaced: null })
    expect(await at.correct(county, 'transit', one.way, 'arrive', { input: { village: '11a2' } })).toBe(
      'correction-settled input.input.village',
    )
    // Said before: the village has them in its list, and confirms itself.
    const two = await at.sent(second, { destination: '11' })
    expect(await at.act(worker, 'transit', two.way, 'assign', { village: '11a1' })).toBe('not-allowed')
    expect(await at.act(county, 'transit', two.way, 'assign', { village: '11a2' })).toBe('done')
    expect(await at.row('transit', two.way)).toMatchObject({ area: '11a2', state: 'expected', unplaced: null })
    // A line that is corrected otherwise leaves them where they are waited for; another destination waits instead.
    expect(await at.correct(gate, 'crossing', two.line, 'record', { input: { origin: '湖北省黄冈市' } })).toBe('done')
    expect(await at.row('transit', two.way)).toMatchObject({ area: '11a2', state: 'expected', origin: '湖北省黄冈市' })
    expect(await at.act(worker, 'transit', two.way, 'arrive')).toBe('outside-jurisdiction')
    expect(await at.act(next, 'transit', two.way, 'arrive')).toBe('done')
    expect(await at.arrivals(second)).toMatchObject([{ area: '11a2', state: 'declared' }])
    const third = await at.sent(uuid(), { destination: '11' })
    expect(await at.act(county, 'transit', third.way, 'assign', { village: '11a2' })).toBe('done')
    expect(await at.correct(gate, 'crossing', third.line, 'record', { input: { destination: '11a1' } })).toBe('done')
    const ways = await at.db.query('select area, state from r_transit where crossing = $1 order by state', [third.line])
    expect(ways).toEqual([
      { area: '11a1', state: 'expected' },
      { area: '11a2', state: 'withdrawn' },
    ])
    // Who is sent to the clinic is no matter of a village.
    const ill = await at.sent(uuid(), { destination: '11', decision: 'clinic', temperature: 38.2 })
    expect(await at.act(county, 'transit', ill.way, 'arrive')).toBe('done')
    expect(await at.differences()).toEqual([])
  })
})
