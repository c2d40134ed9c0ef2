import { addDays, type DailyDuty, type ParameterDef } from '@guatu/kernel'

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

/**
 * Every day: whose identity was last needed longer ago than it may be kept is proposed for erasure, or erased. Whoever was merged into
 * somebody is that person: kept as long, and erased along with the one that stays.
 */
export const dailyRetention: DailyDuty = {
  name: 'people-retention',
  record: 'person',
  where: (day, parameter) => ({
    op: 'every',
    of: [
      { op: 'is', field: 'state', value: 'registered' },
      { op: 'between', field: 'neededOn', high: addDays(day, -parameter<number>('people.retention.days') - 1) },
    ],
  }),
  act: ({ fields }, day, parameter) => {
    const { neededOn, erasureProposedOn } = fields
    if (typeof neededOn !== 'string' || addDays(neededOn, parameter<number>('people.retention.days')) >= day) return undefined
    if (parameter<boolean>('people.retention.automatic')) return { action: 'erase', input: { ground: 'expired' } }
    return erasureProposedOn === undefined ? { action: 'proposeErasure', input: { erasureProposedOn: day } } : undefined
  },
}
