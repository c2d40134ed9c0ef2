import { registry } from '@guatu/domains'
import { type Actor, addDays, fixedClock, foldAreas } from '@guatu/kernel'
import { places } from '@guatu/testing'
import { describe, expect, it } from 'vitest'
import { onBothEngines, type TestEngine, testEngine } from '../../../../testing/src/databases/index.ts'
import { migrated, tablesOf } from '../../../../testing/src/stores/tables.ts'
import { createWriter } from '../store/log/writer.ts'
import { groupRecords } from '../store/query/list.ts'
import { openSettings } from '../store/settings/settings.ts'
import { watchClock } from './clock-watch.ts'
import { doDailyDuties } from './daily.ts'

const office: Actor = { id: 'office', name: '督查室', grants: [{ role: 'supervision-office', path: '1/' }] }
const unit: Actor = { id: 'unit', name: '单位', grants: [{ role: 'county-clerk', path: '1/11/', unit: '11' }] }

/** The duties under test look at records alone. */
const founded = foldAreas([])
if (!founded.ok) throw new Error(founded.problem.message.en)
const noAreas = founded.value

const tables = migrated(tablesOf(registry))

async function setUp(engine: TestEngine) {
  const db = await engine.open<unknown>({}, tables)
  const clock = fixedClock('2020-02-05T01:00:00Z')
  const settings = await openSettings(db, registry, clock)
  const open = () =>
    createWriter(db, { registry, clock, areas: () => places, parameters: (day, path) => settings.at(day, path) }, () => undefined)
  const store = { db, registry, clock, settings, writer: open(), areas: { tree: noAreas, index: places, settle: async () => 0 } }
  const act = async (actor: Actor, record: string, recordId: string, action: string, input: Record<string, unknown> = {}) => {
    const done = await store.writer.submit({ id: crypto.randomUUID(), record, recordId, action, area: '1', input }, actor)
    if (!done.ok) throw new Error(done.problem.message.en)
  }
  /** `many` matters of ten days, each with one task, filed on the 5th. */
  const assign = async (many: number) => {
    for (let i = 1; i <= many; i++) {
      const item = crypto.randomUUID()
      const input = { number: `DB-20200205-${i}`, source: 'meeting', content: `事项${i}`, lead: '11', due: '2020-02-15' }
      await act(office, 'item', item, 'file', input)
      await act(office, 'item', item, 'assign')
    }
    return (await db.query<{ id: string }>('select id from r_task order by number')).map((row) => row.id)
  }
  const lights = async () => (await db.query<{ light: string }>('select light from r_task order by number')).map((row) => row.light)
  const stock = async (measure: string, day: string) =>
    (
      await db.query<{ n: number }>(
        `select coalesce(sum(entered - "left" + moved_in - moved_out), 0)::int as n from tallies where measure = $1 and area = '11' and day <= $2`,
        [measure, day],
      )
    )[0]?.n
  const grades = async () => (await db.query(`select 1 from events where action = 'grade' and actor = 'system'`)).length
  const at = (day: string, time = '00:00:05') =>
    clock.set(Temporal.ZonedDateTime.from(`${day}T${time}[Asia/Shanghai]`).toInstant().toString())
  return { db, store, open, act, assign, lights, stock, grades, at }
}

onBothEngines('the daily duties', (engine) => {
  it('let ten days pass: lights and books change without anybody touching them', async () => {
    const { store, assign, lights, stock, grades, at, act } = await setUp(engine)
    const [first = ''] = await assign(2)
    await act(unit, 'task', first, 'sign')
    await act(unit, 'task', first, 'update', { progress: '已完成三成', percent: 30 })
    const watch = watchClock(store, () => undefined, 3_600_000)
    const course: string[] = []
    for (let i = 0; i <= 11; i++) {
      at(addDays('2020-02-05', i))
      await watch.look()
      course.push((await lights()).map((light) => light[0]).join(''))
    }
    await watch.stop()
    // Plan: 10 points a day, each due when the day is over. The first stands at 30 %, the second was never begun.
    expect(course).toEqual(['gn', 'gn', 'gy', 'gy', 'gy', 'yr', 'yr', 'yr', 'rr', 'rr', 'rr', 'rr'])
    expect(await stock('command.tasksRed', '2020-02-09')).toBe(0)
    expect(await stock('command.tasksRed', '2020-02-10')).toBe(1)
    expect(await stock('command.tasksRed', '2020-02-13')).toBe(2)
    expect(await stock('command.tasksYellow', '2020-02-13')).toBe(0)
    expect(await grades()).toBe(4)
  })
})

// What is left is about ids and queries, which both engines answer alike; a server takes a tenth of the time to make.
describe('the daily duties', () => {
  const engine = testEngine('postgres')

  it('catch up missed days on the days they belong to, and say the same when asked again', async () => {
    const { store, assign, stock, grades, at } = await setUp(engine)
    await assign(3)
    at('2020-02-13', '15:00')
    expect(await doDailyDuties(store)).toEqual({ day: '2020-02-13', acts: 6 })
    expect([await stock('command.tasksYellow', '2020-02-07'), await stock('command.tasksYellow', '2020-02-09')]).toEqual([3, 3])
    expect([await stock('command.tasksRed', '2020-02-09'), await stock('command.tasksRed', '2020-02-10')]).toEqual([0, 3])
    expect(await doDailyDuties(store)).toEqual({ day: '2020-02-13', acts: 0 })
    expect(await grades()).toBe(6)
  })

  it('happen once when two servers wake at the same midnight', async () => {
    const { store, open, assign, grades, at } = await setUp(engine)
    await assign(5)
    at('2020-02-07')
    const other = { ...store, writer: open() }
    const reports = await Promise.all([doDailyDuties(store), doDailyDuties(other)])
    expect(reports.reduce((sum, report) => sum + report.acts, 0)).toBe(5)
    expect(await grades()).toBe(5)
  })

  it('leave alone what is finished', async () => {
    const { store, assign, act, lights, at } = await setUp(engine)
    const [first = ''] = await assign(1)
    await act(office, 'task', first, 'withdraw', { reason: '并案' })
    at('2020-03-01')
    expect((await doDailyDuties(store)).acts).toBe(0)
    expect(await lights()).toEqual(['done'])
  })

  it('are counted by month for the scoreboard', async () => {
    const { db, assign } = await setUp(engine)
    await assign(2)
    const def = registry.records.get('task')
    if (!def) throw new Error('no task')
    const scope = { all: true, paths: [], units: [] }
    expect(await groupRecords(db, def, scope, ['unit', 'issuedOn.month'])).toEqual({
      ok: true,
      value: [{ values: { unit: '11', 'issuedOn.month': '2020-02' }, count: 2 }],
    })
    expect(await groupRecords(db, def, scope, ['content.month'])).toMatchObject({ ok: false })
  })
})
