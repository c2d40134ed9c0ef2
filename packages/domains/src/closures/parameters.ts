import type { Label, ParameterDef } from '@guatu/kernel'
import { MEASURES, type Measure } from './order/law.ts'

const PRESET: Label = { zh: '系统预设，待本市确定', en: 'Preset; to be set by the city' }
const LAW_2013: Label = { zh: '《传染病防治法》（2013年修正）', en: 'Law on Infectious Diseases (2013)' }
const LAW_2025: Label = {
  zh: '《传染病防治法》（2025年修订，2025-09-01施行）；条款由本市法制机构核定',
  en: 'Law on Infectious Diseases (revised 2025, in force 2025-09-01); the city’s legal office enters the articles',
}
const POST_TABLE: Label = {
  zh: '道路卡口处置表（某市，2020年2月）；观察期内人员不得离开（传染病防治法第三十九条）',
  en: 'Table of road posts (one city, February 2020); nobody leaves while under observation (Law on Infectious Diseases, art. 39)',
}

/** The provisions of a measure under the law of 2013, and a place to enter those of the revised one. */
const law = (measure: string, name: Label, article: string, articleEn: string): ParameterDef => ({
  code: `closures.law.${measure}`,
  label: { zh: `法律依据：${name.zh}`, en: `Legal basis: ${name.en}` },
  settings: [
    {
      value: [
        `《中华人民共和国传染病防治法》${article} @ 2013年修正 | Law on the Prevention and Control of Infectious Diseases, ${articleEn} @ as amended in 2013`,
      ],
      from: '2013-06-29',
      to: '2025-08-31',
      instrument: LAW_2013,
    },
    {
      value: [
        '《中华人民共和国传染病防治法》（条款由本市法制机构核定） @ 2025年修订 | Law on the Prevention and Control of Infectious Diseases (articles to be entered by the legal office) @ as revised in 2025',
      ],
      from: '2025-09-01',
      instrument: LAW_2025,
    },
  ],
})

const preset = (code: string, label: Label, value: number): ParameterDef => ({ code, label, settings: [{ value, instrument: PRESET }] })

/** The widest area that an order of this measure may name. */
const widest = (measure: Measure, level: string): ParameterDef => ({
  code: `closures.widest.${measure}`,
  label: { zh: `最大范围：${MEASURES[measure].zh}`, en: `Widest scope: ${MEASURES[measure].en}` },
  settings: [{ value: level, instrument: PRESET }],
})

