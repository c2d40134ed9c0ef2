/** Two zoning tables of February 2020 as data. Wording of the instruments is summarised; another outbreak brings other tables. */
import type { Words, ZoneTable } from './rule-table.ts'

const facts: Readonly<Record<string, Words>> = {
  everHadCase: { zh: '曾有确诊病例', en: 'has ever had a confirmed case' },
  activeCases: { zh: '现症病例数', en: 'cases under treatment' },
  daysSinceLastNewCase: { zh: '距最近一例新增的天数', en: 'days since the last new case' },
  daysSinceLastDischarge: { zh: '距最后一例出院的天数', en: 'days since the last discharge' },
  clusterOrSustainedSpread: { zh: '有聚集性疫情或持续传播', en: 'has clusters or sustained spread' },
  weeklyIncidencePer100k: { zh: '一周发病率（1/10万）', en: 'one-week incidence per 100,000' },
  shareOfCountiesAffected: { zh: '出现病例的县（市、区）比例', en: 'share of counties with cases' },
  cumulativeCases: { zh: '累计确诊病例数', en: 'cumulative confirmed cases' },
  newCaseWithin14Days: { zh: '14 天内有新增确诊', en: 'has a new case within 14 days' },
  clusterWithin14Days: { zh: '14 天内发生聚集性疫情', en: 'has a cluster within 14 days' },
}

/** Sichuan's zoning by city and, inside cities of the two middle classes, by county. */
export const sichuanFourClasses: ZoneTable = {
  id: 'sichuan-2020-02-13',
  name: { zh: '四川省分区分类防控', en: 'Sichuan four-class zoning' },
  instrument: {
    organ: { zh: '四川省人民政府办公厅', en: 'General Office of the Sichuan Provincial Government' },
    document: { zh: '川办发〔2020〕13号', en: 'Chuan Ban Fa [2020] No. 13' },
    from: '2020-02-13',
    until: null,
  },
  unit: 'city',
  facts,
  classes: [
    { id: 'no-active-cases', rank: 0, name: { zh: '无现症病例区', en: 'no active cases' } },
    { id: 'sporadic', rank: 1, name: { zh: '散发病例区', en: 'sporadic cases' } },
    { id: 'community-outbreak', rank: 2, name: { zh: '社区暴发区', en: 'community outbreak' } },
    { id: 'local-epidemic', rank: 3, name: { zh: '局部流行区', en: 'local epidemic' } },
  ],
  rules: [
    {
      zone: 'no-active-cases',
      when: {
        any: [
          { fact: 'everHadCase', is: false },
          {
            all: [
              { fact: 'activeCases', op: '=', value: 0 },
              { fact: 'daysSinceLastDischarge', op: '>=', value: 14 },
              { fact: 'daysSinceLastNewCase', op: '>=', value: 14 },
            ],
          },
        ],
      },
      wording: { zh: '无病例，或最后一例出院后 14 天无新增', en: 'no case ever, or 14 days without a new case after the last discharge' },
    },
    {
      zone: 'local-epidemic',
      when: {
        all: [
          { fact: 'shareOfCountiesAffected', op: '>=', value: 0.8 },
          { fact: 'weeklyIncidencePer100k', op: '>', value: 15 },
        ],
      },
      wording: {
        zh: '4/5 以上县（市、区）出现病例且一周发病率高于 15/10万',
        en: 'at least 4/5 of the counties and a one-week incidence above 15 per 100,000',
      },
    },
    {
      zone: 'community-outbreak',
      when: {
        all: [
          { fact: 'clusterOrSustainedSpread', is: true },
          { fact: 'weeklyIncidencePer100k', op: '>', value: 15 },
        ],
      },
      wording: {
        zh: '有聚集性疫情或持续传播，一周发病率高于 15/10万，但出现病例的县（市、区）未达局部流行区的比例（文件未列此情形，归入本类）',
        en: 'clusters or sustained spread and a one-week incidence above 15 per 100,000, but not the share of counties of a local epidemic (the instrument names no class for it; put here)',
      },
    },
    {
      zone: 'community-outbreak',
      when: {
        all: [
          { fact: 'clusterOrSustainedSpread', is: true },
          { fact: 'weeklyIncidencePer100k', op: '>=', value: 3 },
        ],
      },
      wording: {
        zh: '有聚集性疫情或持续传播，一周发病率 3–15/10万',
        en: 'clusters or sustained spread and a one-week incidence of 3 to 15 per 100,000',
      },
    },
    {
      zone: 'sporadic',
      when: { always: true },
      wording: { zh: '仅有个别或零星散发病例', en: 'single or scattered cases only' },
    },
  ],
}

/** National low, medium and high risk by county. */
export const nationalThreeLevels: ZoneTable = {
  id: 'national-2020-02-17',
  name: { zh: '分区分级差异化防控', en: 'national three-level zoning' },
  instrument: {
    organ: { zh: '国务院应对新型冠状病毒感染的肺炎疫情联防联控机制', en: 'Joint Prevention and Control Mechanism of the State Council' },
    document: { zh: '国务院联防联控机制 2020-02-17 指导意见', en: 'guidance of 2020-02-17' },
    from: '2020-02-17',
    until: null,
  },
  unit: 'county',
  facts,
  classes: [
    { id: 'low', rank: 0, name: { zh: '低风险', en: 'low risk' } },
    { id: 'medium', rank: 1, name: { zh: '中风险', en: 'medium risk' } },
    { id: 'high', rank: 2, name: { zh: '高风险', en: 'high risk' } },
  ],
  rules: [
    {
      zone: 'high',
      when: {
        all: [
          { fact: 'cumulativeCases', op: '>', value: 50 },
          { fact: 'clusterWithin14Days', is: true },
        ],
      },
      wording: { zh: '累计病例超过 50 例且 14 天内有聚集性疫情', en: 'more than 50 cumulative cases and a cluster within 14 days' },
    },
    {
      zone: 'low',
      when: {
        any: [
          { fact: 'everHadCase', is: false },
          { fact: 'newCaseWithin14Days', is: false },
        ],
      },
      wording: { zh: '无确诊病例，或连续 14 天无新增', en: 'no confirmed case, or none new for 14 days' },
    },
    {
      zone: 'medium',
      when: { always: true },
      wording: {
        zh: '14 天内有新增且累计不超过 50 例，或累计超过 50 例但 14 天内无聚集性疫情',
        en: 'a new case within 14 days and at most 50 in all, or more than 50 without a cluster within 14 days',
      },
    },
  ],
}
