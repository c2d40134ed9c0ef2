import {
  type Act,
  type Changes,
  type Draft,
  defineRecord,
  derivedId,
  type Follow,
  f,
  type RecordState,
  type Situation,
} from '@guatu/kernel'
import { symptoms } from '../options.ts'
import { CHARGE, workerOf } from '../watch/in-charge.ts'
import { lastCleared, transferId } from './sick.ts'

const fields = {
  person: f.person({ label: { zh: '本人', en: 'Person' } }),
  household: f.record({ label: { zh: '户', en: 'Household' }, of: 'household', optional: true }),
  watch: f.record({ label: { zh: '观察', en: 'Observation' }, of: 'watch', optional: true }),
  arrival: f.record({ label: { zh: '返巴申报', en: 'Arrival' }, of: 'arrival', optional: true }),
  reason: f.choice({
    label: { zh: '转诊原因', en: 'Reason' },
    options: {
      signs: { zh: '发热或有症状', en: 'Fever or signs' },
      positive: { zh: '检测阳性', en: 'Tested positive' },
      illness: { zh: '其他疾病', en: 'Other illness' },
    },
  }),
  openedOn: f.date({ label: { zh: '提出日期', en: 'Opened on' }, optional: true }),
  highest: f.temperature({ label: { zh: '最高体温', en: 'Highest temperature' }, optional: true }),
  symptoms,
  takenAt: f.moment({ label: { zh: '最近读数', en: 'Last reading' }, optional: true }),
  vehicle: f.text({ label: { zh: '转运车辆', en: 'Vehicle' }, max: 60, optional: true }),
  clinic: f.text({ label: { zh: '发热门诊', en: 'Fever clinic' }, max: 120, optional: true }),
  sentAt: f.moment({ label: { zh: '发车时间', en: 'Left at' }, optional: true }),
  admittedAt: f.moment({ label: { zh: '接诊时间', en: 'Taken in at' }, optional: true }),
  findings: f.text({ label: { zh: '诊察结果', en: 'Findings' }, max: 1_000, multiline: true, optional: true, sensitive: true }),
  settledOn: f.date({ label: { zh: '结论日期', en: 'Settled on' }, optional: true }),
} as const
type Transfer = Draft<typeof fields>
type At = Situation<typeof fields>

const OFFICES = {
  'grid-worker': 'area',
  'health-worker': 'area',
  'town-clerk': 'area',
  'county-clerk': 'area',
  'duty-officer': 'all',
} as const
/** A gate asks for whom it stopped; what became of it is the clinic's business. */
const ASK = { ...OFFICES, 'gate-officer': 'area' } as const
const CLINIC = { 'health-worker': 'area', 'county-clerk': 'area', 'duty-officer': 'all' } as const
const UNDER_WAY = ['open', 'sent', 'admitted'] as const
const ALL = [...UNDER_WAY, 'cleared', 'suspected', 'confirmed', 'cancelled'] as const
const OBSERVED: readonly string[] = ['watching', 'absent']
const HOUSEMATES = { housemates: { record: 'watch', by: 'household', through: 'household', sees: ['worker'] }, ...CHARGE } as const
const WATCH = { watch: { record: 'watch', at: 'watch', sees: ['clearedTransfer', 'clearedOn', 'until', 'departure'] } } as const
const OTHERS = { mine: { record: 'watch', by: 'person', through: 'person', sees: [], doubles: 'person' } } as const

/** Signs add up: the highest temperature, every symptom, the latest time; in any order the same. */
const added = (row: Transfer, act: Act): Changes<typeof fields> => {
  const temperature = typeof act.input.temperature === 'number' ? act.input.temperature : undefined
  const more = (act.input.symptoms ?? []) as NonNullable<Transfer['symptoms']>
  const all = [...new Set([...(row.symptoms ?? []), ...more])].sort()
  const at = String(act.input.at ?? act.happenedAt)
  return {
    highest: temperature === undefined ? (row.highest ?? null) : Math.max(row.highest ?? temperature, temperature),
    symptoms: all.length > 0 ? all : null,
    takenAt: row.takenAt !== undefined && row.takenAt > at ? row.takenAt : at,
  }
}

