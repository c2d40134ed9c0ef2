import { type Actor, buildRegistry } from '@guatu/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { onBothEngines } from '../../../../../testing/src/databases/index.ts'
import { acting, tablesFor } from '../../../../../testing/src/stores/acting.ts'
import type { Database } from '../../../../server/src/store/database/index.ts'
import command from '../index.ts'
import { dayIn, numbersFor } from './numbers.ts'

const registry = buildRegistry([command])
const uuid = () => crypto.randomUUID()
const office: Actor = { id: 'office', name: 'office', grants: [{ role: 'supervision-office', path: '1/' }] }

interface Said {
  readonly action: string
  readonly order?: number
  readonly soft?: boolean
  readonly lead?: string
  readonly assisting?: readonly string[]
  readonly deadline?: string
}

async function setUp(db: Database<unknown>) {
  const at = await acting(db, registry, '2020-02-14T01:00:00Z')
  const { act } = at
  /** A meeting with its directives in the order of its text, not approved yet. */
  const meets = async (title: string, heldOn: string, session: number | undefined, said: readonly Said[]) => {
    const meeting = uuid()
    const text = said.map((one) => one.action).join('。')
    expect(await act(office, 'meeting', meeting, 'record', { title, heldOn, text, ...(session === undefined ? {} : { session }) })).toBe(
      'done',
    )
    let start = 0
    for (const [i, { action, order = i + 1, soft, lead = '11', assisting = [], deadline }] of said.entries()) {
      const place = { quote: action, start, end: start + action.length, action, domain: 'supplies' }
      const more = soft
        ? { soft }
        : { lead, assisting, due: '2020-02-20', indicators: ['command.onTime'], ...(deadline === undefined ? {} : { deadline }) }
      expect(await act(office, 'directive', uuid(), 'draft', { meeting, order, ...place, ...more })).toBe('done')
      start += action.length + 1
    }
    return meeting
  }
  const approve = (meeting: string) => act(office, 'meeting', meeting, 'approve')
  const register = async () =>
    Object.fromEntries(
      (await db.query<{ number: string; content: string }>('select number, content from r_item')).map(({ number, content }) => [
        content,
        number,
      ]),
    )
  return { ...at, meets, approve, register }
}

