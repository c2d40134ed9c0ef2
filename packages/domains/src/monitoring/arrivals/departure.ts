import { defineRecord, type Follow, f, fullDayWords, lasting, type Situation } from '@guatu/kernel'
import { TRANSFERS } from '../care/sick.ts'
import { FORGET, ME, notErased } from '../erased.ts'
import { isLeft } from '../watch/release.ts'
import { asking, restsOnNothing, weighed } from './asking.ts'
import { certificate, channel, companions, household, person, transport, transportNumber } from './fields.ts'
import { free, isBack, leftWhen, notBeforeArrival, notGoneYet, notYet, RETURNS, turnedBy } from './left-when.ts'
import { saidBefore, sameOf } from './once.ts'
import { advised, SETTLES, triage, well } from './well-to-leave.ts'

const fields = {
  person,
  household,
  channel,
  leavesOn: f.date({ label: { zh: '离开日期', en: 'Leaves on' } }),
  destination: f.text({ label: { zh: '目的地', en: 'To' }, hint: { zh: '省、市、县', en: 'Province, city, county' }, max: 80 }),
  destinationCode: f.code({
    label: { zh: '目的地代码', en: 'Code of the place' },
    pattern: /^\d{2}(?:\d{2}(?:\d{2})?)?$/,
    example: '440300',
    optional: true,
  }),
  transport,
  transportNumber,
  companions,
  purpose: f.choice({
    label: { zh: '离巴事由', en: 'Purpose' },
    options: {
      work: { zh: '务工', en: 'Work' },
      study: { zh: '就学', en: 'Study' },
      medical: { zh: '就医', en: 'Medical care' },
      family: { zh: '探亲', en: 'Family' },
      other: { zh: '其他', en: 'Other' },
    },
  }),
  employer: f.text({ label: { zh: '用工单位', en: 'Employer' }, max: 120, sensitive: true, optional: true }),
  certificate,
  temperature: f.temperature({ label: { zh: '体温', en: 'Temperature' }, optional: true }),
  returnsOn: f.date({ label: { zh: '预计返回', en: 'Expected back' }, optional: true }),
  declaredBy: f.actor({ label: { zh: '申报人', en: 'Declared by' }, optional: true }),
  leftOn: f.date({
    label: { zh: '实际离开', en: 'Left on' },
    hint: {
      zh: '不填即为申报的离开日期；提前离开的，为确认当日。',
      en: 'Left empty, it is the declared day; of somebody who left before that day, the day of confirming.',
    },
    optional: true,
  }),
  observation: f.choice({
    label: { zh: '观察恢复情况', en: 'Observation' },
    options: {
      resumed: { zh: '观察已恢复', en: 'Goes on' },
      over: {
        zh: '观察期已满、已另行观察或申报已作废，未恢复',
        en: 'Not resumed: its period is over, another one runs, or nothing asks for it',
      },
    },
    optional: true,
  }),
} as const

const RESTS = ['arrival', 'class', 'restarts', 'joined', 'kindOrdered', 'transfer'] as const
const WRITE = {
  'grid-worker': 'area',
  'gate-officer': 'area',
  'town-clerk': 'area',
  'county-clerk': 'area',
  'duty-officer': 'area',
} as const
const WATCHES = {
  watches: {
    record: 'watch',
    by: 'person',
    through: 'person',
    sees: ['kind', 'until', 'departure', 'alarm', 'household', 'enteredOn', ...RESTS],
    doubles: 'person',
  },
} as const
/** What an observation that the departure ended rests on, which may have been taken back meanwhile. */
const STAYS = {
  ...WATCHES,
  declarations: {
    record: 'arrival',
    by: 'person',
    through: 'person',
    sees: ['measure', 'until', 'heldBack'],
    doubles: 'person',
    onward: true,
  },
} as const
const TAKEN = [
  'household',
  'destinationCode',
  'transport',
  'transportNumber',
  'companions',
  'employer',
  'certificate',
  'temperature',
  'returnsOn',
] as const

const observations = ({ related }: Situation<typeof fields>) =>
  (related.watches ?? []).filter((one) => one.state === 'watching' || one.state === 'absent')

/** Nobody here reads the temperature of somebody who has left: monitoring of one's own ends on the way out, by name of where to. */
const ends = (at: Situation<typeof fields>): readonly Follow[] =>
  observations(at).map(({ id }) => ({
    record: 'watch',
    recordId: id,
    action: 'transfer',
    input: { exitTo: at.after.destination, departure: at.act.recordId },
  }))
const ended = (at: Situation<typeof fields>): readonly Follow[] => (isBack(at) ? [] : ends(at))

/** Whoever did not leave goes on being observed, up to the day of release of the observation that the departure ended. */
const goesOn = (at: Situation<typeof fields>): readonly Follow[] => {
  const { act, related } = at
  const ended = (related.watches ?? []).find((one) => one.state === 'transferred' && one.fields.departure === act.recordId)
  if (!ended) return []
  const runs = isLeft(ended.fields.until, act.day) && observations(at).length === 0
  const said = (resumed: boolean): Follow => ({
    record: 'departure',
    recordId: act.recordId,
    action: 'say',
    input: { observation: resumed ? 'resumed' : 'over' },
  })
  if (!runs) return [said(false)]
  const { declarations } = related
  const [others, alone] = [asking(declarations, act.day), restsOnNothing(ended.fields, declarations)]
  // What asked for it was taken back while they were thought to be away.
  if (alone && others.length === 0)
    return [{ record: 'watch', recordId: ended.id, action: 'unask', input: { at: act.happenedAt } }, said(false)]
  return [{ record: 'watch', recordId: ended.id, action: 'resume', input: {} }, ...(alone ? weighed(others, alone) : []), said(true)]
}