/** The household and the workers of its others under observation are told: each a task of the day, one for a transfer. */
function told({ after, act, related, places }: At): readonly Follow[] {
  const { household } = after
  if (household === undefined) return []
  const day = String(act.input.openedOn ?? act.day)
  const open = (key: string, more: Readonly<Record<string, unknown>>): Follow => ({
    record: 'need',
    recordId: derivedId(`tell/${act.recordId}/${key}`),
    once: true,
    action: 'open',
    input: { kind: 'tell', household, dueOn: day, ...more },
  })
  const own = related.housemates?.find((one) => one.id === after.watch)?.fields.worker
  const worker = own ?? workerOf({ related, household, day: act.day, places })
  const others = (related.housemates ?? []).filter((one) => one.id !== after.watch && OBSERVED.includes(one.state))
  return [
    open(household, worker === undefined ? {} : { worker }),
    ...others.map((one) => open(one.id, { watch: one.id, ...(one.fields.worker === undefined ? {} : { worker: one.fields.worker }) })),
  ]
}

const observed = ({ after, related }: At) => {
  const watch = related.watch?.[0]
  return watch && after.watch !== undefined ? watch : undefined
}

/** The signs known so far are settled; further ones ask for another transfer. */
const settled = (watch: RecordState, { act }: At): Follow => ({
  record: 'watch',
  recordId: watch.id,
  action: 'clear',
  input: { clearedOn: act.day, clearedTransfer: act.recordId },
})

/** Whoever was taken in as suspected and is cleared goes on being observed, as long as the period still runs. */
function goesOn(watch: RecordState, { state, act, related }: At): readonly Follow[] {
  const left = state === 'suspected' && watch.state === 'transferred' && watch.fields.departure === undefined
  const other = (related.mine ?? []).some((one) => OBSERVED.includes(one.state))
  const runs = String(watch.fields.until ?? '') > act.day
  return left && runs && !other ? [{ record: 'watch', recordId: watch.id, action: 'resume', input: {} }] : []
}

