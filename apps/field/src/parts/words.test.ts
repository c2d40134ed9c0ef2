import { registry } from '@guatu/domains'
import { type CarriedRow, ERASED, fixedClock, packRows } from '@guatu/kernel'
import { expect, it } from 'vitest'
import { Replica } from '../../../../packages/client/src/offline/replica.ts'
import { paperOf } from '../today/paper.ts'
import { linesOf } from '../today/round.ts'
import { clock, nameOf, said, tellsApart } from './words.ts'

const TODAY = '2020-02-14'
const AREA = { id: 'v', name: '示例村', level: 'village', path: '1/11/v/', county: '11' }
const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const HOME = uuid(1)
const FIRST = uuid(2)
const SECOND = uuid(3)
const STAYS = uuid(4)
const GONE = uuid(5)
const FAR = uuid(6)
const WATCH = uuid(7)
const NOWHERE = uuid(8)
const at = `${TODAY}T01:00:00.000Z`
const row = (id: string, state: string, fields: Readonly<Record<string, unknown>>): CarriedRow => ({
  id,
  county: '11',
  area: AREA.id,
  state,
  version: 1,
  createdAt: at,
  changedAt: at,
  lastEvent: '',
  fields,
})

/** A phone with somebody who was merged twice over, somebody who was erased, and one whose other entry stands in another village. */
function phone() {
  const replica = new Replica(registry, fixedClock(`${TODAY}T02:00:00Z`), (stamp) => stamp.deviceAt)
  replica.head = {
    now: `${TODAY}T02:00:00Z`,
    day: TODAY,
    zone: 'Asia/Shanghai',
    actor: { id: 'grid', name: 'grid', grants: [{ role: 'grid-worker', path: AREA.path }] },
    areas: [AREA],
    parameters: Object.fromEntries([...registry.parameters].map(([code, { settings }]) => [code, settings])),
    records: ['person', 'household', 'watch'],
    heads: {},
  }
  const take = (record: string, fields: readonly string[], rows: readonly CarriedRow[]) => replica.take(packRows(record, fields, rows))
  take('household', ['door'], [row(HOME, 'registered', { door: '2栋201' })])
  take(
    'person',
    ['name', 'household', 'mergedInto'],
    [
      row(FIRST, 'merged', { name: '册*', mergedInto: SECOND }),
      row(SECOND, 'merged', { name: '册*', mergedInto: STAYS }),
      row(STAYS, 'registered', { name: '测*', household: HOME }),
      row(GONE, 'erased', { name: ERASED }),
      row(FAR, 'merged', { name: '远*', mergedInto: NOWHERE }),
    ],
  )
  take(
    'watch',
    ['person', 'kind', 'from', 'dueMorning'],
    [row(WATCH, 'watching', { person: FIRST, kind: 'home', from: TODAY, dueMorning: TODAY })],
  )
  return replica
}

it('finds whoever is referred to under an old id under the one that stays, with name and door', () => {
  const replica = phone()
  const lines = linesOf(replica, TODAY, 'morning').filter((line) => line.task === 'reading')
  expect(lines.map((line) => [nameOf(replica, line.person, 'person', 'zh'), line.household?.fields.door])).toEqual([['测*', '2栋201']])
  const field = registry.records.get('watch')?.fields.person
  const called = (id: string, lang: 'zh' | 'en' = 'zh') => field && said(replica, field, id, lang)
  expect([called(FIRST), called(SECOND), called(STAYS)]).toEqual(['测*', '测*', '测*'])
  // The one that stays is not on this phone: the name of the entry itself is what there is.
  expect(called(FAR)).toBe('远*')
  expect([called(NOWHERE), called(NOWHERE, 'en')]).toEqual(['管辖外', 'outside jurisdiction'])
})

it('calls what a task refers to by a name and never by its id', () => {
  const replica = phone()
  const { household, watch } = registry.records.get('need')?.fields ?? {}
  if (!household || !watch) throw new Error('A need has no household or observation')
  expect([said(replica, household, HOME, 'zh'), said(replica, watch, WATCH, 'zh')]).toEqual(['2栋201', '测*'])
  expect([said(replica, watch, NOWHERE, 'zh'), said(replica, watch, NOWHERE, 'en')]).toEqual(['本机未带', 'not on this phone'])
})

it('says of whoever was erased that it is so, and looks for nobody who is merged or erased', () => {
  const replica = phone()
  expect(nameOf(replica, replica.stays('person', GONE), 'person', 'zh')).toBe('信息已删除')
  expect(nameOf(replica, replica.stays('person', GONE), 'person', 'en')).toBe('erased')
  expect(replica.all('person').map(({ id }) => id)).toEqual([STAYS])
})

it('refuses at once to observe a second time whoever is observed under the id of an entry that was merged', () => {
  const enter = (person: string) =>
    phone().decide({
      id: uuid(20),
      record: 'watch',
      recordId: uuid(21),
      action: 'enter',
      area: AREA.id,
      input: { person, kind: 'home', entry: 'list', class: 'other' },
    })
  expect(enter(STAYS)).toMatchObject({ ok: false, problem: { code: 'already-observed' } })
  expect(enter(SECOND)).toMatchObject({ ok: false, problem: { code: 'already-observed' } })
  expect(enter(FAR).ok).toBe(true)
})

it('says a time of today by the clock alone, and one of another day with its day in words', () => {
  expect(clock(`${TODAY}T01:05:00.000Z`, phone())).toEqual({ zh: '09:05', en: '09:05' })
  expect(clock('2020-02-13T15:59:59.000Z', phone())).toEqual({ zh: '2月13日 23:59', en: '13 Feb 23:59' })
})

it('reads out what is signed on the glass in the words of the paper, and only once the period is known', () => {
  const replica = phone()
  const signed = (fields: object, lang: 'zh' | 'en' = 'zh') =>
    paperOf(
      replica,
      row(WATCH, 'watching', { kind: 'home', class: 'listed', from: TODAY, ...fields }),
      replica.stays('person', STAYS),
      lang,
    )
  const period = { until: '2020-02-28', readings: 2, feverFrom: 37.3 }
  expect(signed({})).toBeUndefined()
  expect(signed(period)?.opening).toMatch(/^根据《中华人民共和国传染病防治法》.*自2020年2月14日起接受居家观察，至2020年2月28日解除。$/)
  expect(signed(period)?.duties?.lines[1]).toContain('每日测温2次并如实报告；体温≥37.3℃')
  expect(signed(period, 'en')?.opening).toContain('from 14 February 2020 until 28 February 2020')
})

it('tells those of one surname behind one door apart by what is known of them', () => {
  const apart = (fields: object, lang: 'zh' | 'en' = 'zh') =>
    tellsApart(phone(), row(STAYS, 'registered', { name: '测*', ...fields }), lang)
  expect(apart({ relation: 'head', sex: 'male', birthYear: 1990 })).toBe('户主 · 男 · 1990年生')
  expect(apart({ sex: 'female', birthYear: 1990 }, 'en')).toBe('Female · born 1990')
  expect([apart({}), tellsApart(phone(), undefined, 'zh')]).toEqual(['', ''])
})
