import { type Act, type Changes, type Draft, defineRecord, f, lasting, NAMELESS } from '@guatu/kernel'
import { notErased } from '../erased.ts'
import { symptoms } from '../options.ts'
import {
  CLEARS,
  calledOff,
  cleared,
  confirmed,
  INFORMS,
  noneUnderWay,
  opened,
  RECONSIDERS,
  reconsidered,
  SETTLES,
  stillObserved,
  suspected,
} from './consequences.ts'
import { part } from './part.ts'
import { askedAllTheSame, recalls } from './recalled.ts'
import { TRANSFERS } from './sick.ts'
import { TELLS_ALONG, tellsGoAlong, told } from './told.ts'
import { fields, line, read } from './transfer-fields.ts'

type Transfer = Draft<typeof fields>

const OFFICES = {
  'grid-worker': 'area',
  'health-worker': 'area',
  'town-clerk': 'area',
  'county-clerk': 'area',
  'duty-officer': 'area',
} as const
/** A gate asks for whom it stopped; what became of it is the clinic's business. */
const ASK = { ...OFFICES, 'gate-officer': 'area' } as const
const CLINIC = { 'health-worker': 'area', 'county-clerk': 'area', 'duty-officer': 'area' } as const
const AT_CLINIC = ['open', 'sent', 'admitted'] as const
const ALL = [...AT_CLINIC, 'cleared', 'suspected', 'confirmed', 'cancelled'] as const
/** The signs that it is asked for by are noted on it, with who read them. */
const noted = f.flag({ label: { zh: '体征另记', en: 'Signs noted' }, optional: true })

/** Who asked: lines of gate logs, which can be struck, and everything else. */
const askedBy = (row: Transfer, { input }: Act): Changes<typeof fields> =>
  typeof input.line === 'string' ? { lines: [...new Set([...(row.lines ?? []), input.line])].sort() } : { elsewhere: true }

/** What a reading asks for stands in its note, and goes with it. */
const askedFirst = (row: Transfer, act: Act): Changes<typeof fields> => (act.input.noted === true ? {} : askedBy(row, act))

/** Signs add up: the highest temperature, every symptom, the latest time; in any order the same. */
const added = (row: Transfer, act: Act): Changes<typeof fields> => {
  const temperature = typeof act.input.temperature === 'number' ? act.input.temperature : undefined
  const more = (act.input.symptoms ?? []) as NonNullable<Transfer['symptoms']>
  const all = [...new Set([...(row.symptoms ?? []), ...more])].sort()
  const at = String(act.input.at ?? act.happenedAt)
  const measured = temperature !== undefined || more.length > 0
  return {
    ...askedBy(row, act),
    highest: temperature === undefined ? (row.highest ?? null) : Math.max(row.highest ?? temperature, temperature),
    symptoms: all.length > 0 ? all : null,
    // Signs again: what was corrected before them is over.
    ...(measured ? { correctedOn: null, takenAt: row.takenAt !== undefined && row.takenAt > at ? row.takenAt : at } : {}),
  }
}

/** What the clinic found is followed by the observation: it is not taken back under it, but judged anew. */
const FOUND = lasting(
  '观察已据此办理；认定有误的，请用“重新认定”，观察将随之恢复。',
  'The observation followed it: where it was wrong, use “Reconsider”, and the observation goes on with it.',
)

