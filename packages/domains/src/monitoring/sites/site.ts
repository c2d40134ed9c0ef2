import { type Draft, defineRecord, f, refuse, type Situation } from '@guatu/kernel'
import { EXPOSED, exposed } from './exposed.ts'

const OBSERVED: readonly string[] = ['watching', 'absent']
const OFFICE = { 'town-clerk': 'area', 'county-clerk': 'area', 'duty-officer': 'area' } as const
const number = (zh: string, en: string) => f.count({ label: { zh, en }, max: 10_000, optional: true })

const fields = {
  name: f.text({ label: { zh: '名称', en: 'Name' }, max: 80 }),
  kind: f.choice({
    label: { zh: '类型', en: 'Kind' },
    options: {
      hotel: { zh: '宾馆', en: 'Hotel' },
      school: { zh: '学校', en: 'School' },
      training: { zh: '培训中心', en: 'Training centre' },
      hospital: { zh: '医疗机构', en: 'Medical building' },
      other: { zh: '其他', en: 'Other' },
    },
  }),
  address: f.text({ label: { zh: '地址', en: 'Address' }, max: 120 }),
  rooms: f.list({
    label: { zh: '房间', en: 'Rooms' },
    item: f.text({ label: { zh: '房间', en: 'Room' }, max: 20 }),
    max: 2_000,
  }),
  capacity: f.count({ label: { zh: '房间数', en: 'Number of rooms' }, optional: true }),
  manager: f.text({ label: { zh: '负责人（职务）', en: 'In charge (by role)' }, max: 60, optional: true }),
  doctors: number('医务人员', 'Medical staff'),
  guards: number('安保人员', 'Guards'),
  cleaners: number('保洁消毒', 'Cleaning and disinfection'),
  cooks: number('后勤', 'Catering'),
  openedOn: f.date({ label: { zh: '启用日期', en: 'Opened on' }, optional: true }),
  closedOn: f.date({ label: { zh: '停用日期', en: 'Closed on' }, optional: true }),
  positiveOn: f.date({ label: { zh: '最近阳性日', en: 'Last positive on' }, optional: true }),
} as const

const residents = ({ related }: Situation<typeof fields>) => (related.residents ?? []).filter((one) => OBSERVED.includes(one.state))
const rooms = (row: Draft<typeof fields>) => ({ capacity: row.rooms?.length ?? 0 })
/** A room stands on the list once: the number of rooms is counted from it. */
const eachOnce = ({ after }: Situation<typeof fields>) =>
  new Set(after.rooms).size === (after.rooms ?? []).length
    ? undefined
    : refuse('room-twice', { zh: '房间号有重复，请核对。', en: 'A room is listed twice; check the rooms.' }, { path: 'input.rooms' })
const RESIDENTS = { residents: { record: 'watch', by: 'site', sees: ['room'] } } as const

/** A central observation site 集中隔离点: rooms, staff, and who was there when somebody tested positive. */
export const site = defineRecord({
  name: 'site',
  label: { zh: '集中隔离点', en: 'Site' },
  at: 'town',
  title: 'name',
  fields,
  states: { planned: { zh: '备用', en: 'Stand-by' }, open: { zh: '启用', en: 'Open' }, closed: { zh: '停用', en: 'Closed' } },
  actions: {
    register: {
      label: { zh: '登记', en: 'Register' },
      from: 'new',
      to: 'planned',
      by: OFFICE,
      needs: ['name', 'kind', 'address', 'rooms'],
      takes: ['manager', 'doctors', 'guards', 'cleaners', 'cooks'],
      tone: 'main',
      effect: rooms,
      guard: eachOnce,
    },
    update: {
      label: { zh: '更新', en: 'Update' },
      from: ['planned', 'open'],
      to: 'same',
      by: OFFICE,
      takes: ['name', 'kind', 'address', 'rooms', 'manager', 'doctors', 'guards', 'cleaners', 'cooks'],
      related: RESIDENTS,
      effect: rooms,
      guard: (at) => {
        const rooms = at.after.rooms ?? []
        const lodged = residents(at).find((one) => one.fields.room !== undefined && !rooms.includes(String(one.fields.room)))
        return lodged
          ? refuse(
              'room-occupied',
              {
                zh: `${String(lodged.fields.room)}房间有人，不能删除。`,
                en: `Room ${String(lodged.fields.room)} is occupied and cannot be removed.`,
              },
              { path: 'input.rooms' },
            )
          : eachOnce(at)
      },
    },
    open: {
      label: { zh: '启用', en: 'Open' },
      from: ['planned', 'closed'],
      to: 'open',
      by: OFFICE,
      tone: 'main',
      effect: (_row, act) => ({ openedOn: act.day, closedOn: null }),
    },
    positive: {
      label: { zh: '发现阳性', en: 'Positive found' },
      from: ['open'],
      to: 'same',
      by: { 'health-worker': 'area', 'county-clerk': 'area', 'duty-officer': 'area' },
      tone: 'danger',
      needs: ['positiveOn'],
      with: {
        watch: f.record({ label: { zh: '阳性人员的观察', en: 'Observation of the positive person' }, of: 'watch', optional: true }),
        exposed: f.list({
          label: { zh: '暴露房间（不填为全部）', en: 'Exposed rooms (all when empty)' },
          item: f.text({ label: { zh: '房间', en: 'Room' }, max: 20 }),
          max: 2_000,
          optional: true,
        }),
      },
      related: EXPOSED,
      guard: ({ after, today }) =>
        (after.positiveOn ?? today) > today
          ? refuse('day-in-future', { zh: '日期不能晚于今天。', en: 'The day cannot lie in the future.' }, { path: 'input.positiveOn' })
          : undefined,
      follows: (at) => (at.parameter<boolean>('monitoring.site.restart') ? exposed(at) : []),
      settles: {
        fields: ['positiveOn'],
        own: ['watch', 'exposed'],
        undone: true,
        instead: {
          zh: '同点人员的期限已据此重新计算；有误的，请作废这次“发现阳性”（期限随之恢复），再按实际情况登记。',
          en: 'Periods of those there began anew by it: strike this “positive found”, which brings them back, and enter what was so.',
        },
      },
      undoes: true,
    },
    close: {
      label: { zh: '停用', en: 'Close' },
      from: ['open', 'planned'],
      to: 'closed',
      by: OFFICE,
      tone: 'danger',
      related: RESIDENTS,
      guard: (at) => {
        const many = residents(at).length
        return many > 0
          ? refuse('site-occupied', {
              zh: `仍有${many}人在此观察，请先解除或转出。`,
              en: `${many} people are still observed here; release or move them first.`,
            })
          : undefined
      },
      effect: (_row, act) => ({ closedOn: act.day }),
    },
  },
  read: { ...OFFICE, 'grid-worker': 'area', 'health-worker': 'area', auditor: 'area' },
  list: {
    columns: ['name', 'kind', 'address', 'capacity', 'manager', 'doctors', 'state', 'positiveOn', 'area'],
    filters: ['state', 'kind', 'positiveOn'],
    sort: 'name',
  },
})