export const parameters: readonly ParameterDef[] = [
  law('closeArea', { zh: '封闭管理', en: 'closed management' }, '第四十二条第一款第（五）项', 'art. 42(1)(5)'),
  law('isolatePlace', { zh: '隔离场所', en: 'isolation of a place' }, '第四十一条', 'art. 41'),
  law('closePlace', { zh: '封闭场所', en: 'closing of a place' }, '第四十二条第一款第（五）项', 'art. 42(1)(5)'),
  law('market', { zh: '限制集市和聚集', en: 'markets and gatherings' }, '第四十二条第一款第（一）项', 'art. 42(1)(1)'),
  law('suspension', { zh: '停工停业停课', en: 'stop of work, business, classes' }, '第四十二条第一款第（二）项', 'art. 42(1)(2)'),
  law('road', { zh: '封闭道路', en: 'closing of a road' }, '第四十二条第一款第（五）项', 'art. 42(1)(5)'),
  {
    code: 'closures.approval.after',
    label: { zh: '先行实施、同时报上级批准的措施', en: 'Measures that act at once and are approved afterwards' },
    settings: [{ value: ['isolatePlace'], instrument: { zh: '《传染病防治法》（2013年修正）第四十一条', en: 'Law of 2013, art. 41' } }],
  },
  {
    code: 'closures.organ.levels',
    label: { zh: '可作决定的机关层级', en: 'Levels of deciding organs' },
    settings: [
      {
        value: ['county', 'city', 'province'],
        instrument: { zh: '《传染病防治法》（2013年修正）第四十一、四十二条', en: 'Law of 2013, arts. 41 and 42' },
      },
    ],
  },
  {
    code: 'closures.approver.outside',
    label: { zh: '不在本系统内批准的层级', en: 'Levels that decide outside of this system' },
    settings: [{ value: ['province'], instrument: PRESET }],
  },
  ...(['closeArea', 'closePlace', 'road'] as const).map((measure) => widest(measure, 'village')),
  // What acts before anybody above has decided is a place, or a part of one: an area is closed by decision.
  widest('isolatePlace', 'grid'),
  {
    code: 'closures.lowRisk.classes',
    label: { zh: '不得封路封村的风险等级', en: 'Classes in which roads and villages stay open' },
    settings: [
      {
        value: ['low'],
        from: '2020-02-17',
        instrument: { zh: '国务院联防联控机制2020-02-17分区分级指导意见', en: 'State Council mechanism, zoning guidance of 2020-02-17' },
      },
    ],
  },
  {
    code: 'closures.lowRisk.forbids',
    label: { zh: '低风险地区不得采取的措施', en: 'What low-risk places may not do' },
    settings: [
      {
        value: ['closeArea', 'road', 'market'],
        from: '2020-02-17',
        instrument: { zh: '国务院联防联控机制2020-02-17分区分级指导意见', en: 'State Council mechanism, zoning guidance of 2020-02-17' },
      },
    ],
  },
  preset('closures.longest', { zh: '封控决定最长天数', en: 'Longest term of an order (days)' }, 14),
  preset('closures.review.grace', { zh: '复核日期过后几天仍未复核即失效', en: 'Days after a missed review until the order lapses' }, 3),
  preset('closures.review.every', { zh: '复核间隔最长天数', en: 'Longest time between reviews (days)' }, 7),
  preset('closures.pass.days', { zh: '通行证最长有效天数', en: 'Longest term of a pass (days)' }, 7),
  preset('closures.key.days', { zh: '设备签发密钥有效天数', en: 'Term of a device key (days)' }, 14),
  preset(
    'closures.cancel.minutes',
    { zh: '卡口登记几分钟内登记人可自行撤销', en: 'Minutes in which a line at a gate is cancelled by who entered it' },
    30,
  ),
  preset(
    'closures.clinic.home.days',
    {
      zh: '疑似或确诊后几天内同住人员不得外出（其他同住人员纳入观察后以观察为准）',
      en: 'Days after a suspected or confirmed finding in which the home is kept in, unless somebody else of it is observed',
    },
    14,
  ),
  preset('closures.drive.minutes', { zh: '卡口至目的地车程（分钟）', en: 'Drive from post to destination (minutes)' }, 120),
  preset('closures.chase.minutes', { zh: '逾期未到催问间隔（分钟）', en: 'Minutes between reminders of the overdue' }, 60),
  preset('closures.chase.county', { zh: '第几次催问起转区县办理', en: 'From which reminder on the county is asked' }, 3),
  preset('closures.chase.most', { zh: '自动催问次数上限', en: 'Most automatic reminders' }, 12),
  preset(
    'closures.gates.apart',
    {
      zh: '同一通行证相隔几分钟内在两处卡口同向登记即标记（最多30）',
      en: 'Minutes within which a pass logged at two gates in one direction is marked (at most 30)',
    },
    10,
  ),
  {
    code: 'closures.rules.road',
    label: { zh: '道路卡口处置规则（自上而下，先中先用）', en: 'Rules of road posts, first match wins' },
    settings: [
      {
        value: [
          'refuses -> turnBack',
          'temperature >= 37.3 & listed -> holding',
          'temperature >= 37.3 -> clinic',
          'isolated & out -> turnBack',
          'out -> pass',
          'through & !listed -> pass',
          'local -> pass',
          'listed & home -> home 14',
          'home -> home 7',
          'listed -> central 14',
          'always -> central 7',
        ],
        from: '2020-01-27',
        instrument: POST_TABLE,
      },
      {
        value: [
          'refuses -> turnBack',
          'temperature >= 37.3 & listed -> holding',
          'temperature >= 37.3 -> clinic',
          'isolated & out -> turnBack',
          'out -> pass',
          'through & !listed -> pass',
          'local -> pass',
          'certificate & !listed -> pass',
          'listed & home -> home 14',
          'home -> home 7',
          'listed -> central 14',
          'always -> central 7',
        ],
        from: '2020-02-17',
        instrument: { zh: '四川省健康申报证明互认（2020-02-17起）', en: 'Recognition of Sichuan health certificates (from 2020-02-17)' },
      },
    ],
  },
  {
    code: 'closures.rules.estate',
    label: { zh: '小区大门处置规则（自上而下，先中先用）', en: 'Rules of estate gates, first match wins' },
    settings: [
      {
        value: [
          'temperature >= 37.3 -> clinic',
          '!mask -> turnBack',
          'refuses -> turnBack',
          'courier -> turnBack',
          'isolated & out -> turnBack',
          'exempt -> pass',
          'spent & out -> turnBack',
          'pass -> pass',
          '!pass -> turnBack',
          'always -> turnBack',
        ],
        from: '2020-01-27',
        instrument: { zh: '小区封闭管理通告（多市，2020年2月）', en: 'Notices on closed estates (several cities, February 2020)' },
      },
    ],
  },
]
