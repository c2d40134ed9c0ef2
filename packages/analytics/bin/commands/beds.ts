/** `analyse beds`: beds in use from admissions and length of stay. */
import { projectBeds, stayCurve } from '../../src/epidemic/beds/index.ts'
import { discretiseDelay } from '../../src/epidemic/fatality/index.ts'
import { isoDay } from '../../src/epidemic/linelist/index.ts'
import { RandomStream } from '../../src/statistics/index.ts'
import type { Command } from '../command.ts'
import { findColumn, needColumn } from '../input/columns.ts'
import { readDailyCounts } from '../input/daily-counts.ts'
import { asOfOption, choiceOption, countOptions, countOptionsOf, numberOption } from '../options.ts'
import { colours, dayLabel, figure } from '../picture/drawing.ts'
import { methodWords } from '../picture/method-words.ts'
import { timeChart } from '../picture/time-chart.ts'
import { delayLaw } from './cfr.ts'

export const beds: Command = {
  name: 'beds',
  zh: '床位占用推算',
  en: 'Beds in use',
  options: {
    ...countOptions,
    'stay-law': { zh: '住院日分布：gamma、lognormal 或 weibull', en: 'law of the stay: gamma, lognormal or weibull', fallback: 'gamma' },
    'stay-mean': { zh: '平均住院日', en: 'mean stay, days', fallback: '14' },
    'stay-sd': { zh: '其标准差', en: 'its standard deviation', fallback: '6' },
    capacity: { zh: '可用床位', en: 'beds there are' },
    horizon: { zh: '向后推算天数', en: 'days ahead', fallback: '14' },
    admitted: {
      zh: '今后每日收治数（期望；缺省为最近 7 天均值）',
      en: 'admissions a day from now on (expected; by default the last 7 days’ mean)',
    },
    seed: { zh: '随机种子', en: 'random seed', fallback: '1' },
  },
  run(table, options) {
    const zh = options.language === 'zh'
    const chosen = options.values.column ?? table.header[findColumn(table, 'admissions')] ?? ''
    needColumn(table, 'admissions', chosen === '' ? undefined : chosen)
    const counts = readDailyCounts(table, { ...countOptionsOf(options), column: chosen, corrections: 'refused' })
    const horizon = numberOption(options, 'horizon', { least: 0, most: 365, whole: true })
    const law = delayLaw(
      choiceOption(options, 'stay-law', ['gamma', 'lognormal', 'weibull']),
      numberOption(options, 'stay-mean', { least: 0.1 }),
      numberOption(options, 'stay-sd', { least: 0.1 }),
    )
    const pmf = [...discretiseDelay(law, 400)]
    const mass = pmf.reduce((sum, chance) => sum + chance, 0)
    const stay = stayCurve(pmf.map((chance) => chance / mass))
    const recent = counts.total.slice(-7)
    const daily =
      options.values.admitted === undefined
        ? recent.reduce((sum, count) => sum + count, 0) / recent.length
        : numberOption(options, 'admitted', { least: 0 })
    const random = new RandomStream(numberOption(options, 'seed', { whole: true }))
    const draws = Array.from({ length: 500 }, () => [...counts.total, ...Array.from({ length: horizon }, () => random.poisson(daily))])
    const capacity = options.values.capacity === undefined ? {} : { capacity: numberOption(options, 'capacity', { least: 0 }) }
    const result = projectBeds(draws, stay, {
      asOf: asOfOption(options, counts.days.at(-1) ?? ''),
      seed: numberOption(options, 'seed', { whole: true }),
      ...capacity,
    })
    if (!result.ok) return { result }
    const days = Array.from({ length: counts.total.length + horizon }, (_, k) => isoDay(counts.firstDay + k))
    const last = result.days.at(-1)?.beds
    const full = result.fullOn === null ? null : (days[result.fullOn] ?? null)
    return {
      result: { ...result, days: result.days.map((day, k) => ({ date: days[k], ...day })), fullOnDate: full, expectedAdmissions: daily },
      picture: () =>
        timeChart({
          language: options.language,
          days,
          title: `${counts.group ?? ''}${zh ? '床位占用' : ' Beds in use'}`.trim(),
          subtitle: zh
            ? `${dayLabel(days.at(-1) ?? '', 'zh')}：${figure(last?.estimate ?? 0)}（95% 区间 ${figure(last?.lower ?? 0)}–${figure(last?.upper ?? 0)}）${full === null ? '' : `；${dayLabel(full, 'zh')} 起床位不足的可能过半`}`
            : `${dayLabel(days.at(-1) ?? '', 'en')}: ${figure(last?.estimate ?? 0)} (95 % interval ${figure(last?.lower ?? 0)} to ${figure(last?.upper ?? 0)})${full === null ? '' : `; more likely than not too few from ${dayLabel(full, 'en')}`}`,
          footnote: zh
            ? `方法：${methodWords(result.method, 'zh')}；假定今后每日收治 ${figure(daily)} 人、平均住院 ${options.values['stay-mean']} 天。数据截至 ${result.asOf}`
            : `Method: ${result.method}. Assumes ${figure(daily)} admissions a day and a mean stay of ${options.values['stay-mean']} days. Data as of ${result.asOf}`,
          ...(horizon > 0 ? { divide: { day: counts.total.length, label: zh ? '推算' : 'projection' } } : {}),
          panels: [
            {
              title: zh ? '每日收治' : 'Admissions a day',
              height: 110,
              layers: [{ kind: 'bars', values: counts.total, label: zh ? '收治' : 'admitted' }],
            },
            {
              title: zh ? '24 时在院人数' : 'In hospital at 24:00',
              height: 240,
              references:
                result.capacity === null
                  ? []
                  : [{ value: result.capacity, label: zh ? `床位 ${result.capacity}` : `${result.capacity} beds`, colour: colours.red }],
              layers: [
                {
                  kind: 'band',
                  lower: result.days.map((day) => day.beds.lower),
                  upper: result.days.map((day) => day.beds.upper),
                  label: zh ? '95% 区间' : '95 % interval',
                },
                { kind: 'line', values: result.days.map((day) => day.beds.estimate), label: zh ? '期望' : 'expected' },
              ],
            },
          ],
        }),
    }
  },
}
