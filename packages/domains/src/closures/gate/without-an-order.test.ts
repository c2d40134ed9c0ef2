import { type Actor, readParameters } from '@guatu/kernel'
import { describe, expect, it } from 'vitest'
import { onServer } from '../../../../../testing/src/databases/index.ts'
import { places } from '../../../../../testing/src/places/places.ts'
import { acting, tablesFor } from '../../../../../testing/src/stores/acting.ts'
import { rebuild } from '../../../../server/src/store/rebuild/rebuild.ts'
import { registry } from '../../registry.ts'
import { parameters } from '../parameters.ts'
import { ORDER_OF_11A1 } from '../testing/small-city-order.ts'
import { allowedBy, CLOSED, OPEN } from './allowed.ts'
import { type Asked, crossingOf, NOTHING_ASKED, rulingOf } from './asked.ts'
import type { Checked } from './look.ts'

const FREE = '这里没有实施中的封控，不需要通行证：放行'
const settings = new Map(parameters.map((one) => [one.code, one.settings]))
const preset = readParameters(settings, '2020-02-14')
const verdict = (code: 'valid' | 'spent' | 'isolated' | 'no-order' | 'expired'): Checked => ({
  shown: 'number',
  offline: true,
  verdict: { code, ok: code === 'valid', why: { zh: '', en: '' } },
})

describe('at the gate of an estate over which no order stands', () => {
  const says = (way: 'in' | 'out', shown?: Checked, asked: Partial<Asked> = {}, allowed = OPEN, rules = preset) => {
    const ruling = rulingOf(
      crossingOf('estate', way, { ...NOTHING_ASKED, temperature: '36.4', ...asked }, shown, rules, []),
      rules,
      allowed,
    )
    return 'decision' in ruling ? [ruling.decision, ruling.why.zh] : ['ask', ruling.ask.zh]
  }

  it('nobody needs a pass, neither out nor in, nor is anybody kept out as a courier or for the outings of elsewhere', () => {
    for (const way of ['in', 'out'] as const) {
      for (const shown of [undefined, verdict('no-order'), verdict('expired'), verdict('spent')])
        expect(says(way, shown)).toEqual(['pass', shown?.verdict?.code === 'spent' ? '通行证有效：放行' : FREE])
      expect(says(way, undefined, { courier: true })).toEqual(['pass', FREE])
      expect(says(way, undefined, { trade: '保供' })).toEqual(['pass', FREE])
      expect(says(way, undefined, {}, CLOSED)).toEqual(['turnBack', '无有效通行证：劝返'])
    }
    expect(says('out', verdict('spent'), {}, CLOSED)[0]).toBe('turnBack')
    expect(says('out', verdict('valid'))).toEqual(['pass', '通行证有效：放行'])
  })

  it('a fever goes to the clinic and whoever is kept in stays in, as everywhere', () => {
    expect(says('out', undefined, { temperature: '37.3' })[0]).toBe('clinic')
    expect(says('in', undefined, { temperature: '37.3' })[0]).toBe('clinic')
    expect(says('out', verdict('isolated'))).toEqual(['turnBack', '正在隔离观察，出城（出门）：劝返'])
    expect(says('out', { shown: 'document', offline: true, observed: {} })[0]).toBe('turnBack')
    expect(says('in', verdict('isolated'))[0]).toBe('pass')
    expect(says('out', undefined, { refuses: true })[0]).toBe('turnBack')
  })

  it('a table that a city has edited limits nobody without an order either', () => {
    const value = [
      'temperature >= 37.3 -> clinic',
      'courier -> turnBack',
      'isolated & out -> turnBack',
      'pass & mask -> pass',
      'always -> turnBack',
    ]
    const own = readParameters(new Map([['closures.rules.estate', [{ value, instrument: { zh: '', en: '' } }]]]), '2020-02-14')
    expect(says('out', undefined, {}, OPEN, own)).toEqual(['pass', '这里没有实施中的封控，不需要通行证，佩戴口罩：放行'])
    expect(says('in', undefined, { courier: true }, OPEN, own)[0]).toBe('pass')
    expect(says('in', undefined, { courier: true }, CLOSED, own)[0]).toBe('turnBack')
    expect(says('out', undefined, {}, CLOSED, own)[0]).toBe('turnBack')
  })

  it('it is asked which gate this is where a part of what lies there is closed and nobody said so', () => {
    const village = { title: '甲村封闭', path: '1/2/', areas: ['1/2/3/'] }
    const estate = { title: '小区封闭', path: '1/2/', areas: [], sites: ['estate'] }
    const merged = { title: '原村封闭', path: '1/', areas: ['1/2/'], partly: ['1/2/'] }
    const at = (orders: Parameters<typeof allowedBy>[0], path: string, ...of: string[]) => allowedBy(orders, { path, places: of })
    const asked = (allowed: ReturnType<typeof at>) => [
      says('out', undefined, {}, allowed)[0],
      says('in', undefined, { courier: true }, allowed)[0],
    ]
    const [unknown, open, closed] = [
      ['ask', 'ask'],
      ['pass', 'pass'],
      ['turnBack', 'turnBack'],
    ]
    // A town of which one village is closed: no gate was chosen, one of the register was, the village.
    expect([at([village], '1/2/'), at([village], '1/2/', 'gate'), at([village], '1/2/3/'), at([village], '1/2/4/')].map(asked)).toEqual([
      ...[unknown, open, closed, open],
    ])
    // An estate of the village: the gate of the register does not say what it is part of, is that of another estate, or of this one.
    expect(
      [
        at([estate], '1/2/'),
        at([estate], '1/2/', 'gate'),
        at([estate], '1/2/', 'gate', 'other'),
        at([estate], '1/2/', 'gate', 'estate'),
      ].map(asked),
    ).toEqual([...[unknown, unknown, open, closed]])
    expect(asked(at([estate], '1/9/'))).toEqual(open)
    // A village that a reform has put together of a closed one and an open one.
    expect([at([merged], '1/2/', 'gate'), at([merged, { ...village, areas: ['1/2/'] }], '1/2/')].map(asked)).toEqual([unknown, closed])
    const allowed = at([village], '1/2/')
    expect(says('out', undefined, {}, allowed)[1]).toContain('请先选明本卡口')
    // What does not hang on it is decided.
    expect(says('out', verdict('valid'), {}, allowed)[0]).toBe('pass')
    expect(says('out', verdict('isolated'), {}, allowed)[0]).toBe('turnBack')
    expect(says('out', undefined, { temperature: '38.0' }, allowed)[0]).toBe('clinic')
    expect(says('out', undefined, { temperature: '' }, allowed)).toEqual(['ask', '请先查验：体温。'])
  })
})

