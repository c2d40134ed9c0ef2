import { type Actor, SYSTEM } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { onBothEngines } from '../../../../../testing/src/databases/index.ts'
import { acting, tablesFor } from '../../../../../testing/src/stores/acting.ts'
import { doDailyDuties } from '../../../../server/src/jobs/daily.ts'
import { doTimedDuties } from '../../../../server/src/jobs/timed.ts'
import { registry } from '../../registry.ts'
import { neverActed } from '../ui/orders/lapsed.ts'

const uuid = () => crypto.randomUUID()
const person = (id: string, grant: Actor['grants'][number]): Actor => ({ id, name: id, grants: [grant] })
/** The county is the organ, the city stands next above it; nothing in this small tree stands above the city. */
const county = person('county', { role: 'county-clerk', path: '1/11/', unit: '11' })
const countyHead = person('county-head', { role: 'leader', path: '1/11/' })
const neighbour = person('neighbour', { role: 'leader', path: '1/12/' })
const city = person('city', { role: 'leader', path: '1/' })
const duty = person('duty', { role: 'duty-officer', path: '1/' })
const town = person('town', { role: 'town-clerk', path: '1/11/11a/' })
const auditor = person('auditor', { role: 'auditor', path: '1/' })

const BASIS = { basis: '《中华人民共和国传染病防治法》第四十二条第一款第（五）项', basisVersion: '2013年修正' }
const SITES = { areas: [], sites: ['00000000-0000-4000-8000-0000000000a1'] }
const ISOLATION = { basis: '《中华人民共和国传染病防治法》第四十一条', basisVersion: '2013年修正', measure: 'isolatePlace', ...SITES }
const ISOLATED = { ...ISOLATION, support: '送餐送药，镇长负责', start: '2020-02-10T00:00:00.000Z' }
const FILE = { hash: 'b'.repeat(64), name: '批复.pdf', size: 10, type: 'application/pdf' }
const ORDER = {
  title: '一村三组封闭管理',
  measure: 'closeArea',
  organ: '11',
  ...BASIS,
  reason: '村内发现确诊病例',
  scope: '一村全部村组',
  areas: ['11a1'],
  start: '2020-02-10T10:00:00.000Z',
  end: '2020-02-20T10:00:00.000Z',
  reviewBy: '2020-02-15',
  announcement: '自即日起实行封闭管理。',
  outings: 1,
  outingDays: 2,
}
const DECISION = { decidedBy: '市应急指挥部', decisionNo: '市指〔2020〕9号' }

