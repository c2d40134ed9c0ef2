import { registry } from '@guatu/domains'
import { type Actor, type AreaFact, addDays, fixedClock, type Role, SYSTEM } from '@guatu/kernel'
import type { Place } from '../../../../../testing/src/databases/index.ts'
import { migrated } from '../../../../../testing/src/stores/tables.ts'
import { doDailyDuties } from '../../jobs/daily.ts'
import { migrations } from '../../store/migrations/index.ts'
import { openStore, type Store } from '../../store/store.ts'

const FOUNDED = '2019-10-01'
/** An area as it was founded. */
export const area = (id: string, level: 'city' | 'county' | 'town' | 'unit', name: string, parent: string | null): AreaFact => ({
  kind: 'created',
  id,
  level,
  ...(level === 'unit' ? { nature: 'functional' as const } : {}),
  code: null,
  name,
  parent,
  date: FOUNDED,
  instrument: '示例名册',
})

const AREAS = [
  area('c', 'city', '江口市', null),
  area('c1', 'county', '东江区', 'c'),
  area('c2', 'county', '西岭县', 'c'),
  area('office', 'unit', '市督查室', 'c'),
  area('health', 'unit', '市卫生健康委', 'c'),
  area('transport', 'unit', '市交通运输局', 'c'),
  area('hq1', 'unit', '东江区应急指挥部', 'c1'),
  area('hq2', 'unit', '西岭县应急指挥部', 'c2'),
]

const person = (role: Role, path: string, unit?: string): Actor => ({
  id: unit ?? role,
  name: role,
  grants: [{ role, path, ...(unit === undefined ? {} : { unit }) }],
})

export const people = {
  office: person('supervision-office', 'c/', 'office'),
  leader: person('leader', 'c/'),
  health: person('agency-clerk', 'c/', 'health'),
  transport: person('agency-clerk', 'c/', 'transport'),
  hq1: person('county-clerk', 'c/c1/', 'hq1'),
  hq2: person('county-clerk', 'c/c2/', 'hq2'),
} as const

/** A city of two counties in which one meeting's directives are worked off, act by act, on the hour given. */
export interface ScriptedCity {
  readonly store: Store
  /** Sets the clock: hours and minutes of a day in February 2020, city time. */
  at(day: number, time: string): string
  /** Lets a city midnight pass: open tasks are graded anew. */
  night(day: number): Promise<void>
  act(who: Actor, record: string, id: string, action: string, input?: Readonly<Record<string, unknown>>, more?: object): Promise<string>
  readonly meeting: string
  /** The task of a unit for the matter with this number at its end. */
  task(unit: string, order: number): Promise<string>
}

const moment = (day: number, time: string) =>
  Temporal.ZonedDateTime.from(`${addDays('2020-02-01', day - 1)}T${time}[Asia/Shanghai]`)
    .toInstant()
    .toString()

/** What such a city starts from. */
export const cityTables = migrated(migrations)

export async function openCity(place: Pick<Place, 'target'>, clock = fixedClock(moment(14, '09:00'))): Promise<ScriptedCity> {
  const store = await openStore({ target: place.target, registry, clock, migrations })
  const founded = await store.areas.confirm(AREAS, SYSTEM, store.writer)
  if (!founded.ok) throw new Error(founded.problem.message.en)
  const meeting = crypto.randomUUID()
  const city: ScriptedCity = {
    store,
    meeting,
    at: (day, time) => {
      clock.set(moment(day, time))
      return moment(day, time)
    },
    night: async (day) => {
      clock.set(moment(day, '00:00:05'))
      await doDailyDuties(store)
    },
    act: async (who, record, id, action, input = {}, more = {}) => {
      const event = crypto.randomUUID()
      const done = await store.as(who).submit({ id: event, record, recordId: id, action, area: 'c', input, ...more })
      if (!done.ok) throw new Error(`${record}.${action}: ${done.problem.message.en}`)
      clock.set(clock.now().add({ seconds: 1 }).toString())
      return event
    },
    task: async (unit, order) => {
      const rows = await store.db.query<{ id: string }>('select id from r_task where unit = $1 and number like $2', [unit, `%-0${order}`])
      return rows[0]?.id ?? ''
    },
  }
  return city
}

const EVIDENCE = [{ hash: 'a'.repeat(64), name: '现场照片.jpg', type: 'image/jpeg', size: 1_000 }]

/**
 * The history that the tests share. 14 Feb: three directives approved and assigned. 15 Feb: signatures and first reports.
 * 17 Feb: one is handed in and accepted. 18 Feb: another is overdue, with a problem and an extension asked for.
 */
export async function playHistory(city: ScriptedCity): Promise<void> {
  const { act, at, meeting, task } = city
  at(14, '09:30')
  const directives = [
    {
      action: '逐户排查登记返乡人员',
      domain: 'containment',
      lead: 'health',
      assisting: ['hq1', 'hq2'],
      due: '2020-02-17',
      indicators: ['command.tasksOpen', '核酸检测能力'],
    },
    { action: '备足防护物资', domain: 'supplies', lead: 'health', assisting: [], due: '2020-02-28' },
    { action: '开通务工人员专车', domain: 'labour_transport', lead: 'transport', assisting: ['hq1'], due: '2020-02-18' },
  ]
  const text = `${directives.map(({ action }) => action).join('。')}。`
  await act(people.office, 'meeting', meeting, 'record', {
    title: '市应对疫情工作领导小组第4次会议',
    heldOn: '2020-02-14',
    session: 4,
    text,
  })
  for (const [i, directive] of directives.entries())
    await act(people.office, 'directive', crypto.randomUUID(), 'draft', {
      meeting,
      order: i + 1,
      quote: directive.action,
      start: text.indexOf(directive.action),
      end: text.indexOf(directive.action) + directive.action.length,
      ...directive,
    })
  at(14, '10:00')
  await act(people.office, 'meeting', meeting, 'approve')
  const items = await city.store.db.query<{ id: string }>('select id from r_item order by number')
  for (const { id } of items) await act(people.office, 'item', id, 'assign')
  at(14, '15:00')
  await act(people.health, 'task', await task('health', 1), 'sign')
  await act(people.hq1, 'task', await task('hq1', 1), 'sign')
  at(15, '09:00')
  await act(people.health, 'task', await task('health', 1), 'update', { progress: '已排查2个乡镇。', percent: 40 })
  await act(people.transport, 'task', await task('transport', 3), 'sign')
  at(16, '16:00')
  // What is attached was sent by whoever attaches it.
  await city.store.db.query('insert into attachments (hash, actor, recorded_at) values ($1, $2, now())', [
    EVIDENCE[0]?.hash,
    people.health.id,
  ])
  await act(people.health, 'task', await task('health', 1), 'report', { progress: '全市乡镇排查完毕。', evidence: EVIDENCE })
  at(17, '09:00')
  await act(people.office, 'task', await task('health', 1), 'accept')
  await act(people.transport, 'task', await task('transport', 3), 'update', {
    progress: '已与两省对接运力',
    percent: 20,
    problems: '发车计划需对方省同意。',
  })
  await act(people.transport, 'task', await task('transport', 3), 'askExtension', {
    extensionTo: '2020-02-25',
    extensionReason: '等待对方省答复',
    progress: '已与两省对接运力',
  })
  for (const day of [18, 19]) await city.night(day)
  at(19, '10:00')
  await act(people.office, 'task', await task('transport', 3), 'chase', { how: 'phone' })
}
