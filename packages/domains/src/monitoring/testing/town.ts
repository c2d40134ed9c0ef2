import {
  type Actor,
  buildRegistry,
  type Command,
  defineDomain,
  defineRecord,
  erase,
  f,
  fixedClock,
  MOVE,
  type ParameterSetting,
  type RecordState,
} from '@guatu/kernel'
import { places } from '@guatu/testing'
import { lastAct } from '../../../../../testing/src/stores/acting.ts'
import { migrated, tablesOf } from '../../../../../testing/src/stores/tables.ts'
import type { Database } from '../../../../server/src/store/database/index.ts'
import { createWriter } from '../../../../server/src/store/log/writer.ts'
import { getRecord } from '../../../../server/src/store/query/list.ts'
import { rebuild } from '../../../../server/src/store/rebuild/rebuild.ts'
import { openSettings } from '../../../../server/src/store/settings/settings.ts'
import { transferId } from '../care/sick.ts'
import monitoring from '../index.ts'

/** As much of the register of people as monitoring looks at: who lives where, and who looks after them. */
const household = f.record({ label: { zh: '户', en: 'Household' }, of: 'household', optional: true })
const name = f.text({ label: { zh: '名称', en: 'Name' }, max: 60 })
const shared = { at: 'village', title: 'name', read: {}, list: { columns: [], filters: [], sort: 'name' } } as const
const by = { 'town-clerk': 'area' } as const
const place = defineRecord({
  ...shared,
  name: 'place',
  label: { zh: '场所', en: 'Place' },
  fields: { name, within: f.record({ label: { zh: '所属场所', en: 'Part of' }, of: 'place', optional: true }) },
  states: { open: { zh: '在用', en: 'In use' } },
  actions: { register: { label: { zh: '登记', en: 'Register' }, from: 'new', to: 'open', by, needs: ['name'], takes: ['within'] } },
})
const home = defineRecord({
  ...shared,
  name: 'household',
  label: { zh: '户', en: 'Household' },
  fields: { name, place: f.record({ label: { zh: '楼栋', en: 'Building' }, of: 'place', optional: true }) },
  states: { registered: { zh: '在册', en: 'Registered' } },
  actions: { register: { label: { zh: '登记', en: 'Register' }, from: 'new', to: 'registered', by, needs: ['name'], takes: ['place'] } },
})
const person = defineRecord({
  ...shared,
  name: 'person',
  label: { zh: '人员', en: 'Person' },
  fields: {
    name,
    household,
    mergedInto: f.person({ label: { zh: '并入', en: 'Merged into' }, optional: true }),
    receipts: f.list({ label: { zh: '接收依据', en: 'Received by' }, item: name, max: 60, optional: true }),
  },
  states: { registered: { zh: '在册', en: 'Registered' } },
  actions: {
    register: { label: { zh: '登记', en: 'Register' }, from: 'new', to: 'registered', by, needs: ['name'], takes: ['household'] },
    comeToStay: {
      label: { zh: '接收', en: 'Received' },
      from: ['registered'],
      to: 'same',
      by: {},
      automatic: true,
      with: {
        village: f.area({ label: { zh: '村', en: 'Village' } }),
        broughtBy: f.text({ label: { zh: '接收依据', en: 'Received by' }, max: 36 }),
      },
      follows: ({ act }) => [{ record: 'person', recordId: act.recordId, action: MOVE, area: String(act.input.village), input: {} }],
      settles: [],
    },
  },
})
const assignment = defineRecord({
  ...shared,
  name: 'assignment',
  label: { zh: '包保', en: 'Assignment' },
  at: 'city',
  fields: {
    worker: name,
    household,
    place: f.record({ label: { zh: '场所', en: 'Place' }, of: 'place', optional: true }),
    account: f.account({ label: { zh: '账号', en: 'Account' } }),
    part: name,
    from: f.date({ label: { zh: '起', en: 'From' } }),
    to: f.date({ label: { zh: '止', en: 'To' }, optional: true }),
  },
  title: 'worker',
  list: { columns: [], filters: [], sort: 'worker' },
  states: { active: { zh: '在岗', en: 'Active' }, ended: { zh: '已结束', en: 'Ended' } },
  actions: {
    assign: {
      label: { zh: '分工', en: 'Assign' },
      from: 'new',
      to: 'active',
      by,
      needs: ['worker', 'account', 'part', 'from'],
      takes: ['household', 'place', 'to'],
    },
    end: { label: { zh: '结束', en: 'End' }, from: ['active'], to: 'ended', by },
  },
})
const people = defineDomain({
  name: 'people',
  label: { zh: '人户', en: 'People' },
  records: [erase(person), erase(home), erase(place), erase(assignment)],
})

