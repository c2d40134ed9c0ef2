import type { Label, ParameterDef } from '@guatu/kernel'
import { POPULATION } from './lacking.ts'
import { CLASSES } from './tables.ts'

const PROVINCE: Label = { zh: '川办发〔2020〕13号', en: 'Sichuan General Office, doc. 13 of 2020' }
const NATION: Label = { zh: '国务院联防联控机制2020-02-17指导意见', en: 'State Council mechanism, guidance of 2020-02-17' }
const PRESET: Label = { zh: '系统预设，待本市确定', en: 'Preset; to be set by the city' }
const SUMMARY: Label = {
  zh: '川办发〔2020〕13号（措施为摘要，以原文为准）',
  en: 'Doc. 13 of 2020 (measures summarised; the original counts)',
}
const NATION_SUMMARY: Label = {
  zh: '2020-02-17指导意见（措施为摘要，以原文为准）',
  en: 'Guidance of 2020-02-17 (measures summarised; the original counts)',
}

const measures = (zone: string, name: Label, value: readonly string[], from: string, instrument: Label): ParameterDef => ({
  code: `zoning.measures.${zone}`,
  label: { zh: `措施：${name.zh}`, en: `Measures: ${name.en}` },
  settings: [{ value, from, instrument }],
})

export const parameters: readonly ParameterDef[] = [
  {
    code: 'zoning.rules.sichuan',
    label: { zh: '四川四类分区规则（自上而下，先中先用）', en: 'Sichuan classes, first match wins' },
    settings: [
      {
        value: [
          '!everHadCase | activeCases = 0 & daysSinceLastDischarge >= 14 & daysSinceLastNewCase >= 14 -> no-active-cases',
          'shareOfCountiesAffected >= 0.8 & weeklyIncidencePer100k > 15 -> local-epidemic',
          'clusterOrSustainedSpread & weeklyIncidencePer100k > 15 -> community-outbreak',
          'clusterOrSustainedSpread & weeklyIncidencePer100k >= 3 -> community-outbreak',
          'always -> sporadic',
        ],
        from: '2020-02-13',
        instrument: PROVINCE,
      },
    ],
  },
  {
    code: 'zoning.rules.national',
    label: { zh: '国家三级风险规则（自上而下，先中先用）', en: 'National levels, first match wins' },
    settings: [
      {
        value: ['cumulativeCases > 50 & clusterWithin14Days -> high', '!everHadCase | !newCaseWithin14Days -> low', 'always -> medium'],
        from: '2020-02-17',
        instrument: NATION,
      },
    ],
  },
  {
    code: 'zoning.again',
    label: { zh: '须再按区县分区的市级等级', en: 'Classes of a city that is zoned again by county' },
    options: CLASSES,
    settings: [{ value: ['sporadic', 'community-outbreak'], from: '2020-02-13', instrument: PROVINCE }],
  },
  {
    code: 'zoning.cluster.days',
    label: { zh: '聚集性疫情的时间窗（天）', en: 'Days for which a cluster counts' },
    settings: [{ value: 14, instrument: NATION }],
  },
  {
    code: 'zoning.grace.days',
    label: { zh: '病例日报可晚报的天数（超过即为缺报）', en: 'Days that a daily case count may be late before it is missing' },
    settings: [{ value: 1, instrument: PRESET }],
  },
  {
    code: 'zoning.rest.days',
    label: { zh: '未采纳的建议多少天后再提', en: 'Days until a rejected class is proposed again' },
    settings: [{ value: 7, instrument: PRESET }],
  },
  {
    code: POPULATION,
    label: { zh: '常住人口（区划代码:人数）', en: 'Population (area code:persons)' },
    settings: [
      {
        value: ['5119:2712894', '511902:719038', '511903:345728', '511921:521875', '511922:467609', '511923:658644'],
        instrument: {
          zh: '第七次全国人口普查（2020年11月1日零时）常住人口；经济开发区计入所在区',
          en: 'Census of 2020-11-01, residents; the development zone is counted with the district it lies in',
        },
      },
    ],
  },
  measures(
    'no-active-cases',
    { zh: '无现症病例区', en: 'no active cases' },
    [
      '外防输入：重点地区来人登记和健康监测 | Watch and register arrivals from listed places',
      '有序恢复生产生活秩序 | Restore work and life in order',
    ],
    '2020-02-13',
    SUMMARY,
  ),
  measures(
    'sporadic',
    { zh: '散发病例区', en: 'sporadic cases' },
    ['密切接触者隔离医学观察 | Observation of close contacts', '疫点终末消毒 | Disinfection of the places of cases'],
    '2020-02-13',
    SUMMARY,
  ),
  measures(
    'community-outbreak',
    { zh: '社区暴发区', en: 'community outbreak' },
    ['疫点所在小区（村组）封闭管理 | Closed management of the estates or villages concerned', '限制人群聚集活动 | Limits on gatherings'],
    '2020-02-13',
    SUMMARY,
  ),
  measures(
    'local-epidemic',
    { zh: '局部流行区', en: 'local epidemic' },
    ['区域交通管控 | Traffic control of the region', '依法停工、停业、停课 | Stop of work, business, classes under law'],
    '2020-02-13',
    SUMMARY,
  ),
  measures(
    'low',
    { zh: '低风险', en: 'low risk' },
    [
      '外防输入，全面恢复生产生活秩序 | Keep cases out, restore work and life',
      '不得封路封村、关闭集市 | Roads, villages and markets stay open',
    ],
    '2020-02-17',
    NATION_SUMMARY,
  ),
  measures(
    'medium',
    { zh: '中风险', en: 'medium risk' },
    ['外防输入、内防扩散，有序复工复产 | Keep cases out and from spreading, reopen in order'],
    '2020-02-17',
    NATION_SUMMARY,
  ),
  measures(
    'high',
    { zh: '高风险', en: 'high risk' },
    ['严格管控，待疫情有效控制后复工 | Strict control, work resumes when spread has ended'],
    '2020-02-17',
    NATION_SUMMARY,
  ),
]
