import { addDays, daysBetween } from '@guatu/kernel'

// Times that only the day of the meeting makes a day: 今晚, 本周五, 十日内, 48小时内, 下月5日.

const HAN = '[一二两三四五六七八九十]{1,3}'
const COUNT = `(?:\\d{1,3}|${HAN}|半)`
const WEEK = '(?:周|星期|礼拜)'
const CLOCK = '(?:(?:上午|下午|中午|晚上?|凌晨)?\\d{1,2}(?:时|点|:\\d{2})(?:\\d{1,2}分)?)?'
/** A span that begins with the order: within so many hours, days, weeks or months. */
const WITHIN = `(?<![第近前每过\\d]|(?<!会|会议)后)(?<count>${COUNT})个?(?<span>工作日|小时|天|日|周|星期|月)(?:之内|以内|内)`
const DAYS = '今天|今日|今晚|今夜|明天|明日|明晚|后天|后日'
const DAY = `(?<near>${DAYS}|当天|当日|当晚)${CLOCK}`
/** 本周五, 周五, 下周一; 每周五 comes again and again. */
const WEEKDAY = `(?<![每逢到至隔\\d一二两三四五六七八九十])(?<week>本|这|当|下|下个)?${WEEK}(?<weekday>[一二三四五六日天])(?![季至到次遍回轮])${CLOCK}`
const IN_WEEK = `(?<inWeek>本|这|当|下|下个)?${WEEK}(?:之内|以内|内|末|底)`
const MONTH = `(?<month>下个?|次)月(?:(?<monthDay>\\d{1,2}|${HAN})[日号]|底|末|内)?${CLOCK}`

/** One time seen from the meeting, as the source of a pattern with named groups. */
export const RELATIVE = [DAY, WITHIN, WEEKDAY, IN_WEEK, MONTH].join('|')
const unnamed = (pattern: string): string => pattern.replace(/\?<\w+>/g, '?:')
/** By when an order is to be done, where that stands before it; no groups. */
export const BY_TIME = [
  `(?:\\d{1,2}月(?:\\d{1,2}[日号]|底|末|[上中下]旬)?|\\d{1,2}[日号]|月底|年底)${CLOCK}(?:之前|以前|前(?!后))`,
  `(?:(?:${DAYS})${CLOCK}|${unnamed(WEEKDAY)}|${unnamed(MONTH)})(?:之前|以前|前(?!后))?`,
  unnamed(WITHIN),
  `(?:本|这|当|下个?)?${WEEK}(?:之内|以内|内|末前|底前)`,
].join('|')

/** 2月20日前，各县区要…: a time alone goes with what is to be done by it. */
export const TIME_ALONE = new RegExp(`^(?:在|于|最迟)?(?:${BY_TIME})$`)

const AHEAD: Readonly<Record<string, number>> = { 明: 1, 后: 2 }
const WEEKDAYS = '一二三四五六日'
const ONES = '一二三四五六七八九'
/** A Monday. */
const MONDAY = '2020-01-06'
const dayOfWeek = (day: string): number => ((daysBetween(MONDAY, day) % 7) + 7) % 7

const numberOf = (words: string): number | null => {
  if (/^\d+$/.test(words)) return Number(words)
  const [tens, ones] = words.replaceAll('两', '二').split('十')
  const at = (sign: string | undefined, none: number): number => (sign === undefined || sign === '' ? none : ONES.indexOf(sign) + 1)
  const read = ones === undefined ? at(tens, 0) : at(tens, 1) * 10 + at(ones, 0)
  return read > 0 ? read : null
}

/** The last day of the month that lies `ahead` months on, or its `day`; null where it has no such day. */
function inMonth(from: string, ahead: number, day: number | null): string | null {
  const month = Number(from.slice(0, 4)) * 12 + Number(from.slice(5, 7)) - 1 + ahead
  const first = (at: number): string => `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-01`
  const last = addDays(first(month + 1), -1)
  if (day === null) return last
  return day >= 1 && day <= Number(last.slice(8)) ? addDays(first(month), day - 1) : null
}

/** So many working days on, Monday to Friday: the holidays that a city keeps are not known here. */
function workingDays(from: string, count: number): string {
  let day = from
  for (let left = count; left > 0; ) {
    day = addDays(day, 1)
    if (dayOfWeek(day) < 5) left -= 1
  }
  return day
}

function within(from: string, count: string, span: string): string | null {
  if (count === '半') return span === '天' ? from : span === '月' ? addDays(from, 15) : null
  const number = numberOf(count)
  if (number === null) return null
  if (span === '小时') return addDays(from, Math.ceil(number / 24))
  if (span === '天' || span === '日') return addDays(from, number)
  if (span === '周' || span === '星期') return addDays(from, 7 * number)
  if (span === '工作日') return workingDays(from, number)
  // 一个月内 of the 31st ends with the month that is shorter.
  return inMonth(from, number, Number(from.slice(8))) ?? inMonth(from, number, null)
}

/**
 * The ISO day of a time seen from the meeting on `from`, by the groups that {@link RELATIVE} found; null where it lies before the meeting
 * (本周五 told on a Saturday) or counts in what is not known.
 */
export function dayFrom(from: string, found: Readonly<Record<string, string | undefined>>): string | null {
  const { near, count, span, week, weekday, month, monthDay } = found
  // 当日上报: on the day on which it is found.
  if (near?.startsWith('当')) return null
  if (near !== undefined) return addDays(from, AHEAD[near[0] ?? ''] ?? 0)
  if (count !== undefined && span !== undefined) return within(from, count, span)
  if (month !== undefined) return inMonth(from, 1, monthDay === undefined ? null : numberOf(monthDay))
  const monday = addDays(from, -dayOfWeek(from))
  if (weekday === undefined) return addDays(monday, found.inWeek?.startsWith('下') ? 13 : 6)
  const at = Math.max(WEEKDAYS.indexOf(weekday.replace('天', '日')), 0)
  const day = addDays(monday, at + (week?.startsWith('下') ? 7 : 0))
  // 周五 alone is the next one.
  return day >= from ? day : week === undefined ? addDays(day, 7) : null
}

/** 2小时内 of what is found, received or reported: it counts from no day that is known. */
const OF_EVENT =
  /一旦|(?:发现|接到|接报|接警|收到|出现|发生|确诊|检出|抵达|到达|返[回乡岗]|入住|解除|受理|获悉|知悉)(?!的?(?:问题|隐患)清单)[^。；]*$|(?:凡|如有|若|遇)[^。；]*$|者，?(?:要|应|须|必须)?在?$|(?<!会|会议)后，?(?:要|应|须|必须)?在?$/
export const ofEvent = (before: string): boolean => OF_EVENT.test(before)
