/** The risk areas of the ninth edition (June 2022) as data: small areas around where an infected person lived and went. */
import type { Words, ZoneTable } from './rule-table.ts'

const facts: Readonly<Record<string, Words>> = {
  residenceOrFrequentActivity: {
    zh: '感染者居住地，或活动频繁且传播风险较高的工作地、活动地',
    en: 'home of an infected person, or place of frequent activity with a high risk of transmission',
  },
  someActivity: {
    zh: '感染者停留和活动一定时间、可能有传播风险',
    en: 'an infected person stayed here for some time and may have spread it',
  },
  daysSinceLastInfection: { zh: '距最近一例新增感染者的天数', en: 'days since the last newly infected person' },
  countyHasRiskArea: { zh: '所在县（市、区、旗）仍有中、高风险区', en: 'the county still has an area of medium or high risk' },
}

const clearFor = (days: number) => ({ fact: 'daysSinceLastInfection', op: '>=', value: days }) as const
const home = { fact: 'residenceOrFrequentActivity', is: true } as const
const visited = { fact: 'someActivity', is: true } as const
const DAYS_HIGH = 7
const DAYS_MEDIUM = 3

/**
 * Low, medium and high risk by neighbourhood or village. Days are counted at the end of the day: seven days in a row without a newly
 * infected person turn high into medium, three more turn it into low; an area that was medium from the start is low after seven.
 */
export const nationalRiskAreas: ZoneTable = {
  id: 'national-2022-06-28',
  name: { zh: '第九版防控方案风险区划定', en: 'risk areas of the ninth edition' },
  instrument: {
    organ: { zh: '国务院应对新型冠状病毒肺炎疫情联防联控机制综合组', en: 'Joint Prevention and Control Mechanism of the State Council' },
    document: { zh: '联防联控机制综发〔2022〕71号', en: 'Zong Fa [2022] No. 71' },
    from: '2022-06-28',
    until: '2022-11-11',
  },
  unit: 'neighbourhood',
  facts,
  classes: [
    { id: 'routine', rank: 0, name: { zh: '常态化防控区域', en: 'routine measures' } },
    {
      id: 'low',
      rank: 1,
      name: { zh: '低风险区', en: 'low risk' },
      measures: [{ zh: '个人防护、避免聚集', en: 'personal protection, no gatherings' }],
    },
    {
      id: 'medium',
      rank: 2,
      name: { zh: '中风险区', en: 'medium risk' },
      measures: [{ zh: '人不出区、错峰取物', en: 'nobody leaves the area, things are fetched in turns' }],
    },
    {
      id: 'high',
      rank: 3,
      name: { zh: '高风险区', en: 'high risk' },
      measures: [{ zh: '足不出户、上门服务', en: 'nobody leaves home, services come to the door' }],
    },
  ],
  rules: [
    {
      zone: 'high',
      when: { all: [home, { fact: 'daysSinceLastInfection', op: '<', value: DAYS_HIGH }] },
      wording: {
        zh: '居住地及活动频繁、风险较高的工作地和活动地，连续无新增不足 7 天',
        en: 'home or place of frequent activity, less than 7 days without a newly infected person',
      },
    },
    {
      zone: 'medium',
      when: {
        any: [
          { all: [home, clearFor(DAYS_HIGH), { fact: 'daysSinceLastInfection', op: '<', value: DAYS_HIGH + DAYS_MEDIUM }] },
          {
            all: [
              { fact: 'residenceOrFrequentActivity', is: false },
              visited,
              { fact: 'daysSinceLastInfection', op: '<', value: DAYS_HIGH },
            ],
          },
        ],
      },
      wording: {
        zh: '高风险区连续 7 天无新增降为中风险区；停留活动一定时间的场所，连续无新增不足 7 天',
        en: 'high risk after 7 days without a newly infected person; or a place of some activity, less than 7 such days',
      },
    },
    {
      zone: 'low',
      when: {
        any: [
          { all: [home, clearFor(DAYS_HIGH + DAYS_MEDIUM)] },
          { all: [{ fact: 'residenceOrFrequentActivity', is: false }, visited, clearFor(DAYS_HIGH)] },
          { fact: 'countyHasRiskArea', is: true },
        ],
      },
      wording: {
        zh: '中风险区连续 3 天（由高风险降级）或 7 天无新增降为低风险区；中、高风险区所在县的其他地区',
        en: 'medium risk after 3 more days (once high) or 7 days (from the start); and the rest of a county with such areas',
      },
      note: {
        zh: '全县中、高风险区全部解除后，该县转入常态化防控',
        en: 'once all such areas of the county are lifted, routine measures apply to all of it',
      },
    },
    {
      zone: 'routine',
      when: {
        all: [
          { fact: 'residenceOrFrequentActivity', is: false },
          { fact: 'someActivity', is: false },
          { fact: 'countyHasRiskArea', is: false },
        ],
      },
      wording: { zh: '所在县无中、高风险区', en: 'a county without areas of medium or high risk' },
    },
  ],
}
