import { dailyFigures } from '@guatu/domains'
import { counted, fullDayWords, type Lang, minuteWords } from '@guatu/kernel'

/** As of when, composed when, and what arrived late: stands on every sheet and page. */
export function asOfLine(content: dailyFigures.DailyContent, lang: Lang): string {
  const { late, zone } = content
  const [cutOff, composedAt] = [minuteWords(content.cutOff, zone)[lang], minuteWords(content.composedAt, zone)[lang]]
  // Composed before its day was over it says how things stood then, not at the cut-off.
  if (Temporal.Instant.compare(content.composedAt, content.cutOff) < 0)
    return lang === 'zh'
      ? `数据截至${composedAt}，当日${cutOff}截止，尚未满一日。`
      : `As of ${composedAt}; the day is cut off at ${cutOff} and is not over.`
  return lang === 'zh'
    ? `数据截至${cutOff}，生成于${composedAt}；截止后补录${late}条，已计入当日。`
    : `As of ${cutOff}, composed ${composedAt}; ${counted(late, 'act')} arrived after the cut-off, counted on the day.`
}

/** What came in after the last report was frozen, in one sentence; with the days before it that are known otherwise. */
export function sinceLine(since: dailyFigures.SinceLast, lang: Lang): string {
  const { day, acts, earlier = [] } = since
  const changed = since.changed.length + earlier.reduce((sum, one) => sum + one.changed.length, 0)
  const days = earlier.map((one) => fullDayWords(one.day)[lang])
  if (lang === 'zh')
    return acts === 0 && changed === 0
      ? `上次日报（${fullDayWords(day)[lang]}）之后没有补录或更正。`
      : `上次日报（${fullDayWords(day)[lang]}）之后补录、更正以往日期的记录${acts}条，影响${changed}个数${days.length === 0 ? '' : `，涉及更早的${days.join('、')}`}；已冻结的日报不变，更正计入本次存量。`
  return acts === 0 && changed === 0
    ? `Nothing came in late since the report of ${fullDayWords(day)[lang]}.`
    : `Since the report of ${fullDayWords(day)[lang]} ${counted(acts, 'act')} about earlier days came in, ${counted(changed, 'figure')} known otherwise${days.length === 0 ? '' : `, also of ${days.join(', ')}`}; frozen reports stay, the stock of this one holds the correction.`
}

/** Which counties had frozen other figures of the same day, and what they say, in one paragraph. */
export function countiesLine(counties: readonly dailyFigures.CountyFroze[], zone: string, lang: Lang): string {
  const zh = lang === 'zh'
  const said = counties.map(({ composedAt, changed }) => {
    const figures = changed.map(({ line, was, is }) => {
      const label = dailyFigures.labelOf(line)?.[lang] ?? line
      return zh ? `${label}${was}，本表${is}` : `${label} ${was}, here ${is}`
    })
    const [name, moment] = [changed[0]?.name ?? '', minuteWords(composedAt, zone)[lang]]
    return zh ? `${name}（生成于${moment}）：${figures.join('；')}` : `${name} (composed ${moment}): ${figures.join('; ')}`
  })
  return zh
    ? `与区县已冻结日报不同（其后有补录或更正，两份均有效）：${said.join('。')}。`
    : `Differs from what the county froze (more came in since; both stand): ${said.join('. ')}.`
}
