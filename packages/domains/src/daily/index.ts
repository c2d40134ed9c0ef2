import { count, defineDomain, erase, times } from '@guatu/kernel'
import { publicBulletin } from './bulletin/public-bulletin.ts'
import { dailyReport } from './report/daily-report.ts'
import { zeroReport } from './report/zero-report.ts'

const PRESET = { zh: '系统预设，待本市确定', en: 'Preset; to be set by the city' }

/** The end of the day: explicit zero reports, the daily report frozen with its tests, the bulletin for everybody. */
export default defineDomain({
  name: 'daily',
  label: { zh: '日报', en: 'Daily report' },
  records: [erase(zeroReport), erase(dailyReport), erase(publicBulletin)],
  indicators: {
    zeroReports: {
      label: { zh: '零报告', en: 'Zero reports' },
      value: times(zeroReport, ['report', 'reportAgain']),
      good: 'none',
      meaning: { zh: '当日收到的零报告。', en: 'Zero reports of the day.' },
    },
    reportsFrozen: {
      label: { zh: '已冻结日报', en: 'Daily reports frozen' },
      value: count(dailyReport, { state: 'frozen' }),
      good: 'none',
      meaning: { zh: '已冻结的疫情日报份数。', en: 'Daily reports frozen so far.' },
    },
  },
  parameters: [
    {
      code: 'daily.cutOff.city',
      label: { zh: '市级日报截止时刻', en: 'Cut-off of the city' },
      settings: [{ value: '24:00', instrument: { zh: '疫情通报口径：截至当日24时', en: 'Published bulletins: as of 24:00' } }],
    },
    {
      code: 'daily.cutOff.county',
      label: { zh: '区县日报截止时刻', en: 'Cut-off of a county' },
      settings: [{ value: '24:00', instrument: PRESET }],
    },
    {
      code: 'daily.freeze.levels',
      label: { zh: '到时自动冻结日报的层级', en: 'Levels whose report is frozen by itself' },
      settings: [{ value: ['county', 'city'], instrument: PRESET }],
    },
    {
      code: 'daily.freeze.minutes.county',
      label: { zh: '区县日报：截止后多少分钟自动冻结', en: 'County: minutes from the cut-off to the freezing' },
      unit: { zh: '分钟', en: 'minutes' },
      settings: [{ value: 30, instrument: PRESET }],
    },
    {
      code: 'daily.freeze.minutes.city',
      label: { zh: '市级日报：截止后多少分钟自动冻结', en: 'City: minutes from the cut-off to the freezing' },
      unit: { zh: '分钟', en: 'minutes' },
      settings: [{ value: 60, instrument: PRESET }],
    },
    {
      code: 'daily.freeze.days',
      label: { zh: '停机后最多补冻结几天的日报', en: 'Days that are frozen afterwards when the system stood still' },
      unit: { zh: '天', en: 'days' },
      settings: [{ value: 7, instrument: PRESET }],
    },
    {
      code: 'daily.since.days',
      label: { zh: '日报核对补录、更正的以往天数', en: 'Days back for which a daily report names what is known otherwise' },
      unit: { zh: '天', en: 'days' },
      settings: [{ value: 14, instrument: PRESET }],
    },
    {
      code: 'daily.bulletin.smallest',
      label: { zh: '公众通报最小可公布人数', en: 'Smallest count that may be published' },
      settings: [
        {
          value: 5,
          instrument: {
            zh: '系统预设（去标识化要求见2020年2月个人信息保护通知）',
            en: 'Preset (de-identification: notice of February 2020)',
          },
        },
      ],
    },
    {
      code: 'daily.zero.first',
      label: { zh: '首个报告日', en: 'First day of daily reports' },
      settings: [{ value: '2020-01-20', instrument: PRESET }],
    },
    {
      code: 'daily.zero.lateDays',
      label: { zh: '零报告最多补报几天前的', en: 'Days back for which a zero report may still come in' },
      unit: { zh: '天', en: 'days' },
      settings: [{ value: 3, instrument: PRESET }],
    },
    {
      code: 'daily.late.hours',
      label: { zh: '迟报：记录晚于发生的小时数', en: 'Late: hours from happening to recording' },
      unit: { zh: '小时', en: 'hours' },
      settings: [{ value: 6, instrument: PRESET }],
    },
  ],
})