onBothEngines('meetings', (engine) => {
  const database = engine.shared<unknown>(tablesFor(registry))

  it('takes the communiqué of a meeting that was held, by the day of the city', async () => {
    const { act } = await setUp(database())
    const [held, tomorrow] = [uuid(), uuid()]
    const said = { title: '领导小组会议', text: '丁一。' }
    // It is 01:00 on the 14th in Greenwich, and 09:00 on the 14th in the city.
    expect(await act(office, 'meeting', tomorrow, 'record', { ...said, heldOn: '2020-02-15' })).toBe('meeting-not-held input.heldOn')
    expect(await act(office, 'meeting', held, 'record', { ...said, heldOn: '2020-02-14' })).toBe('done')
    expect(await act(office, 'meeting', held, 'revise', { heldOn: '2020-02-15' })).toBe('meeting-not-held input.heldOn')
    expect(await act(office, 'meeting', held, 'revise', { heldOn: '2020-02-13' })).toBe('done')
  })

  it('keeps the quotation of what was decided, and takes nothing more into a meeting that was', async () => {
    const { db, act, meets, approve } = await setUp(database())
    const meeting = await meets('领导小组会议', '2020-02-12', 3, [{ action: '丙一' }, { action: '丙二', soft: true }, { action: '丙三' }])
    const events = async (record: string, action: string) =>
      db.query<{ id: string; record_id: string }>('select id, record_id from events where record = $1 and action = $2 order by seq', [
        record,
        action,
      ])
    const [first, second, third] = await events('directive', 'draft').then((all) => all.slice(-3))
    expect(await act(office, 'directive', third?.record_id ?? '', 'drop')).toBe('done')
    expect(await approve(meeting)).toBe('done')
    const reason = '摘录有误'
    for (const one of [first, second])
      expect(await act(office, 'directive', one?.record_id ?? '', 'correct', { event: one?.id, reason, input: { quote: '另一句' } })).toBe(
        'wrong-state',
      )
    expect(await act(office, 'directive', third?.record_id ?? '', 'restore')).toBe('meeting-decided')
    const more = { meeting, order: 9, quote: '丙', start: 0, end: 1, action: '丙', domain: 'supplies' }
    expect(await act(office, 'directive', uuid(), 'draft', more)).toBe('meeting-decided')
    const [filed] = await events('item', 'file').then((all) => all.slice(-1))
    const item = filed?.record_id ?? ''
    expect(await act(office, 'item', item, 'correct', { event: filed?.id, reason, input: { quote: '另一句' } })).toMatch(
      'correction-settled',
    )
    expect(await act(office, 'item', item, 'correct', { event: filed?.id, reason, input: { target: '月底前' } })).toBe('done')
  })

  it('numbers the matters of two bodies that meet on one day in one count', async () => {
    const { db, meets, approve, register } = await setUp(database())
    const committee = await meets('市委常委会会议', '2020-02-13', undefined, [{ action: '甲一' }, { action: '甲二' }])
    const government = await meets('市政府常务会议', '2020-02-13', undefined, [{ action: '乙一' }, { action: '乙二' }])
    expect(await approve(committee)).toBe('done')
    // What a matter is watched by goes along with it.
    expect(await db.query('select distinct indicators from r_item')).toEqual([{ indicators: ['command.onTime'] }])
    expect(await approve(government)).toBe('done')
    const group = await meets('领导小组第4次会议', '2020-02-12', 4, [{ action: '丙一' }])
    const headquarters = await meets('指挥部第4次会议', '2020-02-12', 4, [{ action: '丁一' }])
    // At once, as two clerks do: the second still sees what the first was given.
    expect(await Promise.all([approve(group), approve(headquarters)])).toEqual(['done', 'done'])
    const { 丙一: third, 丁一: fourth, ...others } = await register()
    expect(others).toEqual({
      甲一: 'DB-20200213-01',
      甲二: 'DB-20200213-02',
      乙一: 'DB-20200213-03',
      乙二: 'DB-20200213-04',
    })
    expect([third, fourth].sort()).toEqual(['DB-20200212-4-01', 'DB-20200212-4-02'])
  })

  it('goes round numbers that somebody filed by hand, and numbers by the text, not by the order that two clerks gave twice', async () => {
    const { act, meets, approve, register } = await setUp(database())
    const byHand = { number: 'DB-20200211-2', source: 'leader', content: '手工', lead: '12', due: '2020-02-20' }
    expect(await act(office, 'item', uuid(), 'file', byHand)).toBe('done')
    const meeting = await meets('同序号', '2020-02-11', undefined, [
      { action: '戊一', order: 7 },
      { action: '原则', order: 2, soft: true },
      { action: '戊二', order: 7 },
      { action: '戊三', order: 1 },
    ])
    expect(await approve(meeting)).toBe('done')
    expect(await register()).toMatchObject({ 戊一: 'DB-20200211-01', 戊二: 'DB-20200211-03', 戊三: 'DB-20200211-04' })
  })

  it('files no quotation that the communiqué does not hold at its place', async () => {
    const { act, meets, approve, db } = await setUp(database())
    const meeting = await meets('引文', '2020-02-12', 5, [{ action: '清运垃圾' }, { action: '加密巡查' }])
    const at = (quote: string, start: number, end: number) => ({ quote, start, end })
    const labelled = { meeting, order: 3, action: '清运垃圾', domain: 'containment' }
    for (const wrong of [
      at('编造的引文', 0, 5),
      at('清运垃圾', 1, 5),
      at('清运垃圾。', 0, 4),
      at('清运', 0, 4),
      at('巡查', 7, 99),
      at('清', 4, 4),
      at('清运垃圾加密巡查', 0, 9),
    ])
      expect(await act(office, 'directive', uuid(), 'draft', { ...labelled, ...wrong })).toBe('quote-not-in-text input.quote')
    const [first, second] = await db.query<{ id: string; draft: string }>(
      'select r.id, e.id as draft from r_directive r join events e on e.record_id = r.id where r.meeting = $1 order by r.start',
      [meeting],
    )
    const revise = (input: Readonly<Record<string, unknown>>) => act(office, 'directive', first?.id ?? '', 'revise', input)
    expect(await revise(at('编造的引文', 0, 5))).toBe('quote-not-in-text input.quote')
    expect(await revise({ quote: '运垃圾' })).toBe('quote-not-in-text input.quote')
    expect(await revise({ end: 3 })).toBe('quote-not-in-text input.quote')
    const reason = '摘录有误'
    const correction = { event: first?.draft, reason, input: { ...at('编造的引文', 0, 5) } }
    expect(await act(office, 'directive', first?.id ?? '', 'correct', correction)).toMatch('quote-not-in-text')
    // What is joined of two is all that stands from the first to the last; what is cut is less; other labels are nobody's words.
    expect(await revise(at('清运垃圾。加密巡查', 0, 9))).toBe('done')
    expect(await act(office, 'directive', second?.id ?? '', 'drop')).toBe('done')
    expect(await revise({ action: '清运积存垃圾' })).toBe('done')
    expect(await revise(at('运垃圾', 1, 4))).toBe('done')
    expect(await approve(meeting)).toBe('done')
  })

  it('approves nothing whose quotation a later text of the communiqué no longer holds', async () => {
    const { act, meets, approve, db } = await setUp(database())
    const meeting = await meets('改稿', '2020-02-12', 6, [{ action: '清运垃圾' }])
    const [recorded] = await db.query<{ id: string }>("select id from events where record_id = $1 and action = 'record'", [meeting])
    const changed = {
      event: recorded?.id,
      reason: '通稿有误',
      input: { title: '改稿', heldOn: '2020-02-12', session: 6, text: '要清运垃圾' },
    }
    expect(await act(office, 'meeting', meeting, 'correct', changed)).toBe('done')
    expect(await approve(meeting)).toBe('directives-not-in-text')
  })

  it('approves nothing for a unit that has ended or not begun, and says which and where', async () => {
    const { act, db, meets, approve, writer } = await setUp(database())
    const meeting = await meets('领导小组会议', '2020-02-12', 2, [{ action: '戊一' }, { action: '戊二', assisting: ['12', '99'] }])
    expect(await approve(meeting)).toBe('directives-unit-gone')
    const asked = { id: uuid(), record: 'meeting', recordId: meeting, action: 'approve', input: {} }
    const refused = await writer.submit(asked, office)
    const [second] = await db.query<{ id: string }>(`select id from r_directive where meeting = $1 and action = '戊二'`, [meeting])
    expect(refused).toMatchObject({
      problem: {
        message: { zh: expect.stringContaining('第2条部署的协办单位“99”') },
        data: { directives: [second?.id], field: 'assisting' },
      },
    })
    expect(await act(office, 'directive', second?.id ?? '', 'revise', { assisting: ['12'] })).toBe('done')
    expect(await approve(meeting)).toBe('done')
  })

  it('files what comes again with how often its units report', async () => {
    const { meets, approve } = await setUp(database())
    const said = ['每周五12时前', '每日', '每月5日前', '2月20日前'].map((deadline) => ({ action: `甲${deadline}`, deadline }))
    expect(await approve(await meets('领导小组例会', '2020-02-14', 6, said))).toBe('done')
    const items = await database().query<{ frequency: string | null }>(
      "select frequency from r_item where content like '甲每%' or content like '甲2月%' order by number",
    )
    expect(items.map(({ frequency }) => frequency)).toEqual(['weekly', 'daily', null, null])
  })
})

describe('numbers', () => {
  const session = fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined })

  it('never gives a number twice, whatever meets on one day', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ session, count: fc.nat(12) }), { maxLength: 8 }), (meetings) => {
        const given: string[] = []
        for (const { session, count } of meetings) given.push(...numbersFor({ heldOn: '2020-02-14', session }, count, given))
        expect(new Set(given).size).toBe(given.length)
        expect(given.every((number) => dayIn(number) === '2020-02-14')).toBe(true)
        // What the register takes: the longest form there is.
        expect(given.every((number) => /^DB-\d{8}(?:-\d{1,4}){1,2}$/.test(number))).toBe(true)
      }),
    )
  })
})