const uuid = () => crypto.randomUUID()
const actor = (id: string, role: Actor['grants'][number]['role'], path: string): Actor => ({ id, name: id, grants: [{ role, path }] })
const gate = actor('gate', 'gate-officer', '1/')
const worker = actor('worker', 'grid-worker', '1/11/')
const city = actor('city', 'leader', '1/')
const county: Actor = { id: 'county', name: 'county', grants: [{ role: 'county-clerk', path: '1/11/', unit: '11' }] }
const { areas: _areas, ...REST } = ORDER_OF_11A1
const ORDER = { ...REST, end: '2020-02-14T02:00:00.000Z', reviewBy: '2020-02-14' }
const PLACE = {
  ...ORDER,
  measure: 'isolatePlace',
  basis: '《中华人民共和国传染病防治法》第四十一条',
  support: '送餐，镇长负责',
}

onServer('the register, of a line at the gate of an estate', (engine) => {
  const database = engine.shared<unknown>(tablesFor(registry))
  /** Each in a village of its own. */
  const setUp = async (village: string) => {
    const at = await acting(database(), registry, '2020-02-10T01:00:00Z')
    const here = { area: village }
    const done = async (as: Actor, id: string, action: string, input = {}) =>
      expect([action, await at.act(as, 'closure', id, action, input, here)]).toEqual([action, 'done'])
    const close = async (order = {}) => {
      const id = uuid()
      await done(county, id, 'draft', { ...ORDER, areas: [village], ...order })
      await done(county, id, 'submit')
      await done(city, id, 'approve', { decidedBy: '市指挥部', decisionNo: '9号' })
      await done(county, id, 'announce', { announcedWhere: '广播' })
      return id
    }
    const line = async (input = {}, more: { area?: string; happenedAt?: string } = {}) => {
      const id = uuid()
      const all = { gate: 'estate', direction: 'out', mask: true, temperature: 36.4, decision: 'pass', ...input }
      expect(await at.act(gate, 'crossing', id, 'record', all, { ...here, ...more })).toBe('done')
      const row = await at.row('crossing', id)
      return row?.differs ? [row.ruled, (row.ruled_why as { zh: string }).zh] : 'as ruled'
    }
    /** Whoever shows no pass is let through and turned back, out and in: what stands as a mark. */
    const shown = async (more: { happenedAt?: string } = {}, at = {}) => [
      await line(at, more),
      await line({ ...at, direction: 'in', decision: 'turnBack' }, more),
      await line({ ...at, courier: true, direction: 'in' }, more),
    ]
    return { ...at, here, done, close, line, shown }
  }
  const open = ['as ruled', ['pass', FREE], 'as ruled']
  const closed = [['turnBack', '无有效通行证：劝返'], 'as ruled', ['turnBack', '本处没有封控决定准许快递外卖进入，只送至大门：劝返']]

  it('marks whoever is turned back without an order, and whoever is let through under one, by what stood at its moment and whenever it arrives', async () => {
    const at = await setUp('11a1')
    const late = async (time: string) => at.shown({ happenedAt: `2020-02-10T${time}:00.000Z` })
    expect(await at.shown()).toEqual(open)
    at.on('2020-02-10', '11:00')
    const order = await at.close()
    expect(await late('02:30')).toEqual(open)
    at.on('2020-02-10', '12:00')
    expect(await at.shown()).toEqual(closed)
    expect(await at.line({ checked: 'valid' })).toBe('as ruled')
    at.on('2020-02-10', '13:00')
    await at.done(county, order, 'lift', { liftedBy: '11', liftReason: '风险解除' })
    expect(await at.shown()).toEqual(open)
    expect(await at.line({ checked: 'invalid' })).toBe('as ruled')
    // Another one, begun after it: what arrives late is judged by the one that stood then, and by none between them.
    at.on('2020-02-10', '15:00')
    await at.close({ title: '再次封闭' })
    at.on('2020-02-10', '16:00')
    expect([await late('02:30'), await late('04:30'), await late('06:00'), await late('07:30')]).toEqual([open, closed, open, closed])
    expect((await rebuild(at.db, registry, places, { check: true })).differences).toEqual([])
  })

  it('is told of no order once it has lapsed or was refused, whether or not anything has noted it, and judges a corrected line by its moment', async () => {
    const at = await setUp('11a2')
    at.on('2020-02-10', '10:00')
    await at.close()
    at.on('2020-02-10', '12:00')
    const [id, input] = [uuid(), { gate: 'estate', direction: 'out', mask: true, temperature: 36.4, decision: 'pass' }]
    expect(await at.act(gate, 'crossing', id, 'record', input, at.here)).toBe('done')
    at.on('2020-02-14', '09:59')
    expect(await at.shown()).toEqual(closed)
    at.on('2020-02-14', '10:00')
    expect(await at.shown()).toEqual(open)
    const [event] = await at.db.query<{ id: string }>('select id from events where record_id = $1 and action = $2', [id, 'record'])
    const correct = (decision: string) => at.act(gate, 'crossing', id, 'correct', { event: event?.id, reason: '录错', input: { decision } })
    expect(await correct('turnBack')).toBe('done')
    expect((await at.row('crossing', id))?.differs).not.toBe(true)
    expect(await correct('pass')).toBe('done')
    expect(await at.row('crossing', id)).toMatchObject({ differs: true, ruled: 'turnBack' })
    const [place, estate, post] = [uuid(), uuid(), uuid()]
    expect(await at.act(worker, 'place', estate, 'register', { name: '示例小区', kind: 'estate' }, at.here)).toBe('done')
    expect(await at.act(worker, 'place', post, 'register', { name: '示例小区大门', kind: 'gate', within: estate }, at.here)).toBe('done')
    await at.done(county, place, 'draft', { ...PLACE, sites: [estate], end: '2020-02-20T02:00:00.000Z', reviewBy: '2020-02-18' })
    await at.done(county, place, 'isolate', { announcedWhere: '广播' })
    at.on('2020-02-14', '11:00')
    expect(await at.shown({}, { post })).toEqual(closed)
    await at.done(city, place, 'refuse', { decidedBy: '市指挥部', decisionNo: '10号', refusedBecause: '不必' })
    expect(await at.shown({}, { post })).toEqual(open)
    expect(await at.shown({ happenedAt: '2020-02-14T02:30:00.000Z' }, { post })).toEqual(closed)
    expect((await rebuild(at.db, registry, places, { check: true })).differences).toEqual([])
  })

  it('marks a line on which somebody went out who is kept in, with an order or without, and sends a fever to the clinic', async () => {
    const at = await setUp('11b1')
    at.on('2020-02-10', '10:00')
    const [home, who] = [uuid(), uuid()]
    expect(await at.act(worker, 'household', home, 'register', { door: '1栋101', kind: 'family' }, at.here)).toBe('done')
    const person = { name: '试甲子', documentType: 'none', household: home }
    expect(await at.act(worker, 'person', who, 'register', person, at.here)).toBe('done')
    const watch = { person: who, kind: 'home', entry: 'contact', class: 'contact', household: home, lastContact: '2020-02-09' }
    expect(await at.act(worker, 'watch', uuid(), 'enter', watch, at.here)).toBe('done')
    at.on('2020-02-10', '11:00')
    expect(await at.line({ person: who })).toEqual(['turnBack', '正在隔离观察，出城（出门）：劝返'])
    expect(await at.line({ person: who, decision: 'turnBack' })).toBe('as ruled')
    expect(await at.line({ person: who, direction: 'in' })).toBe('as ruled')
    expect(await at.line({ temperature: 37.5 })).toMatchObject(['clinic', expect.stringContaining('37.5')])
    expect(await at.line({ mask: false })).toEqual(['turnBack', '未戴口罩：劝返'])
  })

  it('says nothing of a line of a town that names no gate, for it may be of any village there', async () => {
    const at = await setUp('12a1')
    for (const decision of ['pass', 'turnBack']) expect(await at.line({ decision }, { area: '12a' })).toBe('as ruled')
    expect(await at.line({ temperature: 37.5 }, { area: '12a' })).toMatchObject(['clinic', expect.any(String)])
    expect(await at.line({ decision: 'turnBack' })).toEqual(['pass', FREE])
  })
})
