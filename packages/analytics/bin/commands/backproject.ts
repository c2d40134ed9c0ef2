/** `analyse backproject`: the curve of infections behind the curve of onsets. */
import { backproject as estimate } from '../../src/epidemic/backprojection/index.ts'
import { discretiseDelay } from '../../src/epidemic/fatality/index.ts'
import type { Command } from '../command.ts'
import { readDailyCounts, settledCounts } from '../input/daily-counts.ts'
import { asOfOption, choiceOption, countOptions, countOptionsOf, numberOption } from '../options.ts'
import { colours } from '../picture/drawing.ts'
import { methodWords } from '../picture/method-words.ts'
import { timeChart } from '../picture/time-chart.ts'
import { delayLaw } from './cfr.ts'

export const backproject: Command = {
  name: 'backproject',
  zh: '由发病曲线反推感染曲线',
  en: 'Infections behind the onsets',
  options: {
    ...countOptions,
    'incubation-law': { zh: 'gamma、lognormal 或 weibull', en: 'gamma, lognormal or weibull', fallback: 'lognormal' },
    'incubation-mean': { zh: '感染到发病（或报告）均值（天）', en: 'mean days from infection to onset (or report)', fallback: '5.5' },
    'incubation-sd': { zh: '其标准差', en: 'its standard deviation', fallback: '2.1' },
    smoothing: { zh: '平滑宽度（偶数）', en: 'smoothing (even)', fallback: '2' },
    seed: { zh: '随机种子', en: 'random seed', fallback: '1' },
  },
  run(table, options) {
    const zh = options.language === 'zh'
    const counts = readDailyCounts(table, countOptionsOf(options))
    const cases = settledCounts(counts).counts
    const law = delayLaw(
      choiceOption(options, 'incubation-law', ['gamma', 'lognormal', 'weibull']),
      numberOption(options, 'incubation-mean', { least: 0.1 }),
      numberOption(options, 'incubation-sd', { least: 0.1 }),
    )
    const result = estimate(cases, discretiseDelay(law, 60), {
      asOf: asOfOption(options, counts.days.at(-1) ?? ''),
      smoothing: numberOption(options, 'smoothing', { least: 0, whole: true }),
      seed: numberOption(options, 'seed', { whole: true }),
    })
    if (!result.ok) return { result }
    const firm = (values: Float64Array) => Array.from(values, (value, day) => ((result.seenShare[day] ?? 0) < 0.3 ? null : value))
    return {
      result: { ...result, dates: counts.days },
      picture: () =>
        timeChart({
          language: options.language,
          days: counts.days,
          title: `${counts.group ?? ''}${zh ? '感染曲线（反推）' : ' Infections, projected back'}`.trim(),
          subtitle: zh
            ? '最近的感染大多尚未发病：可见比例不足 30% 的日子不画'
            : 'most recent infections have not fallen ill yet: days of which less than 30 % can be seen are not drawn',
          footnote: `${zh ? '方法：' : 'Method: '}${methodWords(result.method, options.language)}${zh ? '；潜伏期 ' : '; incubation '}${options.values['incubation-mean']}±${options.values['incubation-sd']}${zh ? ' 天。数据截至 ' : ' days. Data as of '}${result.asOf}`,
          panels: [
            {
              title: zh ? '每日发病与感染' : 'Onsets and infections a day',
              height: 320,
              layers: [
                { kind: 'bars', values: [...cases], label: zh ? '发病' : 'onsets' },
                {
                  kind: 'band',
                  lower: firm(result.lower),
                  upper: firm(result.upper),
                  label: zh ? '95% 区间' : '95 % interval',
                  colour: colours.orange,
                },
                { kind: 'line', values: firm(result.infections), label: zh ? '感染' : 'infections', colour: colours.orange },
              ],
            },
          ],
        }),
    }
  },
}