export const registry = buildRegistry([people, monitoring])
export const uuid = () => crypto.randomUUID()

const one = (id: string, grant: Actor['grants'][number]): Actor => ({ id, name: id, grants: [grant] })
/** Who works in the town 11a and its county. */
export const staff = {
  worker: one('worker', { role: 'grid-worker', path: '1/11/11a/11a1/' }),
  otherWorker: one('other', { role: 'grid-worker', path: '1/12/' }),
  town: one('town', { role: 'town-clerk', path: '1/11/11a/' }),
  county: one('county', { role: 'county-clerk', path: '1/11/' }),
  doctor: one('doctor', { role: 'health-worker', path: '1/11/' }),
  gate: one('gate', { role: 'gate-officer', path: '1/11/' }),
  auditor: one('auditor', { role: 'auditor', path: '1/' }),
} as const

export const townTables = migrated(tablesOf(registry))

/** A town on a day: who does what, when, and what stands in the register and in the books afterwards. */
export async function townOn(db: Database<unknown>, day = '2020-02-05') {
  const clock = fixedClock(`${day}T01:00:00Z`)
  // Tests of one file share a database; what one of them set is not for the next.
  await db.query('delete from settings')
  const settings = await openSettings(db, registry, clock)
  const writer = createWriter(
    db,
    { registry, clock, areas: () => places, parameters: (on, path) => settings.at(on, path) },
    (_reference, error) => {
      throw error
    },
  )
  const tell = async (actor: Actor, command: Omit<Command, 'id'> & { readonly id?: string }) => {
    const done = await writer.submit({ id: uuid(), ...command }, actor)
    return done.ok ? 'done' : `${done.problem.code}${done.problem.path ? ` ${done.problem.path}` : ''}`
  }
  /** One act in the village 11a1, at `at` or now; answers `done` or the code and path of the refusal. */
  const act = (actor: Actor, record: string, recordId: string, action: string, input: Command['input'] = {}, at?: string) =>
    tell(actor, { record, recordId, action, area: '11a1', input, ...(at === undefined ? {} : { happenedAt: at }) })
  const get = async (record: string, id: string): Promise<RecordState> => {
    const def = registry.records.get(record)
    const row = def && (await getRecord(db, def, { all: true, paths: [], units: [] }, id))
    if (!row) throw new Error(`no ${record} ${id}`)
    return row
  }
  const all = async (record: string, where = 'true') => {
    const rows = await db.query<{ id: string }>(`select id from r_${record} where ${where} order by created_at, id`)
    return Promise.all(rows.map((row) => get(record, row.id)))
  }
  /** Id of the transfer that signs at an observation first ask for, or of the one after another was settled. */
  const transferOf = async (watch: string, settled?: string) => transferId(String((await get('watch', watch)).fields.person), settled)
  /** Stock of an indicator in the county at the end of a day. */
  const stock = async (indicator: string, on = '9999-12-31') =>
    (
      await db.query<{ n: number }>(
        `select coalesce(sum(entered - "left" + moved_in - moved_out), 0)::int as n from tallies where measure = $1 and area = '11' and day <= $2`,
        [`monitoring.${indicator}`, on],
      )
    )[0]?.n ?? 0
  /** Differences between the stored states and books and those that the events say. */
  const differences = async () => (await rebuild(db, registry, places, { check: true })).differences
  const on = (next: string, time = '09:00') =>
    clock.set(Temporal.PlainDateTime.from(`${next}T${time}`).toZonedDateTime('Asia/Shanghai').toInstant().toString())
  const set = (code: string, value: ParameterSetting['value']) =>
    settings.add(`monitoring.${code}`, { value, instrument: { zh: '测试', en: 'test' } }, staff.auditor)
  return {
    db,
    clock,
    settings,
    writer,
    act,
    tell,
    get,
    all,
    transferOf,
    stock,
    differences,
    on,
    set,
    store: { db, registry, clock, settings, writer },
  }
}
export type Town = Awaited<ReturnType<typeof townOn>>

/** Takes the last act of a kind back, as somebody who pressed it by mistake. */
export const takeBack = async (t: Town, who: Actor, record: string, id: string, action: string) =>
  t.act(who, record, id, 'correct', { event: await lastAct(t.db, id, action), reason: '点错', void: true })

/** An arrival from Wuhan on the day before, by a worker. */
export const fromWuhan = (more: Record<string, unknown> = {}) => ({
  person: uuid(),
  channel: 'worker',
  arrivedOn: '2020-02-04',
  origin: '湖北省武汉市',
  originCode: '420100',
  ...more,
})

export const at = (day: string, time: string) =>
  Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime('Asia/Shanghai').toInstant().toString()
