import type { Actor } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { places } from '../../../../../testing/src/places/places.ts'
import { acting, tablesFor } from '../../../../../testing/src/stores/acting.ts'
import { rebuild } from '../../../../server/src/store/rebuild/rebuild.ts'
import { registry } from '../../registry.ts'

const uuid = () => crypto.randomUUID()
const actor = (id: string, role: Actor['grants'][number]['role'], path: string): Actor => ({ id, name: id, grants: [{ role, path }] })
const gate = actor('gate', 'gate-officer', '1/')
const worker = actor('worker', 'grid-worker', '1/11/')
const county = actor('county', 'county-clerk', '1/11/')

const SENT = {
  gate: 'road',
  direction: 'in',
  temperature: 36.5,
  listed: true,
  home: true,
  local: false,
  decision: 'home',
  days: 14,
  destination: '11a1',
  origin: '湖北省武汉市',
}
const MEASURES = ['differing', 'onTheWay'].map((one) => `closures.${one}`)

onServer('a corrected line of a gate', (engine) => {
  const database = engine.shared<unknown>(tablesFor(registry))
  const setUp = async () => {
    const at = await acting(database(), registry, '2020-02-11T01:00:00Z')
    const log = async (input: Record<string, unknown> = {}) => {
      const id = uuid()
      expect(await at.act(gate, 'crossing', id, 'record', { ...SENT, ...input }, { area: '11b' })).toBe('done')
      return id
    }
    const correct = async (id: string, input: Record<string, unknown>) => {
      const [event] = await at.db.query<{ id: string }>(`select id from events where record_id = '${id}' and action = 'record'`)
      return at.act(gate, 'crossing', id, 'correct', { event: event?.id, reason: '录错', input })
    }
    const ways = (id: string) =>
      at.db.query<{ id: string; area: string; state: string }>(
        `select id, area, state from r_transit where crossing = '${id}' order by created_at, id`,
      )
    const waits = async (id: string) => (await ways(id)).map(({ area, state }) => `${area} ${state}`)
    const registered = async () => {
      const id = uuid()
      expect(await at.act(worker, 'person', id, 'register', { name: '试甲子', documentType: 'none' }, { area: '11a1' })).toBe('done')
      return id
    }
    /** Lines and people of county 11 that a day of the books counts. */
    const books = async () => {
      const rows = await at.db.query<{ key: string; n: number }>(
        `select substr(measure, 10) || ' ' || to_char(day, 'MM-DD') as key, sum(entered)::int as n
           from tallies where area = '11' and measure = any($1) group by 1 having sum(entered) <> 0 order by 1`,
        [MEASURES],
      )
      return Object.fromEntries(rows.map((row) => [row.key, row.n]))
    }
    const wrong = async () => (await rebuild(at.db, registry, places, { check: true })).differences
    return { ...at, log, correct, ways, waits, registered, books, wrong }
  }

  it('lets the right destination wait, and chases it at once where whoever was sent on is late', async () => {
    const at = await setUp()
    const line = await at.log()
    expect(await at.waits(line)).toEqual(['11a1 expected'])
    at.clock.set('2020-02-11T01:10:00Z')
    expect(await at.correct(line, { destination: '11a2' })).toBe('done')
    expect(await at.waits(line)).toEqual(['11a1 withdrawn', '11a2 expected'])
    const [, second] = await at.ways(line)
    const due = await at.row('transit', second?.id ?? '')
    expect(due).toMatchObject({ expected_by: due?.next_chase, decision: 'home', days: 14 })
    at.clock.set('2020-02-11T12:00:00Z')
    expect(await at.correct(line, { destination: '12a1' })).toBe('done')
    expect(await at.waits(line)).toEqual(['11a1 withdrawn', '11a2 withdrawn', '12a1 expected'])
    const [, , third] = await at.ways(line)
    const late = await at.row('transit', third?.id ?? '')
    expect(late?.expected_by).toEqual(due?.expected_by)
    expect(String(late?.next_chase) > String(late?.expected_by)).toBe(true)
    expect(await at.wrong()).toEqual([])
  })

  it('tells the destination what else it says now, and nobody waits for whom it lets pass', async () => {
    const at = await setUp()
    const line = await at.log()
    const [way] = await at.ways(line)
    at.clock.set('2020-02-11T01:10:00Z')
    expect(await at.correct(line, { days: 7, travellers: 3, origin: null })).toBe('done')
    expect(await at.row('transit', way?.id ?? '')).toMatchObject({ state: 'expected', days: 7, travellers: 3, origin: null })
    at.clock.set('2020-02-11T01:20:00Z')
    expect(await at.correct(line, { plate: '鄂A00000' })).toBe('done')
    expect(await at.correct(line, { decision: 'pass' })).toBe('done')
    expect(await at.waits(line)).toEqual(['11a1 withdrawn'])
    at.clock.set('2020-02-11T01:30:00Z')
    expect(await at.correct(line, { decision: 'central' })).toBe('done')
    expect(await at.waits(line)).toEqual(['11a1 withdrawn', '11a1 expected'])
    const passed = await at.log({ decision: 'pass' })
    expect(await at.correct(passed, { decision: 'home' })).toBe('done')
    expect(await at.waits(passed)).toEqual(['11a1 expected'])
    expect(await at.wrong()).toEqual([])
  })

  it('stands as the destination received it until that is taken back, and is about whom it was', async () => {
    const at = await setUp()
    const [person, other] = [await at.registered(), await at.registered()]
    at.clock.set('2020-02-11T01:05:00Z')
    const line = await at.log({ person })
    expect(await at.correct(line, { person: other })).toBe('correction-settled input.input.person')
    const [way] = await at.ways(line)
    at.clock.set('2020-02-11T01:10:00Z')
    expect(await at.act(worker, 'transit', way?.id ?? '', 'arrive')).toBe('done')
    for (const input of [{ destination: '11a2' }, { decision: 'pass' }, { days: 7 }, { origin: '河南省' }])
      expect(await at.correct(line, input)).toBe(`correction-settled input.input.${Object.keys(input)[0]}`)
    expect(await at.correct(line, { person: other })).toBe('correction-settled input.input.person')
    expect(await at.correct(line, { plate: '鄂A00000' })).toBe('done')
    at.clock.set('2020-02-11T01:20:00Z')
    expect(await at.act(worker, 'transit', way?.id ?? '', 'retract', { note: '看错人' })).toBe('done')
    expect(await at.correct(line, { destination: '11a2' })).toBe('done')
    expect(await at.waits(line)).toEqual(['11a1 withdrawn', '11a2 expected'])
    const [, right] = await at.ways(line)
    at.clock.set('2020-02-11T01:30:00Z')
    expect(await at.act(worker, 'transit', right?.id ?? '', 'arrive')).toBe('done')
    // What an earlier correction said stays as well.
    expect(await at.correct(line, { plate: '鄂A00001' })).toBe('done')
    expect(await at.row('crossing', line)).toMatchObject({ state: 'received', destination: '11a2' })
    expect(await at.wrong()).toEqual([])
  })

  it('refuses an arrival that becomes known after the destination was told otherwise', async () => {
    const at = await setUp()
    const [moved, told] = [await at.log(), await at.log()]
    at.clock.set('2020-02-11T01:20:00Z')
    expect(await at.correct(moved, { destination: '11a2' })).toBe('done')
    expect(await at.correct(told, { days: 7 })).toBe('done')
    at.clock.set('2020-02-11T01:30:00Z')
    for (const line of [moved, told]) {
      const [way] = await at.ways(line)
      const sent = { happenedAt: '2020-02-11T01:10:00.000Z' }
      expect(await at.act(worker, 'transit', way?.id ?? '', 'arrive', {}, sent)).toBe('out-of-order')
    }
    // Struck afterwards, nobody waits for either.
    for (const line of [moved, told]) expect(await at.act(county, 'crossing', line, 'cancel', { cancelReason: '录错' })).toBe('done')
    expect([await at.waits(moved), await at.waits(told)]).toEqual([['11a1 withdrawn', '11a2 withdrawn'], ['11a1 withdrawn']])
    expect(await at.wrong()).toEqual([])
  })

  it('brings a fever to light as the line would have, and takes back what it alone asked for', async () => {
    const at = await setUp()
    const transfers = async (person: string) =>
      (await at.db.query<{ state: string }>(`select state from r_transfer where person = '${person}' order by created_at, id`)).map(
        ({ state }) => state,
      )
    const person = await at.registered()
    at.clock.set('2020-02-11T01:05:00Z')
    const line = await at.log({ person })
    expect(await transfers(person)).toEqual([])
    at.clock.set('2020-02-11T02:00:00Z')
    expect(await at.correct(line, { temperature: 38.8 })).toBe('done')
    expect(await at.row('crossing', line)).toMatchObject({ ruled: 'holding', differs: true, decision: 'home' })
    expect(await transfers(person)).toEqual(['open'])
    const [open] = await at.db.query<{ id: string }>(`select id from r_transfer where person = '${person}'`)
    expect(await at.row('transfer', open?.id ?? '')).toMatchObject({ lines: [line] })
    expect(Number((await at.row('transfer', open?.id ?? ''))?.highest)).toBe(38.8)
    // Another line asks for it too: it goes with the last of them, whichever is corrected first.
    const other = await at.log({ person, decision: 'holding', temperature: 38.2 })
    expect(await at.correct(line, { temperature: 36.8 })).toBe('done')
    expect(await transfers(person)).toEqual(['open'])
    expect(await at.row('crossing', line)).toMatchObject({ ruled: null, differs: null })
    expect(await at.correct(other, { temperature: 36.2, decision: 'home' })).toBe('done')
    expect(await transfers(person)).toEqual(['cancelled'])
    expect(await at.correct(other, { temperature: 39 })).toBe('done')
    expect(await transfers(person)).toEqual(['cancelled', 'open'])
    // What the clinic has received it settles itself.
    const [, sent] = await at.db.query<{ id: string }>(`select id from r_transfer where person = '${person}' order by created_at, id`)
    at.clock.set('2020-02-11T03:00:00Z')
    expect(await at.act(county, 'transfer', sent?.id ?? '', 'admit')).toBe('done')
    expect(await at.correct(other, { temperature: 36.2 })).toBe('done')
    expect(await transfers(person)).toEqual(['cancelled', 'admitted'])
    expect(await at.wrong()).toEqual([])
  })

  it('is held against the rule anew: the mark comes, changes and goes, on the day of the line', async () => {
    const at = await setUp()
    const start = await at.books()
    const counted = async () => ((await at.books())['differing 02-11'] ?? 0) - (start['differing 02-11'] ?? 0)
    const line = await at.log()
    const mark = async () => {
      const row = await at.row('crossing', line)
      return [row?.ruled, row?.differs]
    }
    expect([await mark(), await counted()]).toEqual([[null, null], 0])
    at.on('2020-02-13')
    expect(await at.correct(line, { decision: 'pass' })).toBe('done')
    expect([await mark(), await counted()]).toEqual([['home', true], 1])
    expect(JSON.stringify((await at.row('crossing', line))?.ruled_why)).toContain('14天')
    at.on('2020-02-13', '10:00')
    expect(await at.correct(line, { decision: 'pass', temperature: 38.8 })).toBe('done')
    expect([await mark(), await counted()]).toEqual([['holding', true], 1])
    at.on('2020-02-13', '11:00')
    expect(await at.correct(line, { decision: 'home', temperature: 36.5 })).toBe('done')
    expect([await mark(), await counted()]).toEqual([[null, null], 0])
    at.on('2020-02-13', '12:00')
    expect(await at.correct(line, { decision: 'turnBack' })).toBe('done')
    expect([await mark(), await counted()]).toEqual([['home', true], 1])
    expect(Object.keys(await at.books())).not.toContain('differing 02-13')
    expect(await at.wrong()).toEqual([])
  })
})