/** To the fever clinic 转诊: opened by signs at a reading or a declaration, or by hand; ends with what the clinic found. */
export const transfer = defineRecord({
  name: 'transfer',
  label: { zh: '转诊', en: 'Transfer' },
  at: 'town',
  entered: { at: 'village' },
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
      with: { read, line, noted },
      notAsked: ['read', 'line', 'noted'],
      related: { ...INFORMS, ...TRANSFERS },
      guard: (at) => (at.act.input.line === undefined ? notErased(at) : undefined) ?? noneUnderWay(at),
      effect: (row, act) => ({ openedOn: row.openedOn ?? act.day, ...askedFirst(row, act) }),
      follows: opened,
      settles: [],
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
        read,
        line,
      },
      notAsked: ['read', 'line'],
      // Whoever came under observation in the household since is told too; and in whatever order readings arrive, the same people are.
      related: INFORMS,
      effect: added,
      follows: (at) => [...opened(at), ...askedAllTheSame(at)],
      settles: [],
    },
    place: {
      label: { zh: '关联观察和住户', en: 'Where it belongs' },
      from: ALL,
      to: 'same',
      by: {},
      automatic: true,
      with: { watch: fields.watch, household: fields.household },
      related: INFORMS,
      effect: (row, act) => ({
        ...(row.watch === undefined && act.input.watch !== undefined ? { watch: String(act.input.watch) } : {}),
        ...(row.household === undefined && act.input.household !== undefined ? { household: String(act.input.household) } : {}),
      }),
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
      from: [...AT_CLINIC, 'suspected'],
      to: 'cleared',
      by: CLINIC,
      takes: ['findings'],
      related: CLEARS,
      effect: (_row, act) => ({ settledOn: act.day }),
      follows: cleared,
      settles: FOUND,
    },
    suspect: {
      label: { zh: '转疑似', en: 'Suspected' },
      from: AT_CLINIC,
      to: 'suspected',
      by: CLINIC,
      tone: 'danger',
      takes: ['findings', 'clinic'],
      related: SETTLES,
      effect: (_row, act) => ({ settledOn: act.day }),
      follows: suspected,
      settles: FOUND,
    },
    confirm: {
      label: { zh: '转确诊', en: 'Confirmed' },
      from: [...AT_CLINIC, 'suspected'],
      to: 'confirmed',
      by: CLINIC,
      tone: 'danger',
      takes: ['findings'],
      related: SETTLES,
      effect: (row, act) => ({ settledOn: act.day, unobserved: row.watch === undefined ? true : null }),
      follows: confirmed,
      settles: FOUND,
    },
    reconsider: {
      label: { zh: '重新认定', en: 'Reconsider' },
      from: ['cleared', 'suspected', 'confirmed', 'cancelled'],
      to: 'admitted',
      by: CLINIC,
      with: { reason: f.text({ label: { zh: '原因', en: 'Reason' }, hint: NAMELESS, max: 300 }) },
      related: RECONSIDERS,
      guard: (at) => noneUnderWay(at) ?? stillObserved(at),
      effect: () => ({ settledOn: null, unobserved: null, wentTo: null }),
      follows: reconsidered,
      settles: FOUND,
    },
    count: {
      label: { zh: '确诊时是否在观察', en: 'Whether they were under observation when confirmed' },
      from: ALL,
      to: 'same',
      by: {},
      automatic: true,
      takes: ['unobserved'],
    },
    ...recalls,
    part,
    movedSince: {
      label: { zh: '本人已迁往其他区划', en: 'Its person has moved' },
      from: ALL,
      to: 'same',
      by: {},
      automatic: true,
      needs: ['wentTo'],
    },
    moveArea: {
      label: { zh: '调整管辖区划', en: 'Move to another area' },
      from: ALL,
      to: 'same',
      by: { 'county-clerk': 'area', 'duty-officer': 'area' },
      related: TELLS_ALONG,
      follows: tellsGoAlong,
    },
    cancel: {
      label: { zh: '取消', en: 'Cancel' },
      from: ['open'],
      to: 'cancelled',
      by: CLINIC,
      tone: 'danger',
      with: { reason: f.text({ label: { zh: '原因', en: 'Reason' }, hint: NAMELESS, max: 300 }) },
      related: SETTLES,
      follows: calledOff,
      settles: FOUND,
    },
    withdraw: {
      label: {
        zh: '不需转诊：据以提出的登记已撤销或更正，或本人已死亡',
        en: 'Not needed: what asked for it was struck or corrected, or the person died',
      },
      from: ['open', 'sent'],
      to: 'cancelled',
      by: {},
      automatic: true,
      with: { reason: f.text({ label: { zh: '原因', en: 'Reason' }, hint: NAMELESS, max: 300 }) },
      related: SETTLES,
      follows: calledOff,
      undoes: true,
    },
    forget: {
      label: { zh: '删除诊察结果（个人信息已删除）', en: 'Erase the findings: the person was erased' },
      from: ALL,
      to: 'same',
      by: {},
      automatic: true,
      erases: true,
    },
  },
  holds: { of: 'person', states: ['open', 'sent', 'admitted'] },
  read: { ...OFFICES, auditor: 'area' },
  reveal: CLINIC,
  list: {
    columns: ['openedOn', 'person', 'state', 'highest', 'symptoms', 'correctedOn', 'clinic', 'reason', 'area'],
    filters: ['state', 'openedOn', 'reason', 'watch'],
    sort: '-openedOn',
  },
  carried: {
    fields: ['person', 'household', 'watch', 'reason', 'openedOn', 'highest', 'symptoms', 'clinic'],
    rows: { op: 'in', field: 'state', values: AT_CLINIC },
  },
})
