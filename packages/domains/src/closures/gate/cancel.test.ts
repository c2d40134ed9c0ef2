import { type Actor, SYSTEM } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { places } from '../../../../../testing/src/places/places.ts'
import { acting, tablesFor } from '../../../../../testing/src/stores/acting.ts'
import { rebuild } from '../../../../server/src/store/rebuild/rebuild.ts'
import { registry } from '../../registry.ts'
import { numberOf } from '../pass/number.ts'

const uuid = () => crypto.randomUUID()
const actor = (id: string, role: Actor['grants'][number]['role'], path: string): Actor => ({ id, name: id, grants: [{ role, path }] })
const gate = actor('gate', 'gate-officer', '1/11/')
const mate = actor('mate', 'gate-officer', '1/11/')
const town = actor('town', 'town-clerk', '1/11/11a/')
const worker = actor('worker', 'grid-worker', '1/11/11a/11a1/')
const doctor = actor('doctor', 'health-worker', '1/11/')
const county = actor('county', 'county-clerk', '1/11/')

const LINE = { gate: 'estate', direction: 'out', decision: 'pass', temperature: 36.5, mask: true, checked: 'valid' }
const MEASURES = ['crossings', 'turnedBack', 'fevers', 'differing', 'twoGates', 'onTheWay']

