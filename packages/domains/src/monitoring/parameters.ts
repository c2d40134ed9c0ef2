import type { ParameterDef, ParameterSetting } from '@guatu/kernel'
import { KINDS } from './options.ts'

const PRESET = { zh: '系统预设，待本市确定', en: 'Preset; to be set by the city' }
const PROTOCOL = {
  zh: '新型冠状病毒肺炎防控方案（第四版），2020-02-06',
  en: 'Protocol for prevention and control, 4th edition, 2020-02-06',
}
const POST = { zh: '卡口处置流程（示例城市）', en: 'Handling at road posts (one city)' }
const DUTY = { zh: '返乡人员申报通告（示例城市）', en: 'Notice on declaring arrival (one city)' }

const LAW = { zh: '中华人民共和国传染病防治法', en: 'Law of the PRC on the Prevention and Treatment of Infectious Diseases' }

const DAY = { zh: '天', en: 'days' }
const HOUR = { zh: '小时', en: 'hours' }

const parameter = (
  code: string,
  zh: string,
  en: string,
  value: ParameterSetting['value'],
  instrument: ParameterSetting['instrument'],
  unit?: ParameterDef['unit'],
  options?: ParameterDef['options'],
): ParameterDef => ({
  code: `monitoring.${code}`,
  label: { zh, en },
  ...(unit ? { unit } : {}),
  ...(options ? { options } : {}),
  settings: [{ value, instrument }],
})

/** Every number and list of the rules of arrivals and observation. */
export const parameters: readonly ParameterDef[] = [
  parameter(
    'listed.places',
    '疫情较重地区名单（行政区划代码前缀或地名）',
    'Listed places of heavy transmission (prefixes of area codes, or names)',
    ['42', '湖北', '武汉', '3303', '温州'],
    PRESET,
  ),
  parameter('declare.hours', '到达后申报时限', 'Time to declare after arrival', 6, DUTY, HOUR),
  parameter('measure.contact', '密切接触者的措施', 'Measure for close contacts', 'central', PROTOCOL, undefined, KINDS),
  parameter('measure.listed', '疫情较重地区返回人员的措施', 'Measure for arrivals from listed places', 'home', POST, undefined, KINDS),
  parameter('measure.other', '其他地区返回人员的措施', 'Measure for arrivals from elsewhere', 'self', PRESET, undefined, KINDS),
  parameter('days.contact', '密切接触者观察天数', 'Days of observation, close contacts', 14, PROTOCOL, DAY),
  parameter('days.listed', '疫情较重地区返回人员观察天数', 'Days of observation, from listed places', 14, POST, DAY),
  parameter('days.other', '其他地区返回人员观察天数', 'Days of observation, from elsewhere', 7, POST, DAY),
  parameter('days.exposed', '同点暴露者观察天数', 'Days of observation, exposed at a site', 14, PROTOCOL, DAY),
  parameter(
    'clinic.days',
    '疑似或确诊后几天内视为由医疗机构收治：本人不得外出，确诊的再次申报不另行观察（此后另行纳入观察的以观察为准）',
    'Days after a suspected or confirmed finding in which the clinic has somebody: they are not let out, and of the confirmed no declaration opens an observation, unless observed anew since',
    42,
    PRESET,
    DAY,
  ),
  parameter('days.recovered', '出院后观察天数', 'Days of observation after discharge', 14, PRESET, DAY),
  parameter('late.remaining', '迟报迟查者只观察剩余天数', 'Who is found late serves only the days that remain', true, PRESET),
  parameter('readings.home', '居家观察每日测温次数', 'Readings a day at home', 2, PROTOCOL),
  parameter('readings.central', '集中观察每日测温次数', 'Readings a day at a central site', 2, PROTOCOL),
  parameter('readings.self', '自我监测每日测温次数', 'Readings a day, self-monitoring', 2, PRESET),
  parameter('reading.opens.morning', '上午测温自几时起', 'Morning reading from', '00:00', PRESET),
  parameter('reading.opens.evening', '下午测温自几时起', 'Evening reading from', '12:00', PRESET),
  parameter('fever.from', '发热界值', 'Fever from', 37.3, PROTOCOL, { zh: '℃', en: '°C' }),
  parameter('remind.worker', '多久无读数提醒包保责任人', 'Without a reading: remind the worker after', 24, PRESET, HOUR),
  parameter('remind.town', '多久无读数报乡镇', 'Without a reading: tell the town after', 48, PRESET, HOUR),
  parameter('remind.county', '多久无读数报区县', 'Without a reading: tell the county after', 72, PRESET, HOUR),
  parameter('lost.readings', '连续缺测多少次视为失访', 'Readings missed in a row that count as lost contact', 6, PRESET),
  parameter('copied.readings', '与前一日同时段读数相同多少次列为疑似照抄', 'Readings equal to the day before that look copied', 6, PRESET),
  parameter(
    'copied.minute',
    '同一人同一分钟录入相同读数达多少人列为疑似照抄',
    'Same value by one author in one minute, people',
    10,
    PRESET,
  ),
  parameter('late.hours', '读数迟到多久列入迟报', 'A reading counts as late data after', 12, PRESET, HOUR),
  parameter('release.reading', '解除前几天内须有读数', 'A reading is needed within so many days before release', 1, PRESET, DAY),
  parameter('site.restart', '同点出现阳性后重新计算', 'A positive at a site restarts those exposed', true, PRESET),
  parameter(
    'site.days',
    '阳性日前几天内在该点的也重新计算',
    'Whoever was there so many days before a positive is exposed too',
    2,
    PROTOCOL,
    DAY,
  ),
  parameter('absent.restart', '擅离后重新计算', 'Leaving early restarts the period', false, PRESET),
  parameter('room.family', '同户可同住一间', 'One household may share a room', true, PRESET),
  parameter('need.days', '生活需求办理时限', 'Time to meet a need of daily life', 1, PRESET, DAY),
  parameter('visit.days', '走访时限', 'Time to visit those left at home', 2, PRESET, DAY),
  parameter('list.visit.days', '名单人员核查时限', 'Time to look for somebody of a pushed list', 1, PRESET, DAY),
  parameter(
    'list.keep.days',
    '名单核查后身份信息保存天数',
    'Days that identity of a pushed list is kept after the answer',
    30,
    PRESET,
    DAY,
  ),
  parameter(
    'list.unanswered.days',
    '名单交办后无人反馈的身份信息保存天数',
    'Days that identity of a pushed list is kept where nobody answers',
    60,
    PRESET,
    DAY,
  ),
  // The law as it stood: isolating persons was article 39 until the revision came into force.
  {
    code: 'monitoring.notice.basis',
    label: { zh: '告知书的法律依据', en: 'Legal basis of the notice' },
    settings: [
      { value: '《中华人民共和国传染病防治法》（2013年修正）第三十九条', to: '2025-08-31', instrument: LAW },
      { value: '《中华人民共和国传染病防治法》（2025年修订）', from: '2025-09-01', instrument: LAW },
    ],
  },
  {
    code: 'monitoring.notice.basis.en',
    label: { zh: '告知书的法律依据（英文）', en: 'Legal basis of the notice, in English' },
    settings: [
      { value: 'article 39 of the Law on Prevention of Infectious Diseases (as amended in 2013)', to: '2025-08-31', instrument: LAW },
      { value: 'the Law on Prevention of Infectious Diseases (as revised in 2025)', from: '2025-09-01', instrument: LAW },
    ],
  },
]
