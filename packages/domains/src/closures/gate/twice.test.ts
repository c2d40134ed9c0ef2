import { type Actor, dayOf, instantMs, SYSTEM } from '@guatu/kernel'
import { places } from '@guatu/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { acting, tablesFor } from '../../../../../testing/src/stores/acting.ts'
import type { Database } from '../../../../server/src/store/database/index.ts'
import { rebuild } from '../../../../server/src/store/rebuild/rebuild.ts'
import { registry } from '../../registry.ts'
import { numberOf } from '../pass/number.ts'

const uuid = () => crypto.randomUUID()
const gate: Actor = { id: 'gate', name: 'gate', grants: [{ role: 'gate-officer', path: '1/' }] }
const ZONE = 'Asia/Shanghai'
const MINUTES = 10

/** A line of a gate log as it is drawn. */
interface Drawn {
  readonly post: string | undefined
  readonly area: string
  readonly direction: 'in' | 'out'
  readonly decision: 'pass' | 'turnBack' | 'clinic'
  /** From midnight on, so that some lines lie on two days. */
  readonly minute: number
  readonly pass: number
}
interface Line extends Drawn {
  readonly id: string
  readonly at: string
}

const POSTS = [uuid(), uuid(), uuid()]
const drawn = fc.record<Drawn>({
  post: fc.constantFrom(undefined, ...POSTS),
  area: fc.constantFrom('11a1', '11a2', '12a1'),
  direction: fc.constantFrom('out', 'out', 'in'),
  decision: fc.constantFrom('pass', 'pass', 'pass', 'turnBack', 'clinic'),
  minute: fc.integer({ min: -14, max: 14 }),
  pass: fc.constantFrom(0, 0, 0, 1),
})

const at = (minute: number) => new Date(Date.parse('2020-02-11T16:00:00Z') + minute * 60_000).toISOString()

/** The lines that meet, as the rule says it in words: one pass, one direction, two places, near in time, nobody turned back. */
const meetingOf = (line: Line, all: readonly Line[]) =>
  all.filter(
    (one) =>
      one.id !== line.id &&
      one.pass === line.pass &&
      one.direction === line.direction &&
      ![one, line].some(({ decision }) => decision === 'turnBack') &&
      (one.post !== undefined && line.post !== undefined ? one.post !== line.post : one.area !== line.area) &&
      Math.abs(one.minute - line.minute) <= MINUTES,
  )

