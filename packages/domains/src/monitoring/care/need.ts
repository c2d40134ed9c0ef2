import { type Act, defineRecord, type Follow, f, MOVE, NAMELESS, type RecordState } from '@guatu/kernel'
import { goesOnThere } from '../watch/entrusted.ts'

const CARE = {
  'grid-worker': 'area',
  'health-worker': 'area',
  'town-clerk': 'area',
  'county-clerk': 'area',
  'duty-officer': 'area',
} as const

const done = (row: { readonly dueOn?: string }, { day }: Act) => ({ doneOn: day, onTime: day <= (row.dueOn ?? day) })

interface SearchedAgain {
  readonly act: Act
  readonly area: string
  readonly after: { readonly household?: string }
  readonly related: Readonly<Record<string, readonly RecordState[]>>
}

/** Whoever has moved since is looked for where they are observed now, by whoever looks after them there. */
function searchedThere({ act, area, after, related }: SearchedAgain): readonly Follow[] {
  const [watch] = related.watch ?? []
  if (!watch) return []
  const { household } = watch.fields
  const own = (action: string, input: Follow['input']): Follow => ({ record: 'need', recordId: act.recordId, action, input })
  return [
    ...(household === undefined || household === after.household ? [] : [own('rehome', { household })]),
    ...(watch.area === area ? [] : [{ ...own(MOVE, {}), area: watch.area }]),
  ]
}

const NAMES_SOMEBODY = [
  { op: 'given', field: 'household' },
  { op: 'given', field: 'watch' },
] as const