onBothEngines('closing orders', (engine) => {
  const database = engine.shared<unknown>(tablesFor(registry))
  const setUp = () => acting(database(), registry, '2020-02-10T01:00:00Z')
  const drafted = async (at: Awaited<ReturnType<typeof setUp>>, change: Record<string, unknown> = {}) => {
    const id = uuid()
    expect(await at.act(town, 'closure', id, 'draft', { ...ORDER, ...change }, { area: '11a1' })).toBe('done')
    return id
  }

  it('limit nobody before the next higher government has decided, and the announcement is out', async () => {
    const at = await setUp()
    const id = await drafted(at)
    expect(await at.act(town, 'closure', id, 'submit')).toBe('not-allowed')
    expect(await at.act(county, 'closure', id, 'approve', DECISION)).toBe('not-allowed')
    expect(await at.act(city, 'closure', id, 'approve', DECISION)).toBe('wrong-state')
    expect(await at.act(county, 'closure', id, 'submit')).toBe('done')
    for (const actor of [county, countyHead, neighbour, auditor])
      expect(await at.act(actor, 'closure', id, 'approve', DECISION)).toMatch(/not-allowed|not-next-higher|outside-jurisdiction/)
    expect(await at.act(city, 'closure', id, 'approve')).toBe('required input.decidedBy')
    expect(await at.act(city, 'closure', id, 'approve', DECISION)).toBe('done')
    at.on('2020-02-10', '19:00')
    await doTimedDuties(at.store)
    expect(await at.row('closure', id)).toMatchObject({ state: 'approved', decision_no: '市指〔2020〕9号' })
    expect(await at.act(county, 'closure', id, 'announce', { announcedWhere: '村务公开栏、广播' })).toBe('done')
    expect(await at.row('closure', id)).toMatchObject({ state: 'inForce' })
    // It could act on nobody before it was announced.
    expect(new Date(String((await at.row('closure', id))?.start)).toISOString() >= '2020-02-10T11:00:00.000Z').toBe(true)
  })

  it.each(['basis', 'scope', 'reason', 'start', 'end', 'reviewBy', 'announcement', 'areas'])('go nowhere without %s', async (field) => {
    const at = await setUp()
    const { [field as 'basis']: _, ...rest } = ORDER
    const id = uuid()
    await at.act(town, 'closure', id, 'draft', rest, { area: '11a1' })
    expect(await at.act(county, 'closure', id, 'submit')).toBe(`order-incomplete input.${field}`)
  })

  it('must rest on a provision in force on the day, in its version', async () => {
    const at = await setUp()
    const old = await drafted(at, { basisVersion: '2004年修订' })
    expect(await at.act(county, 'closure', old, 'submit')).toBe('basis-not-in-force input.basis')
    const wrong = await drafted(at, { basis: ISOLATION.basis })
    expect(await at.act(county, 'closure', wrong, 'submit')).toBe('basis-not-in-force input.basis')
    at.clock.set('2026-01-05T01:00:00Z')
    const times = { start: '2026-01-05T10:00:00.000Z', end: '2026-01-10T10:00:00.000Z', reviewBy: '2026-01-08' }
    const id = await drafted(at, times)
    expect(await at.act(county, 'closure', id, 'submit')).toBe('basis-not-in-force input.basis')
    const revised = { basis: '《中华人民共和国传染病防治法》（条款由本市法制机构核定）', basisVersion: '2025年修订' }
    expect(await at.act(county, 'closure', await drafted(at, { ...times, ...revised }), 'submit')).toBe('done')
  })

  it('come from a county or higher, name villages or less, and end', async () => {
    const at = await setUp()
    const submit = async (change: Record<string, unknown>) => at.act(county, 'closure', await drafted(at, change), 'submit')
    expect(await at.act(duty, 'closure', await drafted(at, { organ: '11a' }), 'submit')).toBe('organ-too-low input.organ')
    expect(await at.act(duty, 'closure', await drafted(at, { organ: '12' }), 'submit')).toBe('organ-elsewhere input.organ')
    expect(await submit({ organ: '12' })).toBe('not-your-organ')
    expect(await submit({ areas: ['11a2'] })).toBe('scope-outside input.areas')
    const wide = uuid()
    await at.act(town, 'closure', wide, 'draft', { ...ORDER, areas: ['11a'] }, { area: '11a' })
    expect(await at.act(county, 'closure', wide, 'submit')).toBe('scope-too-wide input.areas')
    // What is isolated before anybody above has decided is a place: an area would be closed without a decision.
    const village = await drafted(at, { ...ISOLATION, areas: ['11a1'], support: '送餐送药，镇长负责' })
    expect(await at.act(county, 'closure', village, 'isolate', { announcedWhere: '门口' })).toBe('scope-too-wide input.areas')
    // So many outings in no time are outings without end.
    expect(await submit({ outingDays: undefined })).toBe('allowance-without-period input.outingDays')
    expect(await submit({ outingDays: 0 })).toBe('allowance-without-period input.outingDays')
    expect(await submit({ outings: undefined, outingDays: undefined })).toBe('done')
    expect(await submit({ end: '2020-02-24T10:00:00.001Z' })).toBe('end-wrong input.end')
    expect(await submit({ end: ORDER.start })).toBe('end-wrong input.end')
    expect(await submit({ reviewBy: '2020-02-18' })).toBe('review-wrong input.reviewBy')
    expect(await submit({ reviewBy: '2020-02-09' })).toBe('review-wrong input.reviewBy')
    // Half past one in the city is the evening before in UTC: the day of the city counts.
    const early = { start: '2020-02-10T10:00:00.000Z', end: '2020-02-13T17:30:00.000Z' }
    expect(await submit({ ...early, reviewBy: '2020-02-15' })).toBe('review-wrong input.reviewBy')
    expect(await submit({ ...early, reviewBy: '2020-02-14' })).toBe('done')
  })

  it('isolate a place at once and are reported up; a refusal lifts at once', async () => {
    const at = await setUp()
    const plain = await drafted(at)
    expect(await at.act(county, 'closure', plain, 'isolate', { announcedWhere: '门口' })).toBe('decided-above-first')
    const id = await drafted(at, { ...ISOLATION, support: undefined })
    expect(await at.act(county, 'closure', id, 'submit')).toBe('acts-at-once')
    expect(await at.act(county, 'closure', id, 'isolate', { announcedWhere: '门口' })).toBe('order-incomplete input.support')
    expect(await at.act(town, 'closure', id, 'revise', { support: '送餐送药，镇长负责' })).toBe('done')
    expect(await at.act(county, 'closure', id, 'isolate', { announcedWhere: '门口' })).toBe('done')
    expect(await at.row('closure', id)).toMatchObject({ state: 'reported' })
    at.on('2020-02-10', '12:00')
    expect(await at.act(countyHead, 'closure', id, 'refuse', { ...DECISION, refusedBecause: '无必要' })).toBe('not-next-higher')
    expect(await at.act(duty, 'closure', id, 'refuse', DECISION)).toBe('required input.refusedBecause')
    expect(await at.act(duty, 'closure', id, 'refuse', { ...DECISION, refusedBecause: '场所未受污染' })).toBe('done')
    const row = await at.row('closure', id)
    expect(row).toMatchObject({ state: 'refused', refused_because: '场所未受污染' })
    expect(new Date(String(row?.ended_at)).toISOString()).toBe('2020-02-10T04:00:00.000Z')
    const kept = await drafted(at, { ...ISOLATION, support: '送餐送药，镇长负责' })
    await at.act(county, 'closure', kept, 'isolate', { announcedWhere: '门口' })
    expect(await at.act(duty, 'closure', kept, 'confirm', DECISION)).toBe('done')
    expect(await at.row('closure', kept)).toMatchObject({ state: 'inForce' })
  })

  const inForce = async (at: Awaited<ReturnType<typeof setUp>>, change: Record<string, unknown> = {}) => {
    const id = await drafted(at, { start: '2020-02-10T00:00:00.000Z', ...change })
    await at.act(county, 'closure', id, 'submit')
    await at.act(city, 'closure', id, 'approve', DECISION)
    expect(await at.act(county, 'closure', id, 'announce', { announcedWhere: '广播' })).toBe('done')
    expect(await at.row('closure', id)).toMatchObject({ state: 'inForce' })
    return id
  }

  it('lapse at their end by themselves, exactly then, however late the job looks', async () => {
    const at = await setUp()
    const id = await inForce(at)
    at.clock.set('2020-02-20T09:59:59.999Z')
    await doTimedDuties(at.store)
    expect(await at.row('closure', id)).toMatchObject({ state: 'inForce' })
    at.clock.set('2020-02-21T03:00:00Z')
    // Before the job has looked, the order is over for everybody all the same.
    expect(await at.act(county, 'closure', id, 'lift', { liftedBy: '11', liftReason: '解除' })).toBe('order-over')
    await doTimedDuties(at.store)
    const row = await at.row('closure', id)
    expect(row).toMatchObject({ state: 'lapsed' })
    expect(new Date(String(row?.changed_at)).toISOString()).toBe('2020-02-20T10:00:00.000Z')
    expect(await doTimedDuties(at.store)).toBe(0)
  })

  it('that waited until their end had passed are told from those that ran out', async () => {
    const at = await setUp()
    const counted = async () => {
      const [row] = await at.store.db.query<{ n: number }>(
        `select coalesce(sum(entered), 0)::int as n from tallies where measure = 'closures.lapsed' and area = '11a1'`,
      )
      return row?.n ?? 0
    }
    const before = await counted()
    const [ran, waited, silent] = [await inForce(at), await drafted(at), await drafted(at)]
    for (const id of [waited, silent]) expect(await at.act(county, 'closure', id, 'submit')).toBe('done')
    expect(await at.act(city, 'closure', silent, 'approve', DECISION)).toBe('done')
    at.clock.set('2020-02-21T03:00:00Z')
    await doTimedDuties(at.store)
    const never = async (id: string) => {
      const row = await at.row('closure', id)
      const announced = row?.announced_at
      return [row?.state, neverActed(String(row?.state), announced ? { announcedAt: String(announced) } : {})]
    }
    expect(await never(ran)).toEqual(['lapsed', false])
    expect(await never(waited)).toEqual(['lapsed', true])
    expect(await never(silent)).toEqual(['lapsed', true])
    expect((await counted()) - before).toBe(1)
  })

  it('raise an alarm when the review date passes without a review, and only then', async () => {
    const at = await setUp()
    const id = await inForce(at)
    const reviewed = await inForce(at)
    at.on('2020-02-15', '10:00')
    const next = { reviewNote: '仍有必要', reviewBy: '2020-02-19' }
    expect(await at.act(county, 'closure', reviewed, 'review', { ...next, reviewBy: '2020-02-15' })).toBe('review-wrong input.reviewBy')
    expect(await at.act(county, 'closure', reviewed, 'review', next)).toBe('done')
    at.on('2020-02-16', '00:01')
    await doDailyDuties(at.store)
    expect(await at.row('closure', id)).toMatchObject({ review_overdue: true })
    expect(await at.row('closure', reviewed)).toMatchObject({ review_overdue: null })
    expect(await at.act(county, 'closure', id, 'review', next)).toBe('done')
    expect(await at.row('closure', id)).toMatchObject({ review_overdue: null, review_note: '仍有必要' })
  })

  it('lapse by themselves when nobody reviews them within the days of grace, also where the job stood still', async () => {
    const at = await setUp()
    const [alone, late] = [await inForce(at), await inForce(at)]
    at.on('2020-02-18', '00:01')
    await doDailyDuties(at.store)
    expect(await at.row('closure', alone)).toMatchObject({ state: 'inForce', review_overdue: true })
    at.on('2020-02-18', '20:00')
    expect(await at.act(county, 'closure', late, 'review', { reviewNote: '仍有必要', reviewBy: '2020-02-20' })).toBe('done')
    at.on('2020-02-19', '08:00')
    await doDailyDuties(at.store)
    const row = await at.row('closure', alone)
    expect(row).toMatchObject({ state: 'lapsed', review_overdue: null })
    expect(new Date(String(row?.ended_at)).toISOString()).toBe('2020-02-18T16:00:00.000Z')
    expect(await at.row('closure', late)).toMatchObject({ state: 'inForce', review_overdue: null })
    expect(await at.act(county, 'closure', alone, 'review', { reviewNote: '补', reviewBy: '2020-02-20' })).toBe('wrong-state')
    // The one that was reviewed lapses at its end, not before.
    at.clock.set('2020-02-20T10:00:00Z')
    await doTimedDuties(at.store)
    expect(new Date(String((await at.row('closure', late))?.ended_at)).toISOString()).toBe('2020-02-20T10:00:00.000Z')
  })

  it('that have lapsed by themselves are neither brought back nor ended otherwise by what becomes known only then, and it says so', async () => {
    const at = await setUp()
    const [silent, refused, prolonged, lifted] = [await inForce(at), await drafted(at, ISOLATED), await inForce(at), await inForce(at)]
    expect(await at.act(county, 'closure', refused, 'isolate', { announcedWhere: '门口' })).toBe('done')
    at.on('2020-02-15', '10:00')
    for (const id of [refused, prolonged, lifted])
      expect(await at.act(county, 'closure', id, 'review', { reviewNote: '仍有必要', reviewBy: '2020-02-20' })).toBe('done')
    at.on('2020-02-19', '08:00')
    await doDailyDuties(at.store)
    const on15 = { happenedAt: '2020-02-15T04:00:00.000Z' }
    const review = { reviewNote: '仍有必要', reviewBy: '2020-02-20' }
    expect(await at.act(county, 'closure', silent, 'review', review, on15)).toBe('lapsed-meanwhile')
    at.on('2020-02-20', '19:00')
    await doTimedDuties(at.store)
    const on19 = { happenedAt: '2020-02-19T04:00:00.000Z' }
    const longer = { ...DECISION, end: '2020-02-28T10:00:00.000Z', reviewBy: '2020-02-22' }
    expect(await at.act(city, 'closure', prolonged, 'prolong', longer, on19)).toBe('lapsed-meanwhile')
    expect(await at.act(city, 'closure', refused, 'refuse', { ...DECISION, refusedBecause: '无必要' }, on19)).toBe('lapsed-meanwhile')
    expect(await at.act(county, 'closure', lifted, 'lift', { liftedBy: '11', liftReason: '解除' }, on19)).toBe('lapsed-meanwhile')
    for (const id of [silent, refused, prolonged, lifted]) expect(await at.row('closure', id)).toMatchObject({ state: 'lapsed' })
    const { end, review_by } = (await at.row('closure', prolonged)) ?? {}
    expect([new Date(String(end)).toISOString(), review_by]).toEqual(['2020-02-20T10:00:00.000Z', '2020-02-20'])
  })

  it('are reviewed, refused and lifted on the day it happened, though the alarm for the review was raised before it became known', async () => {
    const at = await setUp()
    const [reviewed, refused, lifted] = [await inForce(at), await drafted(at, ISOLATED), await inForce(at)]
    expect(await at.act(county, 'closure', refused, 'isolate', { announcedWhere: '门口' })).toBe('done')
    at.on('2020-02-16', '08:00')
    await doDailyDuties(at.store)
    for (const id of [reviewed, refused, lifted]) expect(await at.row('closure', id)).toMatchObject({ review_overdue: true })
    const on15 = { happenedAt: '2020-02-15T04:00:00.000Z' }
    expect(await at.act(city, 'closure', refused, 'refuse', { ...DECISION, refusedBecause: '无必要' }, on15)).toBe('done')
    expect(await at.act(county, 'closure', lifted, 'lift', { liftedBy: '11', liftReason: '解除' }, on15)).toBe('done')
    expect(await at.act(county, 'closure', reviewed, 'review', { reviewNote: '仍有必要', reviewBy: '2020-02-20' }, on15)).toBe('done')
    expect(await at.row('closure', refused)).toMatchObject({ state: 'refused', review_overdue: null })
    expect(await at.row('closure', lifted)).toMatchObject({ state: 'lifted', review_overdue: null })
    at.on('2020-02-17', '08:00')
    await doDailyDuties(at.store)
    expect(await at.row('closure', reviewed)).toMatchObject({ state: 'inForce', review_by: '2020-02-20', review_overdue: null })
  })

  it('that are announced after the day of their review owe it on their first day, and do not lapse for it at once', async () => {
    const at = await setUp()
    const id = await drafted(at, { reviewBy: '2020-02-12' })
    await at.act(county, 'closure', id, 'submit')
    expect(await at.act(city, 'closure', id, 'approve', DECISION)).toBe('done')
    at.on('2020-02-17', '10:00')
    expect(await at.act(county, 'closure', id, 'announce', { announcedWhere: '广播' })).toBe('done')
    at.on('2020-02-17', '11:00')
    await doDailyDuties(at.store)
    expect(await at.row('closure', id)).toMatchObject({ state: 'inForce', review_by: '2020-02-17', review_overdue: null })
    at.on('2020-02-18', '00:10')
    await doDailyDuties(at.store)
    expect(await at.row('closure', id)).toMatchObject({ state: 'inForce', review_overdue: true })
  })

  it('are prolonged only by the government that approved them, for a term that is short again', async () => {
    const at = await setUp()
    const id = await inForce(at)
    at.on('2020-02-18')
    const longer = { ...DECISION, end: '2020-02-28T10:00:00.000Z', reviewBy: '2020-02-22' }
    expect(await at.act(countyHead, 'closure', id, 'prolong', longer)).toBe('not-next-higher')
    expect(await at.act(city, 'closure', id, 'prolong', { ...longer, end: '2020-03-18T10:00:00.000Z' })).toBe('end-wrong input.end')
    expect(await at.act(city, 'closure', id, 'prolong', longer)).toBe('done')
    expect(await at.act(county, 'closure', id, 'lift', { liftReason: '病例已转出，终末消毒完成' })).toBe('required input.liftedBy')
    // Nobody else lifts it: neither a neighbour nor anybody below.
    for (const liftedBy of ['12', '11a'])
      expect(await at.act(county, 'closure', id, 'lift', { liftedBy, liftReason: '病例已转出' })).toBe('lifted-by-another input.liftedBy')
    expect(await at.act(county, 'closure', id, 'lift', { liftedBy: '11', liftReason: '病例已转出，终末消毒完成' })).toBe('done')
    expect(await at.row('closure', id)).toMatchObject({ state: 'lifted', lifted_by: '11' })
  })

  it('are not changed under the decision by correcting what was handed in, nor is a step of theirs taken back', async () => {
    const at = await setUp()
    const acts = async (id: string) =>
      Object.fromEntries(
        (await at.db.query<{ id: string; action: string }>('select id, action from events where record_id = $1', [id])).map((one) => [
          one.action,
          one.id,
        ]),
      )
    const correct = (actor: Actor, id: string, event: string | undefined, change: object) =>
      at.act(actor, 'closure', id, 'correct', { event, reason: '看错', ...change })
    const id = await drafted(at)
    // A draft is still its writer's.
    expect(await correct(town, id, (await acts(id)).draft, { input: { outings: 2 } })).toBe('done')
    expect(await at.act(county, 'closure', id, 'submit')).toBe('done')
    expect(await at.act(city, 'closure', id, 'approve', DECISION)).toBe('done')
    expect(await at.act(county, 'closure', id, 'announce', { announcedWhere: '广播' })).toBe('done')
    at.on('2020-02-10', '19:00')
    await doTimedDuties(at.store)
    const was = await at.row('closure', id)
    expect(was).toMatchObject({ state: 'inForce', outings: 2 })
    const { draft, submit, approve, announce } = await acts(id)
    for (const input of [{ end: '2020-03-30T00:00:00.000Z' }, { areas: ['11a2'] }, { outings: 9 }])
      expect(await correct(town, id, draft, { input })).toBe(`correction-settled input.input.${Object.keys(input)[0]}`)
    for (const [actor, event] of [
      [town, draft],
      [county, submit],
      [city, approve],
      [county, announce],
    ] as const)
      expect(await correct(actor, id, event, { void: true })).toBe('correction-settled input.void')
    const { end, areas, outings, announced_at } = (await at.row('closure', id)) ?? {}
    expect({ end, areas, outings, announced_at }).toEqual({
      end: was?.end,
      areas: was?.areas,
      outings: was?.outings,
      announced_at: was?.announced_at,
    })
    // How the decision is written down may be set right, by who decided.
    expect(await correct(city, id, approve, { input: { decisionNo: '市指〔2020〕10号' } })).toBe('done')
    expect(await at.row('closure', id)).toMatchObject({ state: 'inForce', decision_no: '市指〔2020〕10号' })
  })

  it('of the city itself need the paper of the province, which decides outside of this system', async () => {
    const at = await setUp()
    const id = uuid()
    const order = {
      ...ORDER,
      organ: '1',
      measure: 'suspension',
      basis: '《中华人民共和国传染病防治法》第四十二条第一款第（二）项',
      areas: ['1'],
      start: '2020-02-10T00:50:00.000Z',
    }
    await at.act(duty, 'closure', id, 'draft', order, { area: '1' })
    expect(await at.act(duty, 'closure', id, 'submit')).toBe('done')
    expect(await at.act(city, 'closure', id, 'approve', DECISION)).toBe('not-next-higher')
    const paper = { ...DECISION, decidedBy: '省应急指挥部', decidedAt: '2020-02-10T00:30:00.000Z' }
    expect(await at.act(duty, 'closure', id, 'enterDecision', paper)).toBe('required input.decisionFile')
    expect(await at.act(duty, 'closure', id, 'enterDecision', { ...paper, decisionFile: FILE })).toBe('done')
    // So do the other decisions on it: a longer term, and what was isolated at once and reported up.
    const longer = { ...DECISION, end: '2020-02-22T10:00:00.000Z', reviewBy: '2020-02-15' }
    expect(await at.act(duty, 'closure', id, 'announce', { announcedWhere: '广播' })).toBe('done')
    at.on('2020-02-11')
    expect(await at.act(city, 'closure', id, 'prolong', longer)).toBe('paper-missing input.decisionFile')
    expect(await at.act(duty, 'closure', id, 'prolong', { ...longer, decisionFile: FILE })).toBe('done')
    const isolated = { ...order, ...ISOLATION, support: '物资保障组' }
    for (const [step, more] of [
      ['confirm', {}],
      ['refuse', { refusedBecause: '无必要' }],
    ] as const) {
      const one = uuid()
      await at.act(duty, 'closure', one, 'draft', { ...isolated, reviewBy: '2020-02-15' }, { area: '1' })
      expect(await at.act(duty, 'closure', one, 'isolate', { announcedWhere: '广播' })).toBe('done')
      expect(await at.act(duty, 'closure', one, step, { ...DECISION, ...more })).toBe('paper-missing input.decisionFile')
      expect(await at.act(duty, 'closure', one, step, { ...DECISION, ...more, decisionFile: FILE })).toBe('done')
    }
    const below = await drafted(at)
    await at.act(county, 'closure', below, 'submit')
    expect(
      await at.act(person('d', { role: 'duty-officer', path: '1/11/' }), 'closure', below, 'enterDecision', {
        ...paper,
        decisionFile: FILE,
      }),
    ).toBe('not-next-higher')
  })

  it('may not close roads, villages or markets where the risk is low', async () => {
    const at = await setUp()
    at.on('2020-02-19')
    const zone = uuid()
    const low = { place: '12', scheme: 'national', zone: 'low', asOf: '2020-02-18', instrument: '指导意见' }
    await at.act(SYSTEM, 'zone', zone, 'propose', low, { area: '12' })
    const times = { start: '2020-02-19T10:00:00.000Z', end: '2020-02-25T10:00:00.000Z', reviewBy: '2020-02-22' }
    const west = person('west', { role: 'county-clerk', path: '1/12/', unit: '12' })
    const submit = async (change: Record<string, unknown>) => {
      const id = uuid()
      await at.act(west, 'closure', id, 'draft', { ...ORDER, ...times, organ: '12', areas: ['12a1'], ...change }, { area: '12a1' })
      return at.act(west, 'closure', id, 'submit')
    }
    expect(await submit({})).toBe('done')
    const standing = uuid()
    const begun = { ...ORDER, ...times, organ: '12', areas: ['12a1'], start: '2020-02-19T00:00:00.000Z' }
    await at.act(west, 'closure', standing, 'draft', begun, { area: '12a1' })
    for (const [actor, step, input] of [
      [west, 'submit', {}],
      [city, 'approve', DECISION],
      [west, 'announce', { announcedWhere: '广播' }],
    ] as const)
      expect(await at.act(actor, 'closure', standing, step, input)).toBe('done')
    expect(await at.act(duty, 'zone', zone, 'announce', { announcedBy: '市应急指挥部' })).toBe('done')
    expect(await submit({})).toBe('low-risk input.measure')
    expect(await submit({ measure: 'closePlace' })).toBe('done')
    // What stands there already is not confirmed by a review either: it is lifted, or lapses.
    expect(await at.act(west, 'closure', standing, 'review', { reviewNote: '继续', reviewBy: '2020-02-24' })).toBe('low-risk input.measure')
    expect(await at.act(west, 'closure', standing, 'lift', { liftedBy: '12', liftReason: '低风险' })).toBe('done')
  })

  it('let no hand do what only time and the books do', async () => {
    const at = await setUp()
    const id = await inForce(at)
    for (const actor of [county, city, duty, auditor]) {
      expect(await at.act(actor, 'closure', id, 'lapse')).toBe('no-such-action')
      expect(await at.act(actor, 'closure', id, 'begin')).toBe('no-such-action')
      expect(await at.act(actor, 'closure', id, 'flagReview', { reviewOverdue: true })).toBe('no-such-action')
    }
  })
})
