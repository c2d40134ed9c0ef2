import { type Actor, buildRegistry, SYSTEM } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { places } from '../../../../../testing/src/places/places.ts'
import { acting, tablesFor } from '../../../../../testing/src/stores/acting.ts'
import { doDailyDuties } from '../../../../server/src/jobs/daily.ts'
import { doStandingDuty } from '../../../../server/src/jobs/standing.ts'
import type { Database } from '../../../../server/src/store/database/index.ts'
import command from '../index.ts'
import { asOften } from './duties.ts'

const registry = buildRegistry([command])
const uuid = () => crypto.randomUUID()
const office: Actor = { id: 'office', name: 'office', grants: [{ role: 'supervision-office', path: '1/' }] }
const lead: Actor = { id: 'lead', name: 'lead', grants: [{ role: 'county-clerk', path: '1/11/', unit: '11' }] }
const FILE = { hash: 'a'.repeat(64), name: '佐证.jpg', size: 10, type: 'image/jpeg' }

let numbers = 0

async function setUp(db: Database<unknown>) {
  const at = await acting(db, registry, '2020-02-10T01:00:00Z')
  /** A matter filed and assigned on the 10th, and the task of its lead unit, signed for. */
  const assigned = async (frequency: string | undefined, due: string) => {
    numbers += 1
    const item = uuid()
    const event = uuid()
    const input = { number: `DB-20200210-${900 + numbers}`, source: 'meeting', content: '摸底', lead: '11', due, frequency }
    const filed = await at.writer.submit({ id: event, record: 'item', recordId: item, action: 'file', area: '1', input }, office)
    expect(filed.ok).toBe(true)
    expect(await at.act(office, 'item', item, 'assign')).toBe('done')
    const [found] = await db.query<{ id: string }>('select id from r_task where item = $1', [item])
    const task = found?.id ?? ''
    expect(await at.act(lead, 'task', task, 'sign')).toBe('done')
    return { item, task, filed: event }
  }
  const next = async (task: string) => (await at.row('task', task))?.report_due
  const remind = (task: string) => at.act(office, 'task', task, 'chase', { how: 'phone' })
  const update = (task: string, percent: number) => at.act(lead, 'task', task, 'update', { progress: '推进中', percent })
  return { ...at, assigned, next, remind, update }
}

onServer('how often a unit reports', (engine) => {
  const database = engine.shared<unknown>(tablesFor(registry))

  it('says until when it reports next, from the issue or the last report, and lets a missed report be chased', async () => {
    const { act, assigned, next, remind, update, on, row } = await setUp(database())
    const { task } = await assigned('weekly', '2020-03-02')
    expect(await row('task', task)).toMatchObject({ frequency: 'weekly', report_due: '2020-02-17' })
    on('2020-02-17')
    expect(await remind(task)).toBe('not-overdue')
    on('2020-02-18')
    expect(await remind(task)).toBe('done')
    expect(await update(task, 60)).toBe('done')
    expect(await row('task', task)).toMatchObject({ report_due: '2020-02-25', light: 'green', chases: 1 })
    expect(await remind(task)).toBe('not-overdue')
    // A missed report is no reason for another light.
    on('2020-02-26')
    expect(await update(task, 100)).toBe('done')
    expect(await next(task)).toBe('2020-03-02')
    expect(await act(lead, 'task', task, 'report', { progress: '完成', evidence: [FILE] })).toBe('done')
    expect(await next(task)).toBeNull()
    expect(await act(office, 'task', task, 'return', { returnReason: 'facts', review: '请补充' })).toBe('done')
    expect(await next(task)).toBe('2020-03-02')
  })

  it('counts days by frequency, not beyond the due date, and asks nothing of who reports when done', async () => {
    const { assigned, next, on, update } = await setUp(database())
    expect(await next((await assigned('daily', '2020-03-20')).task)).toBe('2020-02-11')
    const late = (await assigned('halfMonth', '2020-02-20')).task
    expect(await next(late)).toBe('2020-02-20')
    expect(await next((await assigned('once', '2020-02-20')).task)).toBeNull()
    expect(await next((await assigned(undefined, '2020-02-20')).task)).toBeNull()
    // Behind the due date it goes on.
    on('2020-02-22')
    expect(await update(late, 50)).toBe('done')
    expect(await next(late)).toBe('2020-03-08')
  })

  it('follows the matter where that is corrected, and the numbers in force', async () => {
    const { store, act, assigned, next, on, settings, row } = await setUp(database())
    const { item, task, filed } = await assigned('weekly', '2020-03-20')
    const settle = () => doStandingDuty({ ...store, areas: { index: places } }, asOften)
    expect(await settle()).toBe(0)
    on('2020-02-11')
    expect(await act(office, 'item', item, 'correct', { event: filed, reason: '填错', input: { frequency: 'daily' } })).toBe('done')
    expect(await settle()).toBe(1)
    expect(await row('task', task)).toMatchObject({ frequency: 'daily', report_due: '2020-02-11' })
    expect(await settle()).toBe(0)
    const instrument = { zh: '督查通知', en: 'notice' }
    await settings.add('command.report.daily', { value: 3, from: '2020-02-12', instrument }, SYSTEM)
    on('2020-02-12')
    await doDailyDuties(store)
    expect(await next(task)).toBe('2020-02-13')
  })
})
