import type { dailyFigures } from '@guatu/domains'
import type { Lang } from '@guatu/kernel'

export function dayWords(day: string, lang: Lang): string {
  const date = Temporal.PlainDate.from(day)
  return lang === 'zh'
    ? `${date.year}年${date.month}月${date.day}日`
    : date.toLocaleString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
}

const minute = (instant: string, zone: string) =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ')

/** As of when, composed when, and what arrived late: stands on every sheet and page. */
export function asOfLine(content: dailyFigures.DailyContent, lang: Lang): string {
  const { late, zone } = content
  const [cutOff, composedAt] = [minute(content.cutOff, zone), minute(content.composedAt, zone)]
  return lang === 'zh'
    ? `数据截至 ${cutOff}，生成于 ${composedAt}；截止后补录 ${late} 条，已计入当日。`
    : `As of ${cutOff}, composed ${composedAt}; ${late} acts arrived after the cut-off and are counted on the day.`
}
