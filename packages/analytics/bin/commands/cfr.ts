/** `analyse cfr`: case fatality with the delay from onset to death. */
import { caseFatality, type DelayLaw, discretiseDelay, rollingFatality } from '../../src/epidemic/fatality/index.ts'
import { families } from '../../src/epidemic/intervals/index.ts'
import type { Command } from '../command.ts'
import { needColumn } from '../input/columns.ts'
import { readDailyCounts, settledCounts } from '../input/daily-counts.ts'
import { placed } from '../input/file-problem.ts'
import { asOfOption, choiceOption, countOptions, countOptionsOf, numberOption } from '../options.ts'
import { colours, figure } from '../picture/drawing.ts'
import { methodWords } from '../picture/method-words.ts'
import { timeChart } from '../picture/time-chart.ts'

export const cfr: Command = {
  name: 'cfr',
  zh: '病死率（按发病到死亡时滞校正）',
  en: 'Case fatality, adjusted for the delay to death',
  options: {
    ...countOptions,
    'delay-law': {
      zh: '时滞分布：gamma、lognormal 或 weibull',
      en: 'law of the delay: gamma, lognormal or weibull',
      fallback: 'lognormal',
    },
    'delay-mean': { zh: '发病到死亡均值（天）', en: 'mean days from onset to death', fallback: '17.8' },
    'delay-sd': { zh: '其标准差（天）', en: 'its standard deviation', fallback: '8' },
  },
  run(table, options) {
    const zh = options.language === 'zh'
    needColumn(table, 'deaths')
    const counts = readDailyCounts(table, countOptionsOf(options))
    const deaths = counts.deaths ?? []
    // A correction that takes back more cases than there ever were has its row, as everywhere.
    settledCounts(counts)
    const law = delayLaw(
      choiceOption(options, 'delay-law', ['gamma', 'lognormal', 'weibull']),
      numberOption(options, 'delay-mean', { least: 0.1 }),
      numberOption(options, 'delay-sd', { least: 0.1 }),
    )
    const delay = discretiseDelay(law, Math.max(counts.total.length, 10))
    const data = { cases: counts.total, deaths, delay }
    const asOf = asOfOption(options, counts.days.at(-1) ?? '')
    const place = (day: number) => counts.place(day, 'deaths')
    const result = placed(place, () => caseFatality(data, { asOf }))
    if (!result.ok) return { result }
    const daily = placed(place, () => rollingFatality(data, { asOf }))
    if (!daily.ok) return { result: daily }
    const rolling = daily.days.map((day) => day.fatality)
    const percent = (share: number) => figure(share * 100)
    return {
      result: { ...result, delay: law, rolling: daily.days.map((day, k) => ({ date: counts.days[k], ...day })) },
      picture: () =>
        timeChart({
          language: options.language,
          days: counts.days,
          title: `${counts.group ?? ''}${zh ? '病死率' : ' Case fatality'}`.trim(),
          subtitle: zh
            ? `校正后 ${percent(result.fatality.estimate)}%（95% 区间 ${percent(result.fatality.lower)}–${percent(result.fatality.upper)}%）；未校正 ${percent(result.naive.estimate)}%；死亡 ${result.deaths}，应有结局 ${figure(result.outcomesDue)}`
            : `Adjusted ${percent(result.fatality.estimate)} % (95 % interval ${percent(result.fatality.lower)} to ${percent(result.fatality.upper)} %); plain ${percent(result.naive.estimate)} %; ${result.deaths} deaths of ${figure(result.outcomesDue)} outcomes due`,
          footnote: zh
            ? `方法：${methodWords(result.method, 'zh')}。只含已发现病例，轻症漏报时偏高。数据截至 ${result.asOf}`
            : `Method: ${result.method}. Known cases only: too high where mild ones are missed. Data as of ${result.asOf}`,
          panels: [
            {
              title: zh ? '每日新增病例与死亡' : 'New cases and deaths a day',
              height: 150,
              layers: [
                { kind: 'bars', values: counts.total, label: zh ? '病例' : 'cases' },
                { kind: 'line', values: deaths, label: zh ? '死亡' : 'deaths', colour: colours.red, width: 1.6 },
              ],
            },
            {
              title: zh ? '病死率（%），按当日已知数据' : 'Case fatality (%), by what was known that day',
              height: 210,
              layers: [
                {
                  kind: 'band',
                  lower: rolling.map((one) => (one === null ? null : one.lower * 100)),
                  upper: rolling.map((one) => (one === null ? null : one.upper * 100)),
                  label: zh ? '95% 区间' : '95 % interval',
                },
                {
                  kind: 'line',
                  values: rolling.map((one) => (one === null ? null : one.estimate * 100)),
                  label: zh ? '校正后' : 'adjusted',
                },
              ],
            },
          ],
        }),
    }
  },
}

/** A delay law with the given mean and standard deviation. */
export function delayLaw(law: 'gamma' | 'lognormal' | 'weibull', mean: number, sd: number): DelayLaw {
  const [a, b] = families[law].byMoments(mean, sd)
  if (law === 'gamma') return { law, shape: a, rate: b }
  if (law === 'lognormal') return { law, meanLog: a, sdLog: b }
  return { law, shape: a, scale: b }
}
