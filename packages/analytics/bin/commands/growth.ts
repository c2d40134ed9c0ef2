/** `analyse growth`: exponential rate, doubling time and the R it implies. */
import { growthRate, reproductionIntervalFromGrowth } from '../../src/epidemic/growth/index.ts'
import type { Command } from '../command.ts'
import { readDailyCounts, settledCounts } from '../input/daily-counts.ts'
import { asOfOption, choiceOption, countOptions, countOptionsOf, numberOption } from '../options.ts'
import { figure } from '../picture/drawing.ts'
import { methodWords } from '../picture/method-words.ts'
import { timeChart } from '../picture/time-chart.ts'

const models = { poisson: 'poisson', quasipoisson: 'quasiPoisson', negbin: 'negativeBinomial' } as const

export const growth: Command = {
  name: 'growth',
  zh: '增长率与倍增时间',
  en: 'Growth rate and doubling time',
  options: {
    ...countOptions,
    model: { zh: 'poisson、quasipoisson 或 negbin', en: 'poisson, quasipoisson or negbin', fallback: 'negbin' },
    'si-mean': { zh: '代间距均值（天），用于换算 R', en: 'mean serial interval for R', fallback: '5.2' },
    'si-sd': { zh: '代间距标准差（天）', en: 'its standard deviation', fallback: '4.1' },
  },
  run(table, options) {
    const zh = options.language === 'zh'
    const counts = readDailyCounts(table, countOptionsOf(options))
    const cases = settledCounts(counts).counts
    const result = growthRate({
      counts: cases,
      model: models[choiceOption(options, 'model', ['poisson', 'quasipoisson', 'negbin'])],
      asOf: asOfOption(options, counts.days.at(-1) ?? ''),
    })
    if (!result.ok) return { result }
    const reproduction = reproductionIntervalFromGrowth(
      result.rate,
      numberOption(options, 'si-mean', { least: 0.01 }),
      numberOption(options, 'si-sd', { least: 0.01 }),
    )
    const { rate, doubling } = result
    const level = figure(100 * rate.level)
    const word =
      doubling.direction === 'undecided'
        ? zh
          ? '区间含 0，不能断言增长或下降'
          : 'the interval holds 0: neither growth nor decline can be claimed'
        : doubling.direction === 'doubling'
          ? zh
            ? `每 ${figure(doubling.days)} 天翻一番`
            : `doubles every ${figure(doubling.days)} days`
          : zh
            ? `每 ${figure(-doubling.days)} 天减半`
            : `halves every ${figure(-doubling.days)} days`
    return {
      result: { ...result, reproduction, from: counts.days[0], to: counts.days.at(-1) },
      picture: () =>
        timeChart({
          language: options.language,
          days: counts.days,
          title: `${counts.group ?? ''}${zh ? '增长率' : ' Growth rate'}`.trim(),
          subtitle: zh
            ? `r ${figure(rate.estimate)} / 天（${level}% 区间 ${figure(rate.lower)} – ${figure(rate.upper)}），${word}；R ${figure(reproduction.estimate)}（${figure(reproduction.lower)} – ${figure(reproduction.upper)}）`
            : `r ${figure(rate.estimate)} a day (${level} % interval ${figure(rate.lower)} to ${figure(rate.upper)}), ${word}; R ${figure(reproduction.estimate)} (${figure(reproduction.lower)} to ${figure(reproduction.upper)})`,
          footnote: zh
            ? `方法：${methodWords(result.method, 'zh')}；0 例日保留。数据截至 ${result.asOf}`
            : `Method: ${result.method}; days without cases are kept. Data as of ${result.asOf}`,
          panels: [
            {
              title: zh ? '每日新增病例与拟合' : 'New cases a day and the fit',
              height: 300,
              layers: [
                { kind: 'bars', values: [...cases], label: zh ? '新增' : 'new' },
                {
                  kind: 'line',
                  values: counts.days.map((_, day) => Math.exp(result.intercept + rate.estimate * day)),
                  label: zh ? '拟合' : 'fit',
                },
              ],
            },
          ],
        }),
    }
  },
}