onServer('a line at a gate that was entered by mistake', (engine) => {
  const database = engine.shared<unknown>(tablesFor(registry))
  const setUp = async () => {
    const at = await acting(database(), registry, '2020-02-10T23:50:00Z')
    const log = async (input: Record<string, unknown> = {}, area = '11a1', who = gate) => {
      const id = uuid()
      expect(await at.act(who, 'crossing', id, 'record', { ...LINE, ...input }, { area })).toBe('done')
      return id
    }
    const cancel = (who: Actor, id: string, happenedAt?: string) =>
      at.act(who, 'crossing', id, 'cancel', { cancelReason: '点错了人' }, happenedAt === undefined ? {} : { happenedAt })
    /** What the books of county 11 hold, by day, without what is nought. */
    const books = async () => {
      const rows = await at.db.query<{ key: string; n: number }>(
        `select substr(measure, 10) || ' ' || to_char(day, 'MM-DD') as key, sum(entered)::int as n, sum("left")::int as out
           from tallies where area = '11' and measure = any($1) group by 1 having sum(entered) <> 0 or sum("left") <> 0 order by 1`,
        [MEASURES.map((one) => `closures.${one}`)],
      )
      return Object.fromEntries(rows.map((row) => [row.key, row.n]))
    }
    const wrong = async () => (await rebuild(at.db, registry, places, { check: true })).differences
    return { ...at, log, cancel, books, wrong }
  }
  /** By how much the books differ. */
  const change = (before: Record<string, number>, after: Record<string, number>) =>
    Object.fromEntries(
      [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) => {
        const by = (after[key] ?? 0) - (before[key] ?? 0)
        return by === 0 ? [] : [[key, by]]
      }),
    )

  it('is cancelled by who entered it for some minutes, then and by others only by who answers for the post, with a reason', async () => {
    const at = await setUp()
    const [own, late, others] = [await at.log(), await at.log(), await at.log({}, '11b1')]
    expect(await at.act(gate, 'crossing', own, 'cancel')).toBe('required input.cancelReason')
    expect(await at.cancel(mate, own)).toBe('cancel-not-own')
    expect(await at.cancel(gate, own)).toBe('done')
    expect(await at.row('crossing', own)).toMatchObject({ state: 'cancelled', cancel_reason: '点错了人', entered_by: 'gate' })
    expect(await at.cancel(gate, own)).toBe('wrong-state')
    at.clock.set('2020-02-11T00:25:00Z')
    expect(await at.cancel(gate, late)).toBe('cancel-late')
    // A phone without a network brings what was cancelled in time.
    expect(await at.cancel(gate, late, '2020-02-11T00:10:00.000Z')).toBe('done')
    expect([await at.cancel(town, others), await at.cancel(county, others)]).toEqual(['outside-jurisdiction', 'done'])
    // Nobody enters a line as cancelled, nor takes that back by a correction.
    expect(await at.act(gate, 'crossing', uuid(), 'record', { ...LINE, cancelled: true }, { area: '11a1' })).toBe(
      'cancel-by-act input.cancelled',
    )
    const [event] = await at.db.query<{ id: string }>(`select id from events where record_id = '${own}' and action = 'record'`)
    expect(await at.act(gate, 'crossing', own, 'correct', { event: event?.id, reason: '恢复', input: { direction: 'in' } })).toBe(
      'wrong-state',
    )
    expect(await at.wrong()).toEqual([])
  })

  it('is taken out of the day on which it was entered, whenever it is cancelled, with all that was counted of it', async () => {
    const at = await setUp()
    const instrument = { zh: '市指挥部通知', en: 'Notice of the city' }
    await at.settings.add('closures.cancel.minutes', { value: 2_000, from: '2020-02-12', instrument }, SYSTEM)
    const start = await at.books()
    const number = numberOf(uuid())
    at.clock.set('2020-02-11T00:00:00Z')
    const first = await at.log({ passNumber: number })
    const home = { gate: 'road', direction: 'in', listed: true, home: true, local: false, decision: 'home', days: 14 }
    const sent = await at.log({ ...home, checked: undefined, destination: '11a1' })
    const back = await at.log({ checked: undefined, decision: 'turnBack', because: '劝返' })
    at.clock.set('2020-02-11T00:04:00Z')
    const second = await at.log({ passNumber: number }, '11a2')
    expect(change(start, await at.books())).toMatchObject({
      'crossings 02-11': 4,
      'turnedBack 02-11': 1,
      'twoGates 02-11': 2,
      'onTheWay 02-11': 1,
    })
    at.on('2020-02-12', '08:00')
    for (const id of [second, sent, back]) expect(await at.cancel(gate, id)).toBe('done')
    const left = change(start, await at.books())
    expect(left).toEqual({ 'crossings 02-11': 1, 'onTheWay 02-11': 1 })
    expect(await at.row('crossing', first)).toMatchObject({ state: 'logged', two_gates: null, meets: null })
    expect(await at.db.query(`select state, overdue from r_transit where crossing = '${sent}'`)).toEqual([
      { state: 'withdrawn', overdue: null },
    ])
    // What is entered after it meets the one that stands, and not the one that does not.
    at.clock.set('2020-02-12T01:00:00Z')
    const third = uuid()
    const happenedAt = '2020-02-11T00:05:00.000Z'
    expect(await at.act(gate, 'crossing', third, 'record', { ...LINE, passNumber: number }, { area: '11b1', happenedAt })).toBe('done')
    expect(await at.row('crossing', third)).toMatchObject({ two_gates: true, meets: [first] })
    expect(await at.row('crossing', second)).toMatchObject({ state: 'cancelled', two_gates: null })
    expect(await at.wrong()).toEqual([])
  })

  const sentHome = {
    gate: 'road',
    direction: 'in',
    listed: true,
    home: true,
    local: false,
    decision: 'home',
    days: 14,
    destination: '11a1',
  }

  it('is struck only after the destination has taken back that it received who was sent on, and with it what it declared', async () => {
    const at = await setUp()
    const start = await at.books()
    const person = uuid()
    const named = { name: '试甲子', documentType: 'none' }
    expect(await at.act(worker, 'person', person, 'register', named, { area: '11a1' })).toBe('done')
    at.clock.set('2020-02-11T00:00:00Z')
    const line = await at.log({ ...sentHome, checked: undefined, person, origin: '湖北省武汉市' })
    const [way] = await at.db.query<{ id: string }>(`select id from r_transit where crossing = '${line}'`)
    const transit = way?.id ?? ''
    const declared = () => at.db.query(`select state from r_arrival where person = '${person}' order by declared_at`)
    const watched = () => at.db.query(`select state from r_watch where person = '${person}'`)
    at.clock.set('2020-02-11T00:05:00Z')
    expect(await at.act(town, 'transit', transit, 'arrive')).toBe('done')
    expect([await declared(), await watched()]).toEqual([[{ state: 'declared' }], [{ state: 'watching' }]])
    expect(await at.cancel(county, line)).toBe('cancel-received')
    at.clock.set('2020-02-11T00:10:00Z')
    expect(await at.act(town, 'transit', transit, 'retract')).toBe('required input.note')
    expect(await at.act(gate, 'transit', transit, 'retract', { note: '看错人' })).toBe('not-allowed')
    expect(await at.act(town, 'transit', transit, 'retract', { note: '看错人' })).toBe('done')
    expect([await declared(), await watched()]).toEqual([[{ state: 'void' }], [{ state: 'void' }]])
    expect(await at.row('crossing', line)).toMatchObject({ state: 'logged', confirmed_at: null })
    expect(await at.row('transit', transit)).toMatchObject({ state: 'expected', arrived_at: null, note: '看错人' })
    // Whoever does arrive afterwards is declared, and observed, as at the first time.
    at.clock.set('2020-02-11T00:20:00Z')
    expect(await at.act(town, 'transit', transit, 'arrive')).toBe('done')
    expect(await declared()).toEqual([{ state: 'void' }, { state: 'declared' }])
    at.clock.set('2020-02-11T00:25:00Z')
    expect(await at.act(town, 'transit', transit, 'retract', { note: '又看错' })).toBe('done')
    expect(await declared()).toEqual([{ state: 'void' }, { state: 'void' }])
    expect(await at.cancel(county, line)).toBe('done')
    expect(await at.row('transit', transit)).toMatchObject({ state: 'withdrawn', next_chase: null })
    expect(change(start, await at.books())).toEqual({ 'onTheWay 02-11': 3 })
    expect(await at.wrong()).toEqual([])
  })

  it('takes back the transfer that it asked for until the clinic has received the person', async () => {
    const at = await setUp()
    const fevered = async (area = '11a1') => {
      const person = uuid()
      expect(await at.act(worker, 'person', person, 'register', { name: '试乙丑', documentType: 'none' }, { area: '11a1' })).toBe('done')
      return { person, line: await toClinic(person, area) }
    }
    const toClinic = (person: string, area = '11a1') =>
      at.log(
        { gate: 'road', direction: 'in', decision: 'clinic', temperature: 38.1, checked: undefined, person, destination: '11a1' },
        area,
      )
    const transfer = async (person: string) => {
      const rows = await at.db.query<{ id: string; state: string }>(`select id, state from r_transfer where person = '${person}'`)
      return rows[0] ?? { id: '', state: 'none' }
    }
    at.clock.set('2020-02-11T00:00:00Z')
    const [open, sent, twice, admitted] = [await fevered(), await fevered(), await fevered(), await fevered()]
    const again = await toClinic(twice.person, '11a2')
    const [onItsWay, there] = [await transfer(sent.person), await transfer(admitted.person)]
    expect(await at.act(town, 'transfer', onItsWay.id, 'send', { vehicle: '示例救护车', clinic: '示例门诊' })).toBe('done')
    expect(await at.act(doctor, 'transfer', there.id, 'admit')).toBe('done')
    at.clock.set('2020-02-11T00:05:00Z')
    expect(await at.cancel(gate, open.line)).toBe('done')
    expect(await at.cancel(gate, sent.line)).toBe('done')
    expect([(await transfer(open.person)).state, (await transfer(sent.person)).state]).toEqual(['cancelled', 'cancelled'])
    const [why] = await at.db.query<{ reason: string }>(
      `select input ->> 'reason' as reason from events where record = 'transfer' and action = 'withdraw' limit 1`,
    )
    expect(why?.reason).toBe('点错了人')
    // A second line of the day asks for the same transfer: it goes with the last of them.
    expect(await at.cancel(gate, twice.line)).toBe('done')
    expect((await transfer(twice.person)).state).toBe('open')
    expect(await at.cancel(gate, again)).toBe('done')
    expect((await transfer(twice.person)).state).toBe('cancelled')
    // What was struck is entered anew, and the person is sent anew.
    const anew = await toClinic(open.person)
    const states = () => at.db.query(`select state from r_transfer where person = '${open.person}' order by state`)
    expect(await states()).toEqual([{ state: 'cancelled' }, { state: 'open' }])
    expect(await at.cancel(gate, anew)).toBe('done')
    expect(await states()).toEqual([{ state: 'cancelled' }, { state: 'cancelled' }])
    expect(await at.cancel(gate, admitted.line)).toBe('cancel-admitted')
    expect(await at.cancel(county, admitted.line)).toBe('cancel-admitted')
    expect([(await at.row('crossing', admitted.line))?.state, (await transfer(admitted.person)).state]).toEqual(['logged', 'admitted'])
    expect(await at.wrong()).toEqual([])
  })

  it('takes the mark of two gates back from the day that it was set, by a correction too', async () => {
    const at = await setUp()
    const start = await at.books()
    const [number, other] = [numberOf(uuid()), numberOf(uuid())]
    at.clock.set('2020-02-11T00:00:00Z')
    await at.log({ passNumber: number })
    at.clock.set('2020-02-11T00:03:00Z')
    const second = await at.log({ passNumber: number }, '11a2')
    const [event] = await at.db.query<{ id: string }>(`select id from events where record_id = '${second}' and action = 'record'`)
    const correct = (passNumber: string) =>
      at.act(gate, 'crossing', second, 'correct', { event: event?.id, reason: '证号录错', input: { passNumber } })
    expect(change(start, await at.books())).toMatchObject({ 'twoGates 02-11': 2 })
    at.on('2020-02-13')
    expect(await correct(other)).toBe('done')
    expect(change(start, await at.books())).toEqual({ 'crossings 02-11': 2 })
    at.on('2020-02-13', '10:00')
    expect(await correct(number)).toBe('done')
    expect(change(start, await at.books())).toEqual({ 'crossings 02-11': 2, 'twoGates 02-11': 2 })
    expect(await at.wrong()).toEqual([])
  })
})