/** A small task of daily life for an observed household 生活需求, with an owner and a day. */
export const need = defineRecord({
  name: 'need',
  label: { zh: '生活需求', en: 'Need' },
  at: 'town',
  // What is of a home or of somebody observed is where they are; anything else may be of a whole town.
  entered: { at: 'village', unless: { op: 'not', of: { op: 'some', of: NAMES_SOMEBODY } } },
  title: 'kind',
  fields: {
    kind: f.choice({
      label: { zh: '类别', en: 'Kind' },
      options: {
        daily: { zh: '生活物资', en: 'Daily supplies' },
        medicine: { zh: '药品就医', en: 'Medicine and care' },
        rubbish: { zh: '垃圾清运', en: 'Rubbish' },
        tell: { zh: '告知同户和包保人', en: 'Tell household and worker' },
        find: { zh: '立即查找', en: 'Find at once' },
        room: { zh: '安排房间', en: 'Give a room' },
        other: { zh: '其他', en: 'Other' },
      },
    }),
    text: f.text({ label: { zh: '内容', en: 'What' }, hint: NAMELESS, max: 300, optional: true }),
    household: f.record({ label: { zh: '户', en: 'Household' }, of: 'household', optional: true }),
    watch: f.record({ label: { zh: '观察', en: 'Observation' }, of: 'watch', optional: true }),
    /** Who lives in the room that the observed person is to have back. */
    resident: f.record({ label: { zh: '现住原房间的观察', en: 'Lives in the room now' }, of: 'watch', optional: true }),
    closure: f.record({ label: { zh: '封控决定', en: 'Closing order' }, of: 'closure', optional: true }),
    pass: f.record({ label: { zh: '通行证', en: 'Pass' }, of: 'pass', optional: true }),
    transfer: f.record({ label: { zh: '转诊', en: 'Transfer' }, of: 'transfer', optional: true }),
    worker: f.account({ label: { zh: '责任人', en: 'Owner' }, optional: true }),
    dueOn: f.date({ label: { zh: '办理时限', en: 'Due' } }),
    result: f.text({ label: { zh: '办理结果', en: 'Result' }, hint: NAMELESS, max: 300, optional: true }),
    doneOn: f.date({ label: { zh: '办结日期', en: 'Done on' }, optional: true }),
    foundAt: f.moment({ label: { zh: '找到时间', en: 'Found at' }, optional: true }),
    foundBy: f.actor({ label: { zh: '找到人', en: 'Found by' }, optional: true }),
    onTime: f.flag({ label: { zh: '按时', en: 'On time' }, optional: true }),
  },
  states: {
    open: { zh: '待办', en: 'Open' },
    taken: { zh: '办理中', en: 'In hand' },
    done: { zh: '已办', en: 'Done' },
    cancelled: { zh: '已取消', en: 'Cancelled' },
    lapsed: { zh: '已终止', en: 'Lapsed' },
  },
  actions: {
    open: {
      label: { zh: '登记需求', en: 'Register' },
      from: 'new',
      to: 'open',
      by: CARE,
      offline: true,
      tone: 'main',
      needs: ['kind', 'dueOn'],
      takes: ['text', 'household', 'watch', 'resident', 'closure', 'pass', 'transfer', 'worker'],
      notAsked: ['transfer', 'resident', 'pass'],
    },
    moveArea: {
      label: { zh: '调整管辖区划', en: 'Move to another area' },
      from: ['open', 'taken', 'done', 'cancelled', 'lapsed'],
      to: 'same',
      by: { 'town-clerk': 'area', 'county-clerk': 'area' },
      ...goesOnThere('need'),
    },
    take: {
      label: { zh: '承办', en: 'Take on' },
      from: ['open'],
      to: 'taken',
      by: CARE,
      offline: true,
      tone: 'main',
      effect: (_row, act) => ({ worker: act.actor }),
    },
    assign: {
      label: { zh: '指派', en: 'Assign' },
      from: ['open', 'taken'],
      to: 'same',
      by: { 'town-clerk': 'area', 'county-clerk': 'area', 'duty-officer': 'area' },
      needs: ['worker'],
      takes: ['dueOn'],
    },
    entrust: {
      label: { zh: '责任人随包保分工变更', en: 'Follow the assignments' },
      from: ['open', 'taken'],
      to: 'same',
      by: {},
      automatic: true,
      takes: ['worker'],
    },
    rehome: {
      label: { zh: '随户迁移', en: 'Moves along with the person' },
      from: ['open', 'taken'],
      to: 'same',
      by: {},
      automatic: true,
      foreseen: true,
      needs: ['household'],
    },
    passOn: {
      label: { zh: '合并登记已撤销，由本人责任人告知', en: 'Two people after all: told by whoever looks after this one' },
      from: ['open', 'taken'],
      to: 'same',
      by: {},
      automatic: true,
      takes: ['watch', 'worker'],
    },
    finish: {
      label: { zh: '办结', en: 'Done' },
      from: ['open', 'taken'],
      to: 'done',
      by: CARE,
      offline: true,
      tone: 'main',
      takes: ['result'],
      effect: done,
    },
    found: {
      label: { zh: '已找到', en: 'Found' },
      from: ['open', 'taken'],
      to: 'done',
      by: {},
      automatic: true,
      needs: ['result'],
      takes: ['foundAt', 'foundBy'],
      effect: done,
    },
    searchAgain: {
      label: { zh: '继续查找', en: 'Search on' },
      from: ['done'],
      to: 'open',
      by: {},
      automatic: true,
      related: { watch: { record: 'watch', at: 'watch', sees: ['household'], onward: true } },
      effect: () => ({ foundAt: null, foundBy: null, result: null, doneOn: null, onTime: null }),
      follows: searchedThere,
    },
    cancel: {
      label: { zh: '取消', en: 'Cancel' },
      from: ['open', 'taken'],
      to: 'cancelled',
      by: CARE,
      needs: ['result'],
    },
    // An earlier version made it without.
    ofPass: {
      label: { zh: '补记所涉通行证', en: 'Which pass it is about' },
      from: ['open', 'taken'],
      to: 'same',
      by: {},
      automatic: true,
      needs: ['pass'],
    },
    // With what had asked for it, and back with it: what somebody cancelled stays cancelled, whatever they wrote.
    lapse: {
      label: { zh: '原因已不存在，终止', en: 'Lapsed with what asked for it' },
      from: ['open', 'taken'],
      to: 'lapsed',
      by: {},
      automatic: true,
      needs: ['result'],
    },
  },
  read: { ...CARE, auditor: 'area' },
  list: {
    columns: ['dueOn', 'kind', 'text', 'worker', 'state', 'onTime', 'area'],
    filters: ['state', 'kind', 'dueOn', 'worker', 'watch', 'household'],
    sort: 'dueOn',
  },
  indexes: [['worker']],
  carried: {
    fields: ['kind', 'text', 'household', 'watch', 'worker', 'dueOn'],
    rows: { op: 'in', field: 'state', values: ['open', 'taken'] },
    first: (day) => ({ op: 'between', field: 'dueOn', high: day }),
  },
})