/** To the fever clinic 转诊: opened by signs at a reading or a declaration, or by hand; ends with what the clinic found. */
export const transfer = defineRecord({
  name: 'transfer',
  label: { zh: '转诊', en: 'Transfer' },
  at: 'town',
  title: 'reason',
  fields,
  states: {
    open: { zh: '待转运', en: 'To be sent' },
    sent: { zh: '转运中', en: 'On the way' },
    admitted: { zh: '已接诊', en: 'At the clinic' },
    cleared: { zh: '已排除', en: 'Cleared' },
    suspected: { zh: '转疑似', en: 'Suspected' },
    confirmed: { zh: '转确诊', en: 'Confirmed' },
    cancelled: { zh: '已取消', en: 'Cancelled' },
  },
  actions: {
    open: {
      label: { zh: '提出转诊', en: 'Ask for transfer' },
      from: 'new',
      to: 'open',
      by: ASK,
      offline: true,
      tone: 'main',
      needs: ['person', 'reason'],
      takes: ['household', 'watch', 'arrival', 'openedOn'],
      related: HOUSEMATES,
      effect: (row, act) => ({ openedOn: row.openedOn ?? act.day }),
      follows: told,
    },
    note: {
      label: { zh: '补充体征', en: 'Add signs' },
      from: ALL,
      to: 'same',
      by: ASK,
      offline: true,
      with: {
        temperature: f.temperature({ label: { zh: '体温', en: 'Temperature' }, optional: true }),
        symptoms,
        at: f.moment({ label: { zh: '测量时间', en: 'Taken at' }, optional: true }),
      },
      // Whoever came under observation in the household since is told too; and in whatever order readings arrive, the same people are.
      related: HOUSEMATES,
      effect: added,
      follows: told,
    },
    send: {
      label: { zh: '派车转运', en: 'Send' },
      from: ['open'],
      to: 'sent',
      by: { ...ASK },
      tone: 'main',
      needs: ['vehicle', 'clinic'],
      effect: (_row, act) => ({ sentAt: act.happenedAt }),
    },
    admit: {
      label: { zh: '接诊', en: 'Take in' },
      from: ['open', 'sent'],
      to: 'admitted',
      by: CLINIC,
      tone: 'main',
      takes: ['clinic'],
      effect: (_row, act) => ({ admittedAt: act.happenedAt }),
    },
    clear: {
      label: { zh: '排除', en: 'Clear' },
      from: [...UNDER_WAY, 'suspected'],
      to: 'cleared',
      by: CLINIC,
      takes: ['findings'],
      related: { ...WATCH, ...OTHERS },
      effect: (_row, act) => ({ settledOn: act.day }),
      follows: (at) => {
        const watch = observed(at)
        return watch ? [settled(watch, at), ...goesOn(watch, at)] : []
      },
    },
    suspect: {
      label: { zh: '转疑似', en: 'Suspected' },
      from: UNDER_WAY,
      to: 'suspected',
      by: CLINIC,
      tone: 'danger',
      takes: ['findings', 'clinic'],
      related: WATCH,
      effect: (_row, act) => ({ settledOn: act.day }),
      follows: (at) => {
        const watch = observed(at)
        const open = watch && OBSERVED.includes(watch.state)
        return open ? [{ record: 'watch', recordId: watch.id, action: 'transfer', input: { exitTo: at.after.clinic ?? '发热门诊' } }] : []
      },
    },
    confirm: {
      label: { zh: '转确诊', en: 'Confirmed' },
      from: [...UNDER_WAY, 'suspected'],
      to: 'confirmed',
      by: CLINIC,
      tone: 'danger',
      takes: ['findings'],
      related: WATCH,
      effect: (_row, act) => ({ settledOn: act.day }),
      follows: (at) => {
        const watch = observed(at)
        const open = watch && [...OBSERVED, 'transferred'].includes(watch.state)
        return open ? [{ record: 'watch', recordId: watch.id, action: 'confirm', input: {} }] : []
      },
    },
    cancel: {
      label: { zh: '取消', en: 'Cancel' },
      from: ['open'],
      to: 'cancelled',
      by: CLINIC,
      tone: 'danger',
      with: { reason: f.text({ label: { zh: '原因', en: 'Reason' }, max: 300 }) },
      related: WATCH,
      // Only where the signs belong to it: another one may be under way beside a transfer that was asked for by hand.
      follows: (at) => {
        const watch = observed(at)
        return watch && transferId(watch.id, lastCleared(watch.fields)) === at.act.recordId ? [settled(watch, at)] : []
      },
    },
    withdraw: {
      label: { zh: '卡口登记已撤销', en: 'The line at the gate was struck' },
      from: ['open', 'sent'],
      to: 'cancelled',
      by: {},
      automatic: true,
      with: { reason: f.text({ label: { zh: '原因', en: 'Reason' }, max: 300 }) },
    },
  },
  holds: { of: 'person', states: ['open', 'sent', 'admitted'] },
  read: { ...OFFICES, auditor: 'all' },
  reveal: CLINIC,
  moves: { 'county-clerk': 'area', 'duty-officer': 'all' },
  list: {
    columns: ['openedOn', 'person', 'reason', 'highest', 'symptoms', 'clinic', 'state', 'area'],
    filters: ['state', 'openedOn', 'reason', 'watch'],
    sort: '-openedOn',
  },
  carried: {
    fields: ['person', 'household', 'watch', 'reason', 'openedOn', 'highest', 'symptoms', 'clinic'],
    rows: { op: 'in', field: 'state', values: UNDER_WAY },
  },
})