onServer('a pass at two gates', (engine) => {
  const database = engine.shared<unknown>(tablesFor(registry))
  const setUp = async (db: Database<unknown> = database()) => {
    const city = await acting(db, registry, '2020-02-12T04:00:00Z')
    const log = (line: Line, numbers: readonly string[]) => {
      const { id, post, area, direction, decision, pass } = line
      const input = { gate: 'estate', direction, decision, temperature: 36.5, mask: true, checked: 'valid', passNumber: numbers[pass] }
      const command = { id: derived(id), record: 'crossing', recordId: id, action: 'record', area, happenedAt: line.at }
      return city.writer.submit({ ...command, input: post === undefined ? input : { ...input, post } }, gate)
    }
    const marks = async (ids: readonly string[]) => {
      const sql = 'select id, two_gates as two, meets from r_crossing where id = any($1) order by id'
      return city.db.query<{ id: string; two: boolean | null; meets: string[] | null }>(sql, [ids])
    }
    const entered = async () => {
      const rows = await city.db.query<{ day: string; n: number }>(
        `select day::text as day, sum(entered - "left")::int as n from tallies where measure = 'closures.twoGates' and area = any($1) group by day`,
        [['11', '12']],
      )
      return new Map(rows.map(({ day, n }) => [day, n]))
    }
    return { ...city, log, marks, entered }
  }
  /** The event that logs a line: sent again it is the same. */
  const derived = (id: string) => `${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`
  const line = (one: Partial<Drawn> & { readonly minute: number }): Line => ({
    post: undefined,
    area: '11a1',
    direction: 'out',
    decision: 'pass',
    pass: 0,
    ...one,
    id: uuid(),
    at: at(one.minute),
  })
  const fresh = () => [numberOf(uuid()), numberOf(uuid())]

  it('marks both lines, in whatever order they become known, and refuses none', async () => {
    const city = await setUp()
    await fc.assert(
      fc.asyncProperty(fc.array(drawn, { minLength: 2, maxLength: 7 }), fc.infiniteStream(fc.nat()), async (some, order) => {
        const numbers = fresh()
        const lines = some.map((one): Line => ({ ...one, id: uuid(), at: at(one.minute) }))
        const before = await city.entered()
        const arriving = [...lines]
        while (arriving.length > 0) {
          const [next] = arriving.splice(order.next().value % arriving.length, 1)
          if (next) expect(await city.log(next, numbers)).toMatchObject({ ok: true, value: { repeated: false } })
          // What is sent twice changes nothing.
          if (next) expect(await city.log(next, numbers)).toMatchObject({ ok: true, value: { repeated: true } })
        }
        const wanted = lines.map((one) => {
          const ids = meetingOf(one, lines).map(({ id }) => id)
          return { id: one.id, two: ids.length > 0 ? true : null, meets: ids.length > 0 ? ids.sort() : null }
        })
        expect(await city.marks(lines.map(({ id }) => id))).toEqual(wanted.sort((a, b) => (a.id < b.id ? -1 : 1)))
        // The books of the day on which the later of two lines was logged, whenever that became known.
        const days = new Map(before)
        for (const one of lines) {
          const first = meetingOf(one, lines).map((other) => Math.max(other.minute, one.minute))
          if (first.length === 0) continue
          const day = dayOf({ epochMilliseconds: instantMs(at(Math.min(...first))) ?? 0 }, ZONE)
          days.set(day, (days.get(day) ?? 0) + 1)
        }
        expect(Object.fromEntries(await city.entered())).toEqual(Object.fromEntries(days))
      }),
      { numRuns: 40 },
    )
    expect((await rebuild(city.db, registry, places, { check: true })).differences).toEqual([])
  })

  it('leaves both as soon as one of them is corrected, and comes with a correction too', async () => {
    const city = await setUp()
    const [numbers, [right]] = [fresh(), fresh()]
    const [a, b, c] = [line({ minute: -60 }), line({ minute: -55, area: '11a2' }), line({ minute: -52, area: '12a1' })]
    for (const one of [b, c, a]) await city.log(one, numbers)
    const two = async () => (await city.marks([a.id, b.id, c.id])).map(({ id, meets }) => [id, meets])
    const say = (...rows: readonly [Line, readonly Line[]][]) =>
      rows
        .map(([{ id }, met]) => [id, met.length === 0 ? null : met.map((one) => one.id).sort()] as const)
        .sort(([x], [y]) => (x < y ? -1 : 1))
    expect(await two()).toEqual(say([a, [b, c]], [b, [a, c]], [c, [a, b]]))
    const correct = async (of: Line, input: object) => {
      const more = { event: derived(of.id), reason: '证号录错', input }
      expect(await city.act(gate, 'crossing', of.id, 'correct', more, { area: of.area })).toBe('done')
    }
    await correct(b, { passNumber: right })
    expect(await two()).toEqual(say([a, [c]], [b, []], [c, [a]]))
    await correct(a, { passNumber: right })
    expect(await two()).toEqual(say([a, [b]], [b, [a]], [c, []]))
    expect((await city.marks([c.id]))[0]).toMatchObject({ two: null })
    await correct(b, { passNumber: right, direction: 'in' })
    expect(await two()).toEqual(say([a, []], [b, []], [c, []]))
    await correct(b, { passNumber: right, direction: 'out' })
    expect(await two()).toEqual(say([a, [b]], [b, [a]], [c, []]))
    await correct(b, { passNumber: null })
    expect(await two()).toEqual(say([a, []], [b, []], [c, []]))
    // One that was not sent until now is held against what the others say by now.
    const late = line({ minute: -50, area: '11b1' })
    await city.log(late, [right ?? ''])
    expect((await city.marks([late.id, a.id, b.id])).map(({ meets }) => meets?.length ?? 0).sort()).toEqual([0, 1, 1])
    expect((await rebuild(city.db, registry, places, { check: true })).differences).toEqual([])
  })

  it('is found by the number that the city sets, on the day of the later line', async () => {
    const own = await engine.open<unknown>({}, tablesFor(registry))
    const city = await setUp(own)
    const numbers = fresh()
    const [a, b] = [line({ minute: 0 }), line({ minute: 5, area: '11a2' })]
    const instrument = { zh: '市指挥部通知', en: 'Notice of the city' }
    await city.settings.add('closures.gates.apart', { value: 4, from: '2020-02-12', instrument }, SYSTEM)
    for (const one of [a, b]) await city.log(one, numbers)
    expect((await city.marks([a.id, b.id])).map(({ two }) => two)).toEqual([null, null])
    const [c, d] = [line({ minute: -20 }), line({ minute: -12, area: '11a2' })]
    for (const one of [d, c]) await city.log(one, numbers)
    expect((await city.marks([c.id, d.id])).map(({ two }) => two)).toEqual([true, true])
  })

  it('stands beside what else has come of the lines: received, judged, sent in one go', async () => {
    const city = await setUp()
    const number = numberOf(uuid())
    const base = { gate: 'road', direction: 'in', listed: true, home: true, local: false, temperature: 36.6, destination: '11a1' }
    const sent = { ...base, decision: 'home', days: 14, passNumber: number }
    const [first, second] = [uuid(), uuid()]
    const on = (minute: number, area: string) => ({ area, happenedAt: at(minute) })
    expect(await city.act(gate, 'crossing', first, 'record', sent, on(-90, '11a'))).toBe('done')
    const [way] = await city.db.query<{ id: string }>('select id from r_transit where crossing = $1', [first])
    const town: Actor = { id: 'town', name: 'town', grants: [{ role: 'town-clerk', path: '1/11/11a/' }] }
    expect(await city.act(town, 'transit', way?.id ?? '', 'arrive', {}, { happenedAt: at(-80) })).toBe('done')
    const other = { ...sent, decision: 'pass', days: undefined, because: '绿色通道' }
    expect(await city.act(gate, 'crossing', second, 'record', other, on(-85, '12'))).toBe('done')
    expect(await city.row('crossing', first)).toMatchObject({ state: 'received', two_gates: true, meets: [second] })
    expect(await city.row('crossing', second)).toMatchObject({ state: 'logged', differs: true, two_gates: true, meets: [first] })
  })

  it('asks the log by number and time, and nothing at all where no pass was shown', async () => {
    const asked: string[] = []
    const db = database()
    const city = await setUp({
      ...db,
      read: (sql, parameters) => {
        if (sql.includes('from "r_crossing"') || sql.includes('from r_crossing')) asked.push(sql)
        return db.read(sql, parameters)
      },
    })
    const input = { gate: 'estate', direction: 'in', decision: 'pass', temperature: 36.5, mask: true }
    expect(await city.act(gate, 'crossing', uuid(), 'record', input, { area: '11a1' })).toBe('done')
    expect(asked).toEqual([])
    expect(await city.act(gate, 'crossing', uuid(), 'record', { ...input, passNumber: numberOf(uuid()) }, { area: '11a1' })).toBe('done')
    expect(asked).toEqual([expect.stringMatching(/where "pass_number" = any\(\$1\) and "crossed_at" between \$2 and \$3$/)])
  })
})
