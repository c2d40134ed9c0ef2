import { type Actor, buildRegistry } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onBothEngines } from '../../../../../testing/src/databases/index.ts'
import { acting, lastAct, tablesFor } from '../../../../../testing/src/stores/acting.ts'
import { doDailyDuties } from '../../../../server/src/jobs/daily.ts'
import type { Database } from '../../../../server/src/store/database/index.ts'
import command from '../index.ts'
import { whyAt } from './grading.ts'

const registry = buildRegistry([command])
const uuid = () => crypto.randomUUID()
const person = (id: string, grant: Actor['grants'][number]): Actor => ({ id, name: id, grants: [grant] })
const office = person('office', { role: 'supervision-office', path: '1/' })
const leader = person('leader', { role: 'leader', path: '1/' })
const auditor = person('auditor', { role: 'auditor', path: '1/' })
/** Bodies stand in the tree like areas; here the two counties act as the two bodies. */
const lead = person('lead', { role: 'county-clerk', path: '1/11/', unit: '11' })
const assist = person('assist', { role: 'county-clerk', path: '1/12/', unit: '12' })
const FILE = { hash: 'a'.repeat(64), name: '佐证.jpg', size: 10, type: 'image/jpeg' }

let numbers = 0
const nextNumber = () => {
  numbers += 1
  return `DB-20200210-${numbers}`
}

async function setUp(db: Database<unknown>) {
  const at = await acting(db, registry, '2020-02-10T01:00:00Z')
  const { act } = at
  /** A matter for lead 11 and assisting 12, due on the 20th, filed and assigned on the 10th. */
  const assigned = async (due = '2020-02-20', assisting: readonly string[] = ['12']) => {
    const item = uuid()
    const number = nextNumber()
    expect(
      await act(office, 'item', item, 'file', { number, source: 'meeting', content: '摸清返岗底数', lead: '11', assisting, due }),
    ).toBe('done')
    expect(await act(office, 'item', item, 'assign')).toBe('done')
    const tasks = await db.query<{ id: string; role: string }>('select id, role from r_task where item = $1', [item])
    const of = (role: string) => tasks.find((one) => one.role === role)?.id ?? ''
    return { item, mine: of('lead'), theirs: of('assist'), tasks }
  }
  return { ...at, assigned }
}