/**
 * Confirmed by mistake, or with a day after which they came: whoever is here goes on being observed. Whose corrected day says that they left after they
 * came is not.
 */
const corrected = (at: Situation<typeof fields>): readonly Follow[] => {
  if (at.state !== 'left') return []
  const turned = at.act.input.void === true ? 'here' : turnedBy(at)
  if (turned === 'gone') return ends(at)
  return turned === 'here' ? goesOn(at).filter(({ record }) => record !== 'departure') : []
}

const SAME = sameOf('departure', 'leavesOn', 'leftOn')

/** The same departure is declared once. */
const once = (at: Situation<typeof fields>) =>
  saidBefore('departure', 'leavesOn', at, (day) => ({
    zh: `此人${fullDayWords(day).zh}离开的离巴申报已有一份，请打开已有申报；内容有变的用“更正申报”，未成行的先“取消（未成行）”再重新申报。`,
    en: `The departure of this person on ${fullDayWords(day).en} is declared already; open that declaration. Correct it where something changed; cancel it where nobody left, and declare anew.`,
  }))

/** 离巴申报: who leaves, where to, how; the health certificate stands here as a number only. */
export const departure = defineRecord({
  name: 'departure',
  label: { zh: '离巴申报', en: 'Departure' },
  at: 'town',
  entered: { at: 'village' },
  title: 'destination',
  fields,
  states: {
    declared: { zh: '已申报', en: 'Declared' },
    left: { zh: '已离开', en: 'Left' },
    void: { zh: '未成行', en: 'Did not leave' },
  },
  actions: {
    declare: {
      label: { zh: '申报', en: 'Declare' },
      from: 'new',
      to: 'declared',
      by: WRITE,
      offline: true,
      self: true,
      needs: ['person', 'channel', 'leavesOn', 'destination', 'purpose'],
      takes: TAKEN,
      tone: 'main',
      brings: { field: 'person', once: { on: 'leavesOn', not: ['void'] } },
      related: { ...WATCHES, ...RETURNS, ...SAME, ...ME, ...TRANSFERS },
      guard: (at) => notErased(at) ?? free(at) ?? once(at),
      effect: (_row, act) => ({ declaredBy: act.actor }),
      advises: advised,
      follows: triage,
      settles: SETTLES,
    },
    amend: {
      label: { zh: '更正申报', en: 'Correct' },
      from: ['declared'],
      to: 'same',
      by: WRITE,
      offline: true,
      self: true,
      takes: ['leavesOn', 'destination', 'purpose', ...TAKEN],
      related: { ...WATCHES, ...SAME, ...ME, ...TRANSFERS },
      guard: once,
      advises: advised,
      follows: triage,
      settles: SETTLES,
    },
    confirm: {
      label: { zh: '确认离开', en: 'Confirm departure' },
      from: ['declared'],
      to: 'left',
      by: WRITE,
      offline: true,
      tone: 'main',
      takes: ['leftOn', 'temperature'],
      related: { ...STAYS, ...RETURNS, ...SAME, ...TRANSFERS },
      guard: (at) => notBeforeArrival(at) ?? free(at) ?? notGoneYet(at) ?? well(at) ?? notYet(at),
      effect: (row, act) => ({ leftOn: leftWhen(row, act.day) }),
      follows: ended,
      amends: corrected,
    },
    withdraw: {
      label: { zh: '取消（未成行）', en: 'Cancel: did not leave' },
      from: ['declared', 'left'],
      to: 'void',
      by: WRITE,
      offline: true,
      tone: 'danger',
      related: STAYS,
      follows: goesOn,
      settles: lasting('取消错的，请重新申报并确认离开。', 'Where it was cancelled by mistake, declare anew and confirm that they left.'),
    },
    say: {
      label: { zh: '观察恢复情况', en: 'What became of the observation' },
      from: ['void'],
      to: 'same',
      by: {},
      automatic: true,
      needs: ['observation'],
    },
    forget: { ...FORGET, from: ['declared', 'left', 'void'] },
  },
  holds: { of: 'person', states: ['declared'], ends: { zh: '确认离开或取消', en: 'confirmed or cancelled' } },
  read: {
    'grid-worker': 'area',
    'town-clerk': 'area',
    'county-clerk': 'area',
    'duty-officer': 'area',
    auditor: 'area',
  },
  reveal: { 'grid-worker': 'area', 'town-clerk': 'area', 'county-clerk': 'area', 'duty-officer': 'area' },
  moves: { 'town-clerk': 'area', 'county-clerk': 'area', 'duty-officer': 'area' },
  list: {
    columns: ['leavesOn', 'person', 'destination', 'transport', 'purpose', 'certificate', 'state', 'area'],
    filters: ['state', 'leavesOn', 'purpose', 'channel'],
    sort: '-leavesOn',
  },
  carried: { fields: ['person', 'leavesOn', 'destination'], rows: { op: 'is', field: 'state', value: 'declared' } },
})
