import type { Actor } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { places } from '../../../../../testing/src/places/places.ts'
import { acting, lastAct, tablesFor } from '../../../../../testing/src/stores/acting.ts'
import { rebuild } from '../../../../server/src/store/rebuild/rebuild.ts'
import { registry } from '../../registry.ts'

const uuid = () => crypto.randomUUID()
const actor = (id: string, role: Actor['grants'][number]['role'], path: string): Actor => ({ id, name: id, grants: [{ role, path }] })
const gate = actor('gate', 'gate-officer', '1/')
const worker = actor('worker', 'grid-worker', '1/11/')
const county = actor('county', 'county-clerk', '1/11/')
const clinic = actor('clinic', 'health-worker', '1/11/')

const LET_OUT = { gate: 'estate', direction: 'out', temperature: 36.5, mask: true, checked: 'valid', decision: 'pass' }
/** City time 10:00 of the day of the line, and times before and after it. */
const LINE = '2020-02-11T02:00:00.000Z'
const BEFORE = '2020-02-10T02:00:00.000Z'
const BETWEEN = '2020-02-10T08:00:00.000Z'
const AFTER = '2020-02-11T05:00:00.000Z'
const MARKED = { ruled: 'turnBack', differs: true, counted: 1 }
const PLAIN = { ruled: null, differs: null, counted: 0 }

