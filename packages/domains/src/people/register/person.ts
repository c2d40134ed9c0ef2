import {
  type Changes,
  type Draft,
  defineRecord,
  documentNumber,
  type Fields,
  f,
  lasting,
  NAMELESS,
  PLATE,
  refuse,
  type Situation,
  toExpression,
} from '@guatu/kernel'
import { duplicates } from '../duplicates/judge.ts'
import { CARRY, DECIDE, ENTER_PERSON, KEEP, LOOK_UP, READ, REVEAL } from '../permits.ts'
import { APART, eachTheirOwn } from './apart.ts'
import { DOCUMENTS, factsOf, misfit, typeOf, unborn, unfindable } from './document.ts'
import { erasedAlong, LEFT_BEHIND } from './erasing.ts'
import { DATED, MOVE_ANEW, MOVING, mayLiveThere, PERSON_ALONG, personGoesAlong, takenAlong } from './moving.ts'
import { movedOn, RECEIVED } from './staying.ts'

const fields = {
  name: f.text({ label: { zh: '姓名', en: 'Name' }, max: 60, sensitive: true, find: 'name' }),
  documentType: f.choice({ label: { zh: '证件类型', en: 'Document' }, options: DOCUMENTS }),
  documentNumber: f.code({
    label: { zh: '证件号码', en: 'Document number' },
    hint: { zh: '没有证件可不填。', en: 'Leave empty when there is no document.' },
    pattern: /^[0-9A-Za-z０-９Ａ-Ｚａ-ｚ ()（）</·•‧・.．'‘’＇‐‑‒–—―−－-]{1,40}$/,
    example: '519900199001010015',
    sensitive: true,
    find: 'number',
    foundAs: { name: 'without signs', form: documentNumber },
    optional: true,
  }),
  sex: f.choice({
    label: { zh: '性别', en: 'Sex' },
    options: { male: { zh: '男', en: 'Male' }, female: { zh: '女', en: 'Female' } },
    optional: true,
  }),
  birthYear: f.count({ label: { zh: '出生年份', en: 'Year of birth' }, max: 2200, ordinal: true, optional: true }),
  phone: f.phone({ label: { zh: '电话', en: 'Phone' }, find: 'exact', optional: true }),
  plate: f.code({
    label: { zh: '车牌', en: 'Number plate' },
    pattern: /^[\u4e00-\u9fa5][A-Z][A-Z0-9]{4,6}[A-Z0-9\u4e00-\u9fa5]$/,
    example: '川Y00000',
    sensitive: true,
    find: 'exact',
    foundAs: PLATE,
    optional: true,
  }),
  household: f.record({ label: { zh: '所在户', en: 'Household' }, of: 'household', optional: true }),
  relation: f.choice({
    label: { zh: '与户主关系', en: 'Part in the household' },
    options: {
      head: { zh: '户主', en: 'Head' },
      spouse: { zh: '配偶', en: 'Spouse' },
      child: { zh: '子女', en: 'Child' },
      parent: { zh: '父母', en: 'Parent' },
      relative: { zh: '其他亲属', en: 'Other relative' },
      tenant: { zh: '租住', en: 'Tenant' },
      other: { zh: '其他', en: 'Other' },
    },
    optional: true,
  }),
  occupation: f.text({ label: { zh: '职业', en: 'Occupation' }, max: 60, sensitive: true, optional: true }),
  employer: f.text({ label: { zh: '工作单位', en: 'Employer' }, max: 120, sensitive: true, optional: true }),
  origin: f.text({ label: { zh: '户籍地', en: 'Registered home' }, max: 200, sensitive: true, optional: true }),
  address: f.text({ label: { zh: '现住址', en: 'Address' }, max: 200, sensitive: true, optional: true }),
  registeredOn: f.date({ label: { zh: '登记日期', en: 'Registered on' }, optional: true }),
  neededOn: f.date({ label: { zh: '最近使用日期', en: 'Last needed on' }, optional: true }),
  erasureProposedOn: f.date({ label: { zh: '拟删除日期', en: 'Erasure proposed on' }, optional: true }),
  mergedInto: f.person({ label: { zh: '并入', en: 'Merged into' }, optional: true }),
  /** Where what is open of it stands while they are one, since one of the two moved. */
  wentTo: f.area({ label: { zh: '并入期间所在', en: 'Stands while merged' }, optional: true }),
  /** Where they were registered before they were received where they stay, and each receipt since: by what, and where. */
  cameFrom: f.area({ label: { zh: '接收前登记地', en: 'Registered before' }, optional: true }),
  leftHome: f.record({ label: { zh: '接收前所在户', en: 'Household before' }, of: 'household', optional: true }),
  leftAddress: f.text({ label: { zh: '接收前住址', en: 'Address before' }, max: 200, sensitive: true, optional: true }),
  receipts: f.list({
    label: { zh: '接收依据', en: 'Received by' },
    item: f.text({ label: { zh: '依据和到达地', en: 'By what, and where' }, max: 120 }),
    max: 60,
    optional: true,
  }),
  distinctFrom: f.list({
    label: { zh: '已确认不同的人', en: 'Known to be others' },
    item: f.person({ label: { zh: '人员', en: 'Person' } }),
    max: 50,
    optional: true,
  }),
} satisfies Fields

export type PersonSituation = Situation<typeof fields>

const WRITTEN = [
  'documentNumber',
  'sex',
  'birthYear',
  'phone',
  'plate',
  'household',
  'relation',
  'occupation',
  'employer',
  'origin',
  'address',
] as const

/** A number in its one form, and the year and sex that a national ID holds. */
const completes = ({ documentNumber: written }: Draft<typeof fields>): Changes<typeof fields> => {
  if (typeof written !== 'string') return {}
  const number = documentNumber(written)
  return { documentNumber: number, ...factsOf(number) }
}

/** A number that came without the type of its document is that of an ID where it is one; without a number there is none. */
const identifies = (input: Draft<typeof fields>) => {
  const more = completes(input)
  const number = more.documentNumber ?? input.documentNumber
  return { documentType: input.documentType ?? typeOf(number ?? undefined), ...more }
}

/** What was taken in before stands in nobody's way: only what an act says anew is looked at. */
const saidAnew = ({ before, after, today }: PersonSituation) => {
  const number = after.documentNumber === before?.documentNumber ? undefined : after.documentNumber
  return unfindable(number) ?? unborn(number, after.birthYear === before?.birthYear ? undefined : after.birthYear, today)
}

const fits = (at: PersonSituation) => misfit(at.after.documentType, at.after.documentNumber) ?? saidAnew(at) ?? mayLiveThere(at)

/** A person of the register: the only place where identity is kept. Everything else refers here. */
export const person = defineRecord({
  name: 'person',
  label: { zh: '人员', en: 'Person' },
  at: 'village',
  title: 'name',
  survivor: 'mergedInto',
  duplicates,
  key: ['documentNumber'],
  fields,
  states: {
    registered: { zh: '在册', en: 'Registered' },
    merged: { zh: '已并入', en: 'Merged' },
    erased: { zh: '已删除', en: 'Erased' },
  },
  actions: {
    register: {
      label: { zh: '登记人员', en: 'Register' },
      from: 'new',
      to: 'registered',
      by: ENTER_PERSON,
      offline: true,
      tone: 'main',
      needs: ['name'],
      takes: ['documentType', ...WRITTEN],
      completes: identifies,
      related: { home: MOVING.home },
      guard: fits,
      effect: (_row, act) => ({ registeredOn: act.day, neededOn: act.day }),
    },
    update: {
      label: { zh: '修改信息', en: 'Change' },
      from: ['registered'],
      to: 'same',
      by: KEEP,
      offline: true,
      takes: ['name', 'documentType', ...WRITTEN],
      completes,
      related: MOVING,
      guard: fits,
      effect: (_row, act) => ({ neededOn: act.day, erasureProposedOn: null }),
      follows: takenAlong,
      leads: true,
      settles: { fields: ['household'], instead: MOVE_ANEW },
    },
    changeHousehold: {
      label: { zh: '迁入另一户', en: 'Move to another household' },
      from: ['registered'],
      to: 'same',
      by: KEEP,
      offline: true,
      needs: ['household'],
      takes: ['relation', 'address'],
      dated: DATED,
      related: MOVING,
      guard: mayLiveThere,
      effect: (_row, act) => ({ neededOn: act.day }),
      follows: takenAlong,
      leads: true,
      settles: { fields: ['household'], whole: true, instead: MOVE_ANEW },
    },
    moveArea: {
      label: { zh: '迁往其他区划', en: 'Move to another area' },
      from: ['registered'],
      to: 'same',
      by: KEEP,
      dated: DATED,
      related: PERSON_ALONG,
      follows: (at) => [...movedOn(at), ...personGoesAlong(at)],
    },
    leaveHousehold: {
      label: { zh: '迁出原户', en: 'Left the household' },
      from: ['registered', 'merged', 'erased'],
      to: 'same',
      by: {},
      automatic: true,
      takes: ['address'],
      effect: () => ({ household: null, relation: null }),
    },
    ...RECEIVED,
    comeHome: {
      label: { zh: '回原所在户', en: 'Back in their household' },
      from: ['registered', 'merged'],
      to: 'same',
      by: {},
      automatic: true,
      takes: ['household'],
      related: MOVING,
      effect: (row) => ({ address: row.leftAddress ?? null, leftAddress: null }),
      follows: takenAlong,
    },
    need: {
      label: { zh: '业务使用', en: 'Needed' },
      from: ['registered', 'merged'],
      to: 'same',
      by: {},
      automatic: true,
      needs: ['neededOn'],
      effect: () => ({ erasureProposedOn: null }),
    },
    merge: {
      label: { zh: '并入另一人', en: 'Merge into another' },
      from: ['registered'],
      to: 'merged',
      by: DECIDE,
      needs: ['mergedInto'],
      with: { reason: f.text({ label: { zh: '理由', en: 'Reason' }, hint: NAMELESS, max: 300, optional: true }) },
      related: { survivor: { record: 'person', at: 'mergedInto', sees: ['mergedInto'] } },
      guard: ({ act, related }) => {
        const [survivor] = related.survivor ?? []
        if (survivor && survivor.id !== act.recordId && survivor.state === 'registered') return undefined
        const kept = survivor?.fields.mergedInto
        if (survivor?.state === 'merged' && kept !== act.recordId)
          return refuse(
            'merge-target-merged',
            {
              zh: '所选登记本身已并入另一人，请选择保留的那一条。',
              en: 'The entry chosen was itself merged into another person; choose the one that stays.',
            },
            { path: 'input.mergedInto', data: { id: kept } },
          )
        return refuse(
          'merge-target',
          { zh: '请选择另一名在册人员作为保留的一方。', en: 'Choose another person who is registered as the one that stays.' },
          { path: 'input.mergedInto' },
        )
      },
      settles: lasting(
        '并入有误的，请“撤销合并”，应并入其他登记的再重新并入。',
        'Where the merging was wrong, undo it, and merge into the right entry anew.',
        'mergedInto',
      ),
    },
    wentAlong: {
      label: { zh: '随保留的登记', en: 'With the entry that stays' },
      from: ['merged'],
      to: 'same',
      by: {},
      automatic: true,
      takes: ['wentTo'],
    },
    distinguish: {
      label: { zh: '确认不是同一人', en: 'Not the same person' },
      from: ['registered'],
      to: 'same',
      by: DECIDE,
      with: { other: f.person({ label: { zh: '另一人', en: 'The other' } }) },
      effect: (row, act) => ({ distinctFrom: [...new Set([...(row.distinctFrom ?? []), String(act.input.other)])].slice(-50) }),
    },
    unmerge: {
      label: { zh: '撤销合并', en: 'Undo the merging' },
      from: ['merged'],
      to: 'registered',
      by: DECIDE,
      tone: 'main',
      with: { reason: f.text({ label: { zh: '理由', en: 'Reason' }, hint: NAMELESS, max: 300 }) },
      related: APART,
      effect: (_row, act) => ({ mergedInto: null, wentTo: null, neededOn: act.day }),
      follows: eachTheirOwn,
      settles: lasting('撤销有误的，请重新“并入另一人”。', 'Where they are one person all the same, merge them anew.'),
    },
    proposeErasure: {
      label: { zh: '到期拟删除', en: 'Propose erasure' },
      from: ['registered', 'merged'],
      to: 'same',
      by: {},
      automatic: true,
      needs: ['erasureProposedOn'],
    },
    keep: {
      label: { zh: '继续保留', en: 'Keep' },
      from: ['registered', 'merged'],
      to: 'same',
      by: DECIDE,
      when: { op: 'given', field: 'erasureProposedOn' },
      with: { reason: f.text({ label: { zh: '保留理由', en: 'Why it is still needed' }, hint: NAMELESS, max: 300 }) },
      effect: (_row, act) => ({ neededOn: act.day, erasureProposedOn: null }),
    },
    erase: {
      label: { zh: '删除个人信息', en: 'Erase identity' },
      from: ['registered', 'merged'],
      to: 'erased',
      by: DECIDE,
      tone: 'danger',
      erases: true,
      with: {
        ground: f.choice({
          label: { zh: '依据', en: 'Ground' },
          options: {
            expired: { zh: '保存期限届满', en: 'Retention has ended' },
            request: { zh: '本人申请', en: 'Asked for by the person' },
            mistake: { zh: '误登记', en: 'Entered by mistake' },
          },
        }),
      },
      effect: () => ({
        household: null,
        relation: null,
        erasureProposedOn: null,
        distinctFrom: null,
        wentTo: null,
        leftHome: null,
        leftAddress: null,
      }),
      related: LEFT_BEHIND,
      follows: erasedAlong,
    },
  },
  read: READ,
  lookUp: LOOK_UP,
  reveal: REVEAL,
  sealed: ['erased'],
  // Whoever lives behind a door is reached there.
  holds: { of: 'household', states: ['registered'] },
  carried: {
    fields: ['name', 'documentType', 'documentNumber', 'sex', 'birthYear', 'phone', 'household', 'relation', 'mergedInto'],
    rows: toExpression({ state: 'registered' }),
    aside: ['merged', 'erased'],
    knownBy: 'documentNumber',
    by: CARRY,
  },
  list: {
    columns: ['name', 'documentType', 'documentNumber', 'sex', 'birthYear', 'phone', 'area', 'household', 'state'],
    filters: ['state', 'documentType', 'sex', 'birthYear', 'household', 'registeredOn', 'erasureProposedOn', 'mergedInto'],
    sort: '-registeredOn',
  },
})
