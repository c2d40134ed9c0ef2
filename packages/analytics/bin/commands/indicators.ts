/** `analyse indicators`: the figures of a daily report. */
import { changeAgainst, incidencePer100k, incrementsOf, sevenDayMean } from '../../src/epidemic/linelist/index.ts'
import type { Command } from '../command.ts'
import { readDailyCounts } from '../input/daily-counts.ts'
import { asOfOption, asOfWords, choiceOption, countOptions, countOptionsOf, numberOption } from '../options.ts'
import { colours, figure } from '../picture/drawing.ts'
import { methodWords } from '../picture/method-words.ts'
import { timeChart } from '../picture/time-chart.ts'

const METHOD = 'Counts and first differences; corrections kept'

export const indicators: Command = {
  name: 'indicators',
  zh: '日报指标（环比、7 日均值、发病率）',
  en: 'Indicators of a daily report (changes, 7-day mean, incidence)',
  options: {
    ...countOptions,
    cumulative: { zh: 'yes：该列为累计数', en: 'yes: the column is a cumulative count', fallback: 'no' },
    population: { zh: '人口，用于一周发病率', en: 'population, for the one-week incidence' },
  },
  run(table, options) {
    const zh = options.language === 'zh'
    const cumulative = choiceOption(options, 'cumulative', ['yes', 'no']) === 'yes'
    const counts = readDailyCounts(table, { ...countOptionsOf(options), ...(cumulative ? { corrections: 'refused' } : {}) })
    const increments = cumulative ? incrementsOf(counts.total) : counts.total.map((count) => ({ increment: count, correction: count < 0 }))
    const series = increments.map((one) => one.increment)
    const [mean, day, week] = [sevenDayMean(series), changeAgainst(series, 1), changeAgainst(series, 7)]
    const weekly =
      options.values.population === undefined ? null : incidencePer100k(series, numberOption(options, 'population', { least: 1 }))
    const corrections = increments.filter((one) => one.correction).length
    const last = series.length - 1
    const asOf = asOfOption(options, counts.days.at(-1) ?? '')
    const rate = weekly?.[last]?.value
    const rateWords =
      rate === null || rate === undefined
        ? ''
        : zh
          ? `；一周发病率 ${figure(rate)}/10万`
          : `; one-week incidence ${figure(rate)} per 100,000`
    return {
      result: {
        ok: true,
        method: METHOD,
        asOf,
        days: counts.days.map((date, k) => ({
          date,
          new: series[k],
          correction: increments[k]?.correction,
          change: day[k],
          weekChange: week[k],
          sevenDayMean: mean[k],
          weeklyIncidence: weekly?.[k] ?? null,
        })),
        corrections,
      },
      picture: () =>
        timeChart({
          language: options.language,
          days: counts.days,
          title: `${counts.group ?? ''}${zh ? '日报指标' : ' Daily indicators'}`.trim(),
          subtitle: zh
            ? `当日新增 ${figure(series[last] ?? 0)}，7 日均值 ${figure(mean[last]?.value ?? series[last] ?? 0)}${rateWords}`
            : `${figure(series[last] ?? 0)} new, 7-day mean ${figure(mean[last]?.value ?? series[last] ?? 0)}${rateWords}`,
          footnote: zh
            ? `方法：${methodWords(METHOD, 'zh')}；更正（负数）${corrections} 天，图中不画。${asOfWords('zh', asOf)}`
            : `Method: ${METHOD}; ${corrections} days with corrections (negative), not drawn. ${asOfWords('en', asOf)}`,
          panels: [
            {
              title: zh ? '每日新增' : 'New a day',
              height: 300,
              layers: [
                { kind: 'bars', values: series.map((count) => Math.max(0, count)), label: zh ? '新增' : 'new' },
                {
                  kind: 'line',
                  values: mean.map((one) => one?.value ?? null),
                  label: zh ? '7 日均值' : '7-day mean',
                  colour: colours.blue,
                },
              ],
            },
          ],
        }),
    }
  },
}