onServer('what becomes known of an observation after the line of a gate', (engine) => {
  const database = engine.shared<unknown>(tablesFor(registry))
  const setUp = async () => {
    const at = await acting(database(), registry, '2020-02-08T01:00:00Z')
    const done = async (
      as: Actor,
      record: string,
      id: string,
      action: string,
      input = {},
      more: { area?: string; happenedAt?: string } = {},
    ) => expect([record, action, await at.act(as, record, id, action, input, more)]).toEqual([record, action, 'done'])
    const home = async (area = '11a1') => {
      const id = uuid()
      await done(county, 'household', id, 'register', { door: '1栋101', kind: 'family' }, { area })
      return id
    }
    const person = async (household: string, area = '11a1') => {
      const id = uuid()
      await done(worker, 'person', id, 'register', { name: '试甲子', documentType: 'none', household }, { area })
      return id
    }
    const counted = async () => {
      const [row] = await at.db.query<{ n: number }>(
        `select coalesce(sum(entered - "left"), 0)::int as n from tallies where area = '11' and measure = 'closures.differing' and day = '2020-02-11'`,
      )
      return row?.n ?? 0
    }
    const start = await counted()
    const line = async (who: string, happenedAt = LINE, more = {}) => {
      const id = uuid()
      await done(gate, 'crossing', id, 'record', { ...LET_OUT, ...more, person: who }, { area: '11a1', happenedAt })
      return id
    }
    const reads = async (id: string) => {
      const row = await at.row('crossing', id)
      return { ruled: row?.ruled, differs: row?.differs, counted: (await counted()) - start }
    }
    const entered = async (who: string, household: string, happenedAt: string) => {
      const id = uuid()
      const input = { kind: 'home', class: 'listed', entry: 'list', person: who, household }
      await done(worker, 'watch', id, 'enter', input, { area: '11a1', happenedAt })
      return id
    }
    const wrong = async () => (await rebuild(at.db, registry, places, { check: true })).differences
    return { ...at, done, home, person, line, reads, entered, wrong }
  }
  const known = async () => {
    const at = await setUp()
    const household = await at.home()
    const [me, mate, other] = [await at.person(household), await at.person(household), await at.person(await at.home())]
    at.on('2020-02-11', '14:00')
    return { ...at, household, me, mate, other }
  }

  it('marks it as if it had been known, of whoever is observed and whoever lives there, on the day of the line', async () => {
    for (const who of ['me', 'mate'] as const) {
      const at = await known()
      const line = await at.line(at[who])
      const earlier = await at.line(at[who], '2020-02-10T01:00:00.000Z')
      expect(await at.reads(line)).toEqual(PLAIN)
      const watch = await at.entered(at.me, at.household, BEFORE)
      expect([who, await at.reads(line)]).toEqual([who, MARKED])
      expect((await at.row('crossing', earlier))?.differs).toBe(null)
      // A reading that is sent late says nothing of who goes out.
      const acts = async () => (await at.db.query('select 1 from events where record_id = $1', [line])).length
      const before = await acts()
      await at.done(worker, 'watch', watch, 'check', { half: 'morning', temperature: 36.6, how: 'worker' }, { happenedAt: BETWEEN })
      expect(await acts()).toBe(before)
      expect(await at.wrong()).toEqual([])
    }
  })

  it('takes the mark away again: left before the line, or entered by mistake; and brings it back with an exit that is struck', async () => {
    const at = await known()
    const line = await at.line(at.mate)
    const watch = await at.entered(at.me, at.household, BEFORE)
    expect(await at.reads(line)).toEqual(MARKED)
    await at.done(county, 'watch', watch, 'transfer', { exitTo: '外地' }, { happenedAt: BETWEEN })
    expect(await at.reads(line)).toEqual(PLAIN)
    const event = await lastAct(at.db, watch, 'transfer')
    await at.done(county, 'watch', watch, 'correct', { event, reason: '未转出', void: true })
    expect(await at.reads(line)).toEqual(MARKED)
    await at.done(county, 'watch', watch, 'void', { why: 'mistaken' })
    expect(await at.reads(line)).toEqual(PLAIN)
    const reasons = await at.db.query<{ reason: string }>(
      `select distinct input->>'reason' as reason from events where record_id = $1 and action = 'correct'`,
      [line],
    )
    expect(reasons).toEqual([{ reason: '事后得知的隔离观察或通行证情况' }])
    // A line that comes in now finds nobody kept in at its moment either.
    expect(await at.reads(await at.line(at.me))).toEqual(PLAIN)
    expect(await at.wrong()).toEqual([])
  })

  it('says the same in whatever order entry, exit and line become known', async () => {
    const orders = [
      ['enter', 'line', 'leave'],
      ['enter', 'leave', 'line'],
      ['line', 'enter', 'leave'],
    ] as const
    for (const [leaves, mark] of [
      [AFTER, MARKED],
      [BETWEEN, PLAIN],
    ] as const)
      for (const order of orders) {
        const at = await known()
        let [watch, line] = ['', '']
        for (const one of order) {
          if (one === 'enter') watch = await at.entered(at.me, at.household, BEFORE)
          if (one === 'line') line = await at.line(at.mate)
          if (one === 'leave') await at.done(county, 'watch', watch, 'transfer', { exitTo: '外地' }, { happenedAt: leaves })
        }
        expect([order, leaves, await at.reads(line)]).toEqual([order, leaves, mark])
        expect(await at.wrong()).toEqual([])
      }
  })

  it('marks it for what the clinic had found, and for the isolated home into which somebody turns out to have moved', async () => {
    const at = await known()
    const line = await at.line(at.mate)
    const transfer = uuid()
    await at.done(
      worker,
      'transfer',
      transfer,
      'open',
      { person: at.me, household: at.household, reason: 'signs' },
      { area: '11a1', happenedAt: BEFORE },
    )
    expect(await at.reads(line)).toEqual(PLAIN)
    await at.done(clinic, 'transfer', transfer, 'suspect', {}, { happenedAt: BETWEEN })
    expect(await at.reads(line)).toEqual(MARKED)
    const theirs = await at.line(at.other)
    expect(await at.row('crossing', theirs)).toMatchObject({ differs: null })
    await at.done(worker, 'person', at.other, 'changeHousehold', { household: at.household }, { happenedAt: BEFORE })
    expect(await at.row('crossing', theirs)).toMatchObject({ differs: true, ruled: 'turnBack' })
    expect(await at.wrong()).toEqual([])
  })

  it('marks the line of whoever passed a road post on the way in, away from where they are observed; not of who came home', async () => {
    const at = await known()
    const road = { gate: 'road', direction: 'in', origin: '巴中', listed: false, home: true, local: true }
    const lines = [
      await at.line(at.me, LINE, road),
      await at.line(at.mate, LINE, road),
      await at.line(at.other, LINE, road),
      await at.line(at.me, LINE, { ...road, decision: 'home', days: 7 }),
      await at.line(at.me, LINE, { direction: 'in' }),
    ]
    const marks = async () => {
      const rows = []
      for (const id of lines) rows.push(await at.row('crossing', id))
      return rows.map((row) => [row?.ruled, row?.differs])
    }
    const watch = await at.entered(at.me, at.household, BEFORE)
    const asked = [null, true]
    expect((await marks()).slice(0, 3)).toEqual([asked, asked, [null, null]])
    expect((await at.row('crossing', lines[0] ?? ''))?.ruled_why).toMatchObject({ zh: expect.stringContaining('接回') })
    // Sent home, where the village waits for them, or come home: nobody is let go anywhere.
    expect((await marks()).slice(3)).toEqual([
      [null, null],
      [null, null],
    ])
    await at.done(county, 'watch', watch, 'void', { why: 'mistaken' })
    expect((await marks()).slice(0, 2)).toEqual([
      [null, null],
      [null, null],
    ])
    expect(await at.wrong()).toEqual([])
  })

  it('leaves a line that was struck as it is', async () => {
    const at = await known()
    const line = await at.line(at.me)
    await at.done(county, 'crossing', line, 'cancel', { cancelReason: '录错' })
    await at.entered(at.me, at.household, BEFORE)
    expect(await at.row('crossing', line)).toMatchObject({ state: 'cancelled', differs: null })
    expect(await at.wrong()).toEqual([])
  })
})
