import { addDays, type DailyDuty, type Expression, type ParameterDef, type ParameterReader } from '@guatu/kernel'

/** How long identity is kept after it was last needed, and whether a person decides on the end of it. */
export const retentionParameters: readonly ParameterDef[] = [
  {
    code: 'people.retention.days',
    label: { zh: '个人信息保存期限（最近使用后天数）', en: 'Days that identity is kept after it was last needed' },
    unit: { zh: '天', en: 'days' },
    settings: [
      {
        value: 180,
        instrument: {
          zh: '系统预设，待本市按中网办发〔2020〕联防联控个人信息保护要求确定',
          en: 'Preset; to be set by the city under the notice of February 2020 on personal data in epidemic control',
        },
      },
    ],
  },
  {
    code: 'people.retention.automatic',
    label: { zh: '到期自动删除（否则仅提出）', en: 'Erase when it ends, without asking' },
    settings: [{ value: false, instrument: { zh: '系统预设，待本市确定', en: 'Preset; to be set by the city' } }],
  },
]

/** Whose identity was last needed longer ago than it may be kept. */
const expired = (day: string, parameter: ParameterReader): Expression => ({
  op: 'every',
  of: [
    { op: 'is', field: 'state', value: 'registered' },
    { op: 'between', field: 'neededOn', high: addDays(day, -parameter<number>('people.retention.days') - 1) },
  ],
})

/**
 * Whoever is under observation, on the way or on the way to a clinic, or has declared what is still to be checked, is needed by name, today: their
 * time begins anew when that is over, and nobody is asked to erase them meanwhile.
 */
const stillNeeded: DailyDuty = {
  name: 'people-needed',
  record: 'person',
  held: true,
  where: expired,
  act: (_row, day) => ({ action: 'need', input: { neededOn: day } }),
}

/**
 * Every day: whose time has ended is proposed for erasure, or erased. Whoever was merged into somebody is that person: kept as long, and
 * erased along with the one that stays.
 */
const ended: DailyDuty = {
  name: 'people-retention',
  record: 'person',
  held: false,
  where: expired,
  act: ({ fields }, day, parameter) => {
    const { neededOn, erasureProposedOn } = fields
    if (typeof neededOn !== 'string' || addDays(neededOn, parameter<number>('people.retention.days')) >= day) return undefined
    if (parameter<boolean>('people.retention.automatic')) return { action: 'erase', input: { ground: 'expired' } }
    return erasureProposedOn === undefined ? { action: 'proposeErasure', input: { erasureProposedOn: day } } : undefined
  },
}

/** Phone or note of a household still tells of somebody. */
const tells: readonly Expression[] = [
  {
    op: 'some',
    of: [
      { op: 'given', field: 'phone' },
      { op: 'given', field: 'note' },
    ],
  },
  { op: 'not', of: { op: 'given', field: 'forgottenOn' } },
]

/** A household in which nobody of the register lives, however they left it: its phone and note are kept as long as identity from then on. */
const emptyHouseholds: readonly DailyDuty[] = [
  {
    name: 'household-lived-in',
    record: 'household',
    held: true,
    where: { op: 'given', field: 'emptyOn' },
    act: () => ({ action: 'livedIn', input: {} }),
  },
  {
    name: 'household-stands-empty',
    record: 'household',
    held: false,
    where: { op: 'every', of: [...tells, { op: 'not', of: { op: 'given', field: 'emptyOn' } }] },
    act: (_row, day) => ({ action: 'standEmpty', input: { emptyOn: day } }),
  },
  {
    name: 'household-forget',
    record: 'household',
    held: false,
    where: (day, parameter) => ({
      op: 'every',
      of: [...tells, { op: 'between', field: 'emptyOn', high: addDays(day, -parameter<number>('people.retention.days') - 1) }],
    }),
    act: ({ fields }, day, parameter) =>
      addDays(String(fields.emptyOn ?? day), parameter<number>('people.retention.days')) < day
        ? { action: 'forget', input: {} }
        : undefined,
  },
]

export const dailyRetention: readonly DailyDuty[] = [stillNeeded, ended, ...emptyHouseholds]
