// Times that come again: 每周五, 每日18时前, 每日报送. They are no single day; the register keeps them as how often is reported.

/** How often something comes again. */
export type Recurrence = 'daily' | 'weekly' | 'halfMonth' | 'monthly'

const WORDS: Readonly<Record<Recurrence, string>> = { daily: '每日', weekly: '每周', halfMonth: '每半月', monthly: '每月' }

const HAN = '[一二两三四五六七八九十]{1,3}'
const WEEKDAY = '(?:周|星期|礼拜)(?:[一二三四五六日天](?![次遍回轮])|末)'
const CLOCK = `(?:上午|下午|中午|晚上?)?(?:\\d{1,2}|${HAN})(?:[时点]|:\\d{2})(?:\\d{1,2}分|半|整)?`
const BEFORE = '(?:之前|以前|前(?!后))'
const DAY = `${WEEKDAY}|半个?月|月(?:(?:\\d{1,2}|${HAN})[日号]|[底末])`
/** A day or an hour of every day, week or month. */
const TIME = new RegExp(`每(?:(?:${DAY})(?:${CLOCK})?${BEFORE}?|(?:天|日|晚|个?工作日|周|月)(?:${CLOCK}${BEFORE}?|${BEFORE}))`)
/** 每日报送: nothing but how often is reported. */
const REPORTED = /每(?:天|日|周|半个?月|月)(?=[^，。；]{0,4}?(?:报送|上报|报告|反馈|汇报|通报))/

/** The words of a time that comes again, with where they stand; null where `text` names none. */
export function recurrenceIn(text: string): { readonly words: string; readonly at: number } | null {
  const found = TIME.exec(text) ?? REPORTED.exec(text)
  return found === null ? null : { words: found[0], at: found.index }
}

/** How often the words of a deadline come again; null where they are a single time. */
export function recurrenceOf(deadline: string | undefined): Recurrence | null {
  if (deadline === undefined || recurrenceIn(`${deadline}报送`) === null) return null
  if (/每半个?月/.test(deadline)) return 'halfMonth'
  if (/每月/.test(deadline)) return 'monthly'
  return /每(?:周|星期|礼拜)/.test(deadline) ? 'weekly' : 'daily'
}

export const recurrenceName = (recurrence: Recurrence): string => WORDS[recurrence]