onBothEngines('supervision', (engine) => {
  const database = engine.shared<unknown>(tablesFor(registry))

  it('files with a number of its own, splits to lead and assisting units, and refuses a date that has passed', async () => {
    const { act, row, assigned } = await setUp(database())
    const { item, tasks } = await assigned()
    // Named twice, or leading as well: one task each, and the register names each once.
    const doubled = await assigned('2020-02-20', ['12', '11', '12'])
    expect(doubled.tasks).toHaveLength(2)
    expect((await row('item', doubled.item))?.assisting).toEqual(['12'])
    expect(tasks.map((one) => one.role).sort()).toEqual(['assist', 'lead'])
    const filed = await row('item', item)
    expect(filed).toMatchObject({ state: 'assigned', light: 'notStarted', assigned_on: '2020-02-10' })
    const again = { number: filed?.number, source: 'meeting', content: '重复', lead: '11', due: '2020-02-20' }
    expect(await act(office, 'item', uuid(), 'file', again)).toBe('already-exists')
    expect(await act(lead, 'item', uuid(), 'file', { ...again, number: nextNumber() })).toBe('not-allowed')
    const late = uuid()
    await act(office, 'item', late, 'file', { ...again, number: nextNumber(), due: '2020-02-09' })
    expect(await act(office, 'item', late, 'assign')).toBe('due-in-past input.due')
    expect(await act(office, 'item', late, 'assign', { due: '2020-02-12' })).toBe('done')
    expect(await act(office, 'item', late, 'assign')).toBe('wrong-state')
  })

  it('assigns nothing to a unit that has ended or not begun, and says which and where', async () => {
    const { act } = await setUp(database())
    const item = uuid()
    const matter = { number: nextNumber(), source: 'leader', content: '摸清返岗底数', lead: '98', due: '2020-02-20' }
    expect(await act(office, 'item', item, 'file', matter)).toBe('done')
    expect(await act(office, 'item', item, 'assign')).toBe('unit-gone input.lead')
    expect(await act(office, 'item', item, 'assign', { lead: '11', assisting: ['99'] })).toBe('unit-gone input.assisting')
    expect(await act(office, 'item', item, 'assign', { lead: '11' })).toBe('done')
  })

  it('lets only the unit itself sign, once, and settles whether it was in time', async () => {
    const { act, row, assigned, on } = await setUp(database())
    const { item, mine, theirs } = await assigned()
    expect(await act(assist, 'task', mine, 'sign')).toBe('outside-jurisdiction')
    expect(await act(office, 'task', mine, 'sign')).toBe('not-allowed')
    expect(await act(lead, 'task', mine, 'update', { progress: '进展', percent: 10 })).toBe('wrong-state')
    on('2020-02-11')
    expect(await act(lead, 'task', mine, 'sign')).toBe('done')
    expect(await act(lead, 'task', mine, 'sign')).toBe('wrong-state')
    expect(await row('task', mine)).toMatchObject({ state: 'signed', signed_in_time: true, light: 'green' })
    expect((await row('item', item))?.signed_at).toEqual(new Date('2020-02-11T01:00:00Z'))
    on('2020-02-13')
    expect(await act(assist, 'task', theirs, 'sign')).toBe('done')
    expect(await row('task', theirs)).toMatchObject({ signed_in_time: false })
  })

  it('grades by the plan: 10 points behind is yellow, more than 30 is red', async () => {
    const { act, row, assigned, on } = await setUp(database())
    const { item, mine } = await assigned()
    on('2020-02-11', '08:30')
    await act(lead, 'task', mine, 'sign')
    on('2020-02-16')
    const report = async (percent: number) => {
      expect(await act(lead, 'task', mine, 'update', { progress: `完成${percent}%`, percent })).toBe('done')
      return (await row('task', mine))?.light
    }
    expect(await report(41)).toBe('green')
    expect(await report(40)).toBe('yellow')
    expect(await report(20)).toBe('yellow')
    expect(await report(19)).toBe('red')
    expect(await row('item', item)).toMatchObject({ light: 'red', percent: 19, progress: '完成19%' })
  })

  it('asks what is planned for a day by its end: no task is behind on its only day, and none looks worse for being signed', async () => {
    const { store, act, row, assigned, on } = await setUp(database())
    const light = async (id: string) => (await row('task', id))?.light
    const today = await assigned('2020-02-10')
    const tomorrow = await assigned('2020-02-11')
    const longer = await assigned('2020-02-13')
    for (const { mine, theirs } of [today, tomorrow, longer]) {
      expect(await act(lead, 'task', mine, 'sign')).toBe('done')
      expect([await light(mine), await light(theirs)]).toEqual(['green', 'notStarted'])
    }
    const night = async (day: string) => {
      on(day)
      await doDailyDuties(store)
      return Promise.all([today, tomorrow, longer].flatMap(({ mine, theirs }) => [light(mine), light(theirs)]))
    }
    expect(await night('2020-02-11')).toEqual(['red', 'red', 'green', 'notStarted', 'green', 'notStarted'])
    expect(await night('2020-02-12')).toEqual(['red', 'red', 'red', 'red', 'red', 'red'])
    expect(await act(lead, 'task', longer.mine, 'update', { progress: '过半', percent: 24 })).toBe('done')
    expect(await light(longer.mine)).toBe('green')
  })

  it('turns yellow a task that nobody began in its month, and red after three, unless its unit said why, and says so in words', async () => {
    const { store, row, act, assigned, on } = await setUp(database())
    const { item, mine, theirs } = await assigned('2021-02-10')
    for (const [one, task] of [
      [lead, mine],
      [assist, theirs],
    ] as const)
      await act(one, 'task', task, 'sign')
    const light = async (id: string) => (await row('task', id))?.light
    const why = async (id: string, day: string) => {
      const [{ row: found } = { row: undefined }] = await store.db.query<{ row: Record<string, unknown> }>(
        'select row_to_json(r_task) as row from r_task where id = $1',
        [id],
      )
      const { issued_on: issuedOn, original_due: originalDue, problems, percent, light, due, state } = found ?? {}
      const given = Object.entries({ issuedOn, originalDue, due, light, percent, problems }).filter(([, value]) => value !== null)
      return whyAt(Object.fromEntries(given), String(state), day, store.settings.at(day, ''))?.en
    }
    const night = async (day: string) => {
      on(day)
      await doDailyDuties(store)
    }
    await night('2020-03-09')
    expect([await light(mine), await why(mine, '2020-03-09')]).toEqual(['green', undefined])
    await night('2020-03-10')
    expect([await light(mine), await light(theirs)]).toEqual(['yellow', 'yellow'])
    expect(await why(mine, '2020-03-10')).toMatch(/^not started 1 month after it was issued, and no reason given/)
    // Nothing done and the reason said, the plan alone is asked.
    expect(await act(assist, 'task', theirs, 'update', { progress: '尚未启动', percent: 0, problems: '设备未到' })).toBe('done')
    expect(await light(theirs)).toBe('green')
    await night('2020-05-09')
    expect([await light(mine), await why(mine, '2020-05-09')]).toEqual(['yellow', '24 points behind plan (10 or more)'])
    await night('2020-05-10')
    expect([await light(mine), await light(theirs)]).toEqual(['red', 'yellow'])
    expect(await why(mine, '2020-05-10')).toMatch(/^not started 3 months after/)
    expect((await row('item', item))?.light).toBe('red')
    expect(await act(lead, 'task', mine, 'update', { progress: '已启动', percent: 20 })).toBe('done')
    expect([await light(mine), await why(mine, '2020-05-10')]).toEqual(['green', undefined])
  })

  it('asks for evidence of the lead unit only, and reviews what was reported', async () => {
    const { act, row, assigned, on } = await setUp(database())
    const { item, mine, theirs } = await assigned()
    await act(lead, 'task', mine, 'sign')
    await act(assist, 'task', theirs, 'sign')
    on('2020-02-18')
    expect(await act(lead, 'task', mine, 'report', { progress: '已完成' })).toBe('evidence-missing input.evidence')
    expect(await act(lead, 'task', mine, 'report', { progress: '已完成', evidence: [FILE] })).toBe('done')
    expect(await act(assist, 'task', theirs, 'report', { progress: '已配合' })).toBe('done')
    expect(await row('task', mine)).toMatchObject({ state: 'reported', reported_in_time: true, light: 'green', percent: 100 })
    expect(await act(lead, 'task', mine, 'accept')).toBe('not-allowed')
    expect(await act(office, 'task', mine, 'return', { returnReason: 'facts' })).toBe('required input.review')
    expect(await act(office, 'task', mine, 'return', { returnReason: 'facts', review: '请补充名单' })).toBe('done')
    expect(await row('task', mine)).toMatchObject({ state: 'returned', returns: 1, percent: 90 })
    expect(await row('item', item)).toMatchObject({ review: '请补充名单' })
    on('2020-02-25')
    expect(await act(lead, 'task', mine, 'report', { progress: '已补充' })).toBe('done')
    expect(await row('task', mine)).toMatchObject({ reported_in_time: false })
    on('2020-02-26')
    expect(await act(office, 'task', mine, 'accept', { review: '同意' })).toBe('done')
    expect(await row('task', mine)).toMatchObject({ state: 'accepted', on_time: false, light: 'done', accepted_on: '2020-02-26' })
    expect((await row('item', item))?.state).toBe('assigned')
    expect(await act(office, 'item', item, 'close')).toBe('wrong-state')
    expect(await act(office, 'task', theirs, 'accept')).toBe('done')
    expect(await row('task', theirs)).toMatchObject({ on_time: true })
    expect((await row('item', item))?.state).toBe('concluded')
  })

  it('grants an extension only when asked before the due date, to a later day, one request at a time', async () => {
    const { db, act, row, assigned, on } = await setUp(database())
    const { item, mine } = await assigned()
    await act(lead, 'task', mine, 'sign')
    const ask = (extensionTo: string) =>
      act(lead, 'task', mine, 'askExtension', { extensionTo, extensionReason: '道路中断', progress: '已完成一半' })
    expect(await act(office, 'task', mine, 'grantExtension')).toBe('no-extension-asked')
    expect(await act(lead, 'task', mine, 'askExtension', { extensionTo: '2020-02-22', progress: '过半' })).toBe(
      'required input.extensionReason',
    )
    expect(await ask('2020-02-20')).toBe('extension-not-later input.extensionTo')
    on('2020-02-19')
    expect(await ask('2020-02-22')).toBe('done')
    expect((await row('item', item))?.extension_to).toBe('2020-02-22')
    expect(await ask('2020-02-23')).toBe('extension-pending')
    expect(await act(lead, 'task', mine, 'grantExtension')).toBe('not-allowed')
    expect(await act(office, 'task', mine, 'refuseExtension')).toBe('required input.review')
    expect(await act(office, 'task', mine, 'refuseExtension', { review: '按期完成' })).toBe('done')
    expect(await row('task', mine)).toMatchObject({ due: '2020-02-20', extension_to: null })
    expect(await ask('2020-02-22')).toBe('done')
    expect(await act(office, 'task', mine, 'grantExtension')).toBe('done')
    expect(await row('task', mine)).toMatchObject({ due: '2020-02-22', original_due: '2020-02-20', extension_to: null })
    expect(await row('item', item)).toMatchObject({ due: '2020-02-22', extension_to: null })
    on('2020-02-22')
    // What the office granted is what was asked then: the unit moves its date by no correction of the request.
    const granted = await lastAct(db, mine, 'askExtension')
    const later = { event: granted, reason: '笔误', input: { extensionTo: '2020-03-30' } }
    expect(await act(lead, 'task', mine, 'correct', later)).toBe('correction-settled input.input.extensionTo')
    expect(await act(lead, 'task', mine, 'correct', { event: granted, reason: '笔误', void: true })).toBe('correction-settled input.void')
    expect(await row('task', mine)).toMatchObject({ due: '2020-02-22' })
    expect(await ask('2020-02-25')).toBe('extension-too-late')
    // The day on which the request reached the office counts, not the one that the unit writes on it.
    const dated = { extensionTo: '2020-02-25', extensionReason: '道路中断', progress: '已完成一半' }
    expect(await act(lead, 'task', mine, 'askExtension', dated, { happenedAt: '2020-02-21T08:00:00Z' })).toBe('extension-too-late')
    const second = await assigned('2020-02-28')
    on('2020-02-26')
    expect(await act(lead, 'task', second.mine, 'sign', {}, { happenedAt: '2020-02-22T08:00:00Z' })).toBe('done')
    expect(await row('task', second.mine)).toMatchObject({ signed_in_time: false })
  })

  it('measures a report by the date that was asked for in time, whenever the office grants it, and by the day it came in', async () => {
    const { act, row, assigned, on } = await setUp(database())
    const asked = { extensionTo: '2020-02-25', extensionReason: '道路中断', progress: '过半' }
    const late = { progress: '完成', evidence: [FILE] }
    const answered = async (day: string, answer: string) => {
      on('2020-02-10')
      const { mine } = await assigned()
      await act(lead, 'task', mine, 'sign')
      on('2020-02-19')
      expect(await act(lead, 'task', mine, 'askExtension', asked)).toBe('done')
      on(day)
      // Dated back by its unit; what counts is when it came in.
      expect(await act(lead, 'task', mine, 'report', late, { happenedAt: '2020-02-19T08:00:00Z' })).toBe('done')
      expect(await row('task', mine)).toMatchObject({ reported_in_time: false, reported_on: day })
      on('2020-02-26')
      expect(await act(office, 'task', mine, answer, { review: '已阅' })).toBe('done')
      expect(await act(office, 'task', mine, 'accept')).toBe('done')
      const { reported_in_time, on_time } = (await row('task', mine)) ?? {}
      return { reported_in_time, on_time }
    }
    expect(await answered('2020-02-22', 'grantExtension')).toEqual({ reported_in_time: true, on_time: true })
    expect(await answered('2020-02-26', 'grantExtension')).toEqual({ reported_in_time: false, on_time: false })
    expect(await answered('2020-02-22', 'refuseExtension')).toEqual({ reported_in_time: false, on_time: false })
  })

  it('grades a corrected report anew, in the task and in the register, and corrects none that was accepted', async () => {
    const { db, act, row, assigned, on } = await setUp(database())
    const { item, mine } = await assigned()
    await act(lead, 'task', mine, 'sign')
    on('2020-02-17')
    expect(await act(lead, 'task', mine, 'update', { progress: '大部完成', percent: 80 })).toBe('done')
    expect(await row('item', item)).toMatchObject({ light: 'green', percent: 80 })
    const correction = async (action: string, input: object) =>
      act(lead, 'task', mine, 'correct', { event: await lastAct(db, mine, action), reason: '填错', input })
    on('2020-02-17', '09:30')
    expect(await correction('update', { percent: 10, progress: '刚刚开始' })).toBe('done')
    expect(await row('task', mine)).toMatchObject({ light: 'red', percent: 10 })
    expect(await row('item', item)).toMatchObject({ light: 'red', percent: 10, progress: '刚刚开始' })
    const evidence = [{ hash: 'a'.repeat(64), name: '证明.pdf', type: 'application/pdf', size: 1 }]
    on('2020-02-17', '10:00')
    expect(await act(lead, 'task', mine, 'report', { progress: '完成', evidence })).toBe('done')
    on('2020-02-17', '11:00')
    expect(await correction('report', { progress: '全部完成' })).toBe('done')
    expect(await row('item', item)).toMatchObject({ progress: '全部完成', percent: 100 })
    expect(await act(office, 'task', mine, 'accept')).toBe('done')
    expect(await correction('report', { progress: '又改' })).toBe('wrong-state')
  })

  it('reminds only what is overdue or not signed for in time', async () => {
    const { act, row, assigned, on } = await setUp(database())
    const { item, mine, theirs } = await assigned()
    const remind = (id: string) => act(office, 'task', id, 'chase', { how: 'phone' })
    expect(await remind(mine)).toBe('not-overdue')
    await act(lead, 'task', mine, 'sign')
    on('2020-02-11')
    expect(await remind(theirs)).toBe('done')
    expect(await remind(mine)).toBe('not-overdue')
    on('2020-02-20')
    expect(await remind(mine)).toBe('not-overdue')
    on('2020-02-21')
    expect(await act(office, 'task', mine, 'chase')).toBe('required input.how')
    expect(await act(lead, 'task', mine, 'chase', { how: 'visit' })).toBe('not-allowed')
    expect(await remind(mine)).toBe('done')
    expect(await row('task', mine)).toMatchObject({ chases: 1 })
    expect((await row('item', item))?.chases).toBe(1)
  })

  it('closes by the leader, or assigns again when the leader has a comment', async () => {
    const { act, row, assigned, db } = await setUp(database())
    const { item, mine } = await assigned('2020-02-20', [])
    await act(lead, 'task', mine, 'sign')
    await act(lead, 'task', mine, 'report', { progress: '已完成', problems: '缺人', evidence: [FILE] })
    await act(office, 'task', mine, 'accept', { review: '同意' })
    expect(await row('item', item)).toMatchObject({ state: 'concluded', result: '已完成', light: 'done' })
    expect(await act(lead, 'item', item, 'close')).toBe('not-allowed')
    expect(await act(leader, 'item', item, 'close', { closedBy: '书记' })).toBe('done')
    expect(await row('item', item)).toMatchObject({ state: 'closed', closed_on: '2020-02-10', closed_by: '书记' })
    expect(await act(leader, 'item', item, 'remark', { comment: '再到村里看一遍', due: '2020-02-09' })).toBe('due-in-past input.due')
    expect(await act(leader, 'item', item, 'remark', { comment: '再到村里看一遍', due: '2020-02-25' })).toBe('done')
    const unsaid = { progress: null, percent: null, problems: null, review: null, chases: null, result: null }
    expect(await row('item', item)).toMatchObject({
      state: 'assigned',
      closed_on: null,
      light: 'notStarted',
      due: '2020-02-25',
      signed_at: null,
      ...unsaid,
    })
    const [next] = await db.query<{ id: string }>('select id, content from r_task where item = $1 and state = $2', [item, 'issued'])
    expect(next).toMatchObject({ content: '再到村里看一遍' })
    // The row says what the new round says, from the first word of it on.
    expect(await act(lead, 'task', next?.id ?? '', 'sign')).toBe('done')
    expect(await row('item', item)).toMatchObject({ signed_at: expect.any(Date), ...unsaid })
  })

  it('gives a comment on a matter still in hand, and its date, to the task that the lead unit has, and never a second one', async () => {
    const { act, row, assigned, db, on } = await setUp(database())
    const { item, mine, theirs } = await assigned('2020-03-02')
    on('2020-02-11', '08:00')
    await act(lead, 'task', mine, 'sign')
    await act(lead, 'task', mine, 'update', { progress: '过半', percent: 50 })
    await act(lead, 'task', mine, 'askExtension', { extensionTo: '2020-03-10', extensionReason: '道路中断', progress: '过半' })
    expect(await act(leader, 'item', item, 'remark', { comment: '抓紧再办', due: '2020-03-01' })).toBe('done')
    expect(await db.query('select id from r_task where item = $1 and role = $2', [item, 'lead'])).toEqual([{ id: mine }])
    expect(await row('task', mine)).toMatchObject({
      state: 'signed',
      comment: '抓紧再办',
      due: '2020-03-01',
      extension_to: null,
      percent: 50,
    })
    expect(await act(lead, 'task', mine, 'update', { progress: '六成', percent: 60 })).toBe('done')
    expect(await row('item', item)).toMatchObject({
      state: 'assigned',
      due: '2020-03-01',
      progress: '六成',
      percent: 60,
      extension_to: null,
    })
    expect((await row('item', item))?.signed_at).toEqual(new Date('2020-02-11T00:00:00Z'))
    // Once it has answered and others have not, a comment is a new assignment.
    await act(lead, 'task', mine, 'report', { progress: '已完成', evidence: [FILE] })
    await act(office, 'task', mine, 'accept')
    expect(await act(leader, 'item', item, 'remark', { comment: '再到村里看一遍', due: '2020-03-05' })).toBe('done')
    expect(await db.query('select content from r_task where item = $1 and state = $2 and id <> $3', [item, 'issued', theirs])).toEqual([
      { content: '再到村里看一遍' },
    ])
  })

  it('withdraws all open tasks with a cancelled matter, and concludes when the last open one is taken back', async () => {
    const { act, row, assigned } = await setUp(database())
    const first = await assigned()
    await act(lead, 'task', first.mine, 'sign')
    expect(await act(office, 'item', first.item, 'cancel', { reason: '并案' })).toBe('done')
    expect((await row('task', first.mine))?.state).toBe('withdrawn')
    expect(await row('item', first.item)).toMatchObject({ state: 'cancelled', light: 'done' })
    const second = await assigned()
    await act(lead, 'task', second.mine, 'sign')
    await act(lead, 'task', second.mine, 'report', { progress: '已完成', evidence: [FILE] })
    await act(office, 'task', second.mine, 'accept')
    expect(await act(office, 'task', second.theirs, 'withdraw', { reason: '不再需要' })).toBe('done')
    expect(await row('item', second.item)).toMatchObject({ state: 'concluded', result: '已完成' })
  })

  it('keeps what no hand may do from every hand', async () => {
    const { act, assigned, row } = await setUp(database())
    const { item, mine } = await assigned()
    for (const actor of [office, leader, lead, auditor]) {
      expect(await act(actor, 'task', mine, 'grade', { light: 'green' })).toBe('no-such-action')
      expect(await act(actor, 'item', item, 'track', { light: 'green' })).toBe('no-such-action')
      expect(await act(actor, 'item', item, 'conclude')).toBe('no-such-action')
    }
    expect((await row('task', mine))?.light).toBe('notStarted')
  })

  it('publishes a bulletin once; its figures do not change', async () => {
    const { act, row } = await setUp(database())
    const id = uuid()
    const input = { title: '通报', from: '2020-02-01', to: '2020-02-10', text: '正文', figures: '{"rows":[]}' }
    const composed = { composed: true } as const
    expect(await act(office, 'bulletin', id, 'write', input)).toBe('composed-by-system input')
    expect(await act(lead, 'bulletin', id, 'write', input, composed)).toBe('not-allowed')
    expect(await act(office, 'bulletin', id, 'write', { ...input, figures: undefined }, composed)).toBe('required input.figures')
    expect(await act(office, 'bulletin', id, 'write', input, composed)).toBe('done')
    expect(await act(office, 'bulletin', id, 'revise', { figures: '{}' })).toBe('unexpected input.figures')
    expect(await act(office, 'bulletin', id, 'revise', { text: '改正文' })).toBe('done')
    expect(await act(office, 'bulletin', id, 'publish')).toBe('done')
    expect(await act(office, 'bulletin', id, 'revise', { text: '再改' })).toBe('wrong-state')
    expect(await row('bulletin', id)).toMatchObject({ text: '改正文', figures: '{"rows":[]}', published_on: '2020-02-10' })
  })
})
