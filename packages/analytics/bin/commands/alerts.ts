/** `analyse alerts`: days with more cases than the days before would lead one to expect. */
import { cusum, ears, farrington, watchNewest } from '../../src/epidemic/alerts/index.ts'
import type { Outcome } from '../../src/outcome.ts'
import type { Command } from '../command.ts'
import { readDailyCounts, settledCounts } from '../input/daily-counts.ts'
import { asOfOption, choiceOption, countOptions, countOptionsOf, numberOption } from '../options.ts'
import { colours, dayLabel } from '../picture/drawing.ts'
import { methodWords } from '../picture/method-words.ts'
import { timeChart } from '../picture/time-chart.ts'

export const alerts: Command = {
  name: 'alerts',
  zh: '异常升高预警（EARS、CUSUM）',
  en: 'Alarms for unusual counts (EARS, CUSUM)',
  options: {
    ...countOptions,
    method: {
      zh: 'c1、c2、c3、cusum，或 farrington（需多年逐日或逐周数据）',
      en: 'c1, c2, c3, cusum, or farrington (years of days or weeks)',
      fallback: 'c2',
    },
    'min-sd': {
      zh: 'EARS 最小标准差（少量病例时约 0.5）',
      en: 'least standard deviation for EARS (about 0.5 for small counts)',
      fallback: '0.5',
    },
  },
  run(table, options) {
    const zh = options.language === 'zh'
    const counts = readDailyCounts(table, countOptionsOf(options), 'weeks too')
    const cases = settledCounts(counts).counts
    const method = choiceOption(options, 'method', ['c1', 'c2', 'c3', 'cusum', 'farrington'])
    const asOf = asOfOption(options, counts.days.at(-1) ?? '')
    const firstDate = counts.days[0] ?? ''
    const calendar = counts.step === 7 ? { firstWeek: firstDate } : { firstDay: firstDate }
    const result = judge(method, cases, calendar, numberOption(options, 'min-sd', { least: 0 }), asOf)
    if (!result.ok) return { result }
    const days = result.days.map((one) => ({ ...one, date: counts.days[one.day] ?? '' }))
    const byDay = new Map(days.map((one) => [one.day, one]))
    const alarms = days.filter((one) => one.alarm)
    const listed = alarms
      .slice(-6)
      .map((one) => dayLabel(one.date, options.language))
      .join(zh ? '、' : ', ')
    return {
      result: { ...result, days, newest: watchNewest({ counts: cases, calendar, asOf }) },
      picture: () =>
        timeChart({
          language: options.language,
          days: counts.days,
          title: `${counts.group ?? ''}${zh ? '异常升高预警' : ' Alarms'}`.trim(),
          subtitle:
            alarms.length === 0
              ? zh
                ? '没有报警'
                : 'no alarm'
              : zh
                ? `报警 ${alarms.length} 次，最近：${listed}`
                : `${alarms.length} alarms, latest: ${listed}`,
          footnote: zh
            ? `方法：${methodWords(result.method, 'zh')}。报警是请人核实的信号，不是疫情结论。数据截至 ${result.asOf}`
            : `Method: ${result.method}. An alarm asks for a look; it is not a finding. Data as of ${result.asOf}`,
          panels: [
            {
              title: zh ? '新增病例与报警界限' : 'New cases and the alarm bound',
              height: 300,
              layers: [
                {
                  kind: 'bars',
                  values: [...cases],
                  label: zh ? '新增' : 'new',
                  highlight: (day) => (byDay.get(day)?.alarm ? colours.red : undefined),
                },
                {
                  kind: 'line',
                  values: counts.days.map((_, day) => byDay.get(day)?.bound ?? null),
                  label: zh ? '界限' : 'bound',
                  colour: colours.orange,
                },
                {
                  kind: 'marks',
                  values: counts.days.map((_, day) => (byDay.get(day)?.alarm ? (cases[day] ?? null) : null)),
                  label: zh ? '报警' : 'alarm',
                },
              ],
            },
          ],
        }),
    }
  },
}

/** The days or weeks that a method judges, in one shape for all. */
function judge(
  method: 'c1' | 'c2' | 'c3' | 'cusum' | 'farrington',
  counts: Float64Array,
  calendar: { readonly firstWeek: string } | { readonly firstDay: string },
  minSd: number,
  asOf: string,
): Outcome<{
  readonly days: readonly { readonly day: number; readonly observed: number; readonly bound: number | null; readonly alarm: boolean }[]
}> {
  if (method === 'cusum') return cusum({ counts, asOf })
  if (method !== 'farrington') return ears({ counts, method: ({ c1: 'C1', c2: 'C2', c3: 'C3' } as const)[method], minSd, asOf })
  const result = farrington({ counts, calendar, asOf })
  return result.ok ? { ...result, days: result.steps.map((step) => ({ ...step, day: step.index })) } : result
}
