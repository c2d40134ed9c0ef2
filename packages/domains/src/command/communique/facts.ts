import { addDays } from '@guatu/kernel'
import { dayFrom, RELATIVE } from './relative.ts'
import type { DateMention, NumberMention, Piece } from './types.ts'

const pad = (n: number): string => String(n).padStart(2, '0')
const lastDay = (year: number, month: number): number =>
  [31, (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0

/** A number of a date in digits or Han numerals. */
const NUMERAL = '(?:\\d{1,2}|[一二三四五六七八九十]{1,3})'

/** 二〇二〇年二月十四日 with its numbers in digits. */
export const arabicDates = (text: string): string =>
  text
    .replace(/([二三][〇○零一二三四五六七八九]{3})(?=年)/g, (year) => [...year].map((ch) => Math.max(0, HAN_DIGIT.indexOf(ch))).join(''))
    .replace(/([一二三四五六七八九十]{1,3})(?=[月日号])/g, (number) => String(readHanNumber(number) ?? number))

/** ISO day, or null where there is no such day. */
export function isoDay(year: number | null, month: number, day: number): string | null {
  if (year === null || month < 1 || month > 12 || day < 1 || day > lastDay(year, month)) return null
  return `${year}-${pad(month)}-${pad(day)}`
}

const CLOCK = '(?:(?:上午|下午|中午|晚上?|凌晨)?\\d{1,2}(?:时|点|:\\d{2})(?:\\d{1,2}分)?)?'
const TIMES = new RegExp(
  [
    `(?:(20\\d{2}|[今本明次来下])年)?(?<!个)(${NUMERAL})月(?:份)?(?:(${NUMERAL})[日号]|(底|末|上旬|中旬|下旬|初))?${CLOCK}`,
    `(?<!\\d)(\\d{1,2})[日号]${CLOCK}(?=前|之前|以前|起)`,
    '(?:(20\\d{2}|[今本明次来下])年)?(?:第?([一二三四])季度|(上半年|下半年|年底|年内))',
    '(?:本|当|这个|这)?(月底|月末|月内|月中|旬末)',
    '(清明|端午|五一|劳动节|春节|元宵|中秋|国庆|元旦)(?:节)?(?=前(?!后)|之前|以前)',
    RELATIVE,
    '(20\\d{2})年',
  ].join('|'),
  'g',
)

/** 周末 names no group of its own. */
const IN_WEEK = /^(?:周|星期|礼拜)/

const QUARTER: Readonly<Record<string, string>> = { 一: '03-31', 二: '06-30', 三: '09-30', 四: '12-31' }

/** A time as it is named, and what its words leave open; `iso` fills that from the meeting. */
interface Time extends DateMention {
  /** The same time of another year or month (1 to 12), where the words name none. */
  readonly again: ((year: number, month: number) => string | null) | null
  readonly open: 'year' | 'month' | null
  /** What the day of the meeting makes of the words: a span of hours or days, one of working days, another such time; null where they name a day. */
  readonly counts: 'span' | 'working' | 'day' | null
}

/** A year in words, seen from that of the meeting. */
const YEARS: Readonly<Record<string, number>> = { 今: 0, 本: 0, 明: 1, 次: 1, 来: 1, 下: 1 }

function readTime(m: RegExpMatchArray, year: number | null, month: number | null, from: string | null): Omit<Time, keyof Piece> {
  const relative = Object.fromEntries(Object.entries(m.groups ?? {}).filter(([, words]) => words !== undefined))
  if (Object.keys(relative).length > 0 || IN_WEEK.test(m[0])) {
    const counts = relative.count === undefined ? 'day' : relative.span === '工作日' ? 'working' : 'span'
    return { iso: from === null ? null : dayFrom(from, relative), again: null, open: null, counts }
  }
  const named = m[1] ?? m[6]
  const y = named === undefined ? year : /^\d/.test(named) ? Number(named) : year === null ? null : year + (YEARS[named] ?? 0)
  const at = (again: (year: number, month: number) => string | null, open: Time['open'] = named === undefined ? 'year' : null) => ({
    iso: y === null ? null : again(y, month ?? 0),
    again,
    open,
    counts: null,
  })
  if (m[2] !== undefined) {
    const mm = readHanNumber(m[2]) ?? 0
    const part = m[4]
    if (m[3] !== undefined) return at((of) => isoDay(of, mm, readHanNumber(m[3] ?? '') ?? 0))
    if (part === '上旬' || part === '中旬') return at((of) => isoDay(of, mm, part === '上旬' ? 10 : 20))
    if (part !== '初') return at((of) => isoDay(of, mm, lastDay(of, mm)))
  } else if (m[5] !== undefined) return at((of, in_) => isoDay(of, in_, Number(m[5])), 'month')
  else if (m[7] !== undefined) return at((of) => `${of}-${QUARTER[m[7] ?? ''] ?? '12-31'}`)
  else if (m[8] !== undefined) return at((of) => (m[8] === '上半年' ? `${of}-06-30` : `${of}-12-31`))
  else if (m[9] !== undefined && /月[底末内]/.test(m[9])) return at((of, in_) => isoDay(of, in_, lastDay(of, in_)), null)
  return { iso: null, again: null, open: null, counts: null }
}

function findTimes(text: string, base: number, year: number | null, month: number | null, from: string | null): readonly Time[] {
  return [...text.matchAll(TIMES)].map((m) => ({
    quote: m[0],
    start: base + m.index,
    end: base + m.index + m[0].length,
    ...readTime(m, year, month, from),
  }))
}

/** Times named in `text`; offsets are shifted by `base`. `month` resolves 月底 and a bare day, the ISO day `from` 明天 and 本周五. */
export function findDates(
  text: string,
  base: number,
  year: number | null,
  month: number | null,
  from: string | null,
): readonly DateMention[] {
  return findTimes(text, base, year, month, from).map(({ quote, start, end, iso }) => ({ quote, start, end, iso }))
}

/** A deadline that passed no longer than this before the meeting (days) is one of then: a year later is not what was meant. */
const LATELY = 31

/** A time as a deadline; `moved` says that its words alone would put it before the meeting. */
export interface DueMention extends DateMention {
  readonly moved: boolean
  readonly counts: Time['counts']
}

/**
 * Times named in `text` as deadlines of a meeting on the ISO day `from`: where the words name no year (or only a day of the month) it is
 * the first such day from the meeting on. Without `from` they stay in the year and month of the text.
 */
export function findDue(text: string, year: number | null, month: number | null, from: string | null): readonly DueMention[] {
  return findTimes(text, 0, year, month, from).map(({ quote, start, end, iso, again, open, counts }) => {
    const due = iso === null || from === null || again === null || iso >= from ? iso : firstFrom(iso, again, open, from)
    return { quote, start, end, iso: due, moved: due !== iso, counts }
  })
}

function firstFrom(iso: string, again: NonNullable<Time['again']>, open: Time['open'], from: string): string {
  const [year, month] = [Number(iso.slice(0, 4)), Number(iso.slice(5, 7))]
  if (open === 'month') {
    const later = Array.from({ length: 2 }, (_, k) => again(year + Math.floor((month + k) / 12), ((month + k) % 12) + 1))
    return later.find((day) => day !== null && day >= from) ?? iso
  }
  return open === null || addDays(iso, LATELY) >= from ? iso : (again(year + 1, month) ?? iso)
}

const NUMBERS =
  /(\d[\d,]{0,14}(?:\.\d{1,6})?)(余|多)?(万亿|亿|万|千|百)?(元|人次|人|名|户|个|家|辆|台|套|只|吨|公斤|斤|亩|公里|千米|米|次|天|小时|分钟|处|例|件|份|所|张|批|支|间|期|条|项|%|％|‰|℃|度|倍|头|羽|座|片|里)?(?!月|日|年|号|时|点|\d)|(百分之[一二三四五六七八九十百零]{1,6})|([一二两三四五六七八九十百千万]{1,6})(人次|名|户|家|辆|台|套|吨|亩|公里|次|天|小时|例|件|批)/g
const SCALE: Readonly<Record<string, number>> = { 百: 100, 千: 1000, 万: 10_000, 亿: 100_000_000, 万亿: 1_000_000_000_000 }

export function findNumbers(text: string, base: number): readonly NumberMention[] {
  const out: NumberMention[] = []
  for (const m of text.matchAll(NUMBERS)) {
    const digits = m[1]
    const value =
      digits === undefined
        ? readHanNumber((m[5] ?? '').replace('百分之', '') || (m[6] ?? ''))
        : Number(digits.replaceAll(',', '')) * (SCALE[m[3] ?? ''] ?? 1)
    const unit = m[4] ?? (m[5] !== undefined ? '%' : (m[7] ?? ''))
    out.push({
      quote: m[0],
      start: base + m.index,
      end: base + m.index + m[0].length,
      value: value !== null && Number.isFinite(value) ? value : null,
      unit,
    })
  }
  return out
}

const HAN_DIGIT = '零一二三四五六七八九'

/** A number written in Han numerals up to 9,999 (十五, 二十三, 一百零五), or null. */
export function readHanNumber(text: string): number | null {
  if (/^\d{1,6}$/.test(text)) return Number(text)
  let total = 0
  let digit = 0
  let seen = false
  for (const ch of text.replaceAll('两', '二').replaceAll('〇', '零')) {
    const d = HAN_DIGIT.indexOf(ch)
    if (d >= 0) digit = d
    else if (ch === '十' || ch === '百' || ch === '千') {
      total += (digit === 0 ? 1 : digit) * (ch === '十' ? 10 : ch === '百' ? 100 : 1000)
      digit = 0
    } else return null
    seen = true
  }
  return seen ? total + digit : null
}

export function findProgrammes(text: string): readonly string[] {
  return [...text.matchAll(/“([^“”]{2,40})”|《([^《》]{2,60})》/g)].map((m) => m[1] ?? m[2] ?? '')
}
