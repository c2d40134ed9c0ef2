/** `analyse cohort`: how many the cases of each day infected in the end (Wallinga and Teunis). */
import { wallingaTeunis } from '../../src/epidemic/reproduction/index.ts'
import type { Command } from '../command.ts'
import { readDailyCounts, settledCounts } from '../input/daily-counts.ts'
import { asOfOption, countOptions, countOptionsOf, numberOption } from '../options.ts'
import { figure } from '../picture/drawing.ts'
import { methodWords } from '../picture/method-words.ts'
import { timeChart } from '../picture/time-chart.ts'

export const cohort: Command = {
  name: 'cohort',
  zh: '同批病例再生数（Wallinga–Teunis 法）',
  en: 'Case reproduction number by cohort (Wallinga–Teunis)',
  options: {
    ...countOptions,
    'si-mean': { zh: '代间距均值（天）', en: 'mean serial interval, days', fallback: '5.2' },
    'si-sd': { zh: '代间距标准差（天）', en: 'its standard deviation', fallback: '4.1' },
    window: { zh: '窗口（天）', en: 'window, days', fallback: '7' },
  },
  run(table, options) {
    const zh = options.language === 'zh'
    const counts = readDailyCounts(table, countOptionsOf(options))
    const total = settledCounts(counts).counts
    const width = numberOption(options, 'window', { least: 1, whole: true })
    const [mean, sd] = [numberOption(options, 'si-mean', { least: 1.000001 }), numberOption(options, 'si-sd', { least: 0.01 })]
    const result = wallingaTeunis({
      cases: { local: total },
      serialInterval: { kind: 'parametric', mean, sd },
      windows: Array.from({ length: Math.max(0, total.length - width + 1) }, (_, k) => ({ start: k + 1, end: k + width })),
      asOf: asOfOption(options, counts.days.at(-1) ?? ''),
    })
    if (!result.ok) return { result }
    const windows = result.windows.map((window) => ({
      ...window,
      startDate: counts.days[window.start - 1] ?? '',
      endDate: counts.days[window.end - 1] ?? '',
    }))
    const at = new Map(windows.map((window) => [window.endDate, window]))
    const column = (of: (window: (typeof windows)[number]) => number | null) =>
      counts.days.map((day) => {
        const window = at.get(day)
        return window === undefined ? null : of(window)
      })
    const whole = windows.findLast((window) => window.mean !== null && window.caution === null)
    return {
      result: { ...result, windows },
      picture: () =>
        timeChart({
          language: options.language,
          days: counts.days,
          title: `${counts.group ?? ''}${zh ? '同批病例再生数' : ' Case reproduction number by cohort'}`.trim(),
          subtitle:
            whole === undefined || whole.mean === null
              ? methodWords(result.method, options.language)
              : zh
                ? `${whole.startDate} 至 ${whole.endDate} 的病例平均各传染 ${figure(whole.mean)} 人（95% 区间 ${figure(whole.lower ?? 0)}–${figure(whole.upper ?? 0)}）`
                : `A case of ${whole.startDate} to ${whole.endDate} infected ${figure(whole.mean)} others (95 % interval ${figure(whole.lower ?? 0)} to ${figure(whole.upper ?? 0)})`,
          footnote: zh
            ? `方法：${methodWords(result.method, 'zh')}；代间距 ${mean}±${sd} 天；末段续发病例未齐，虚低。数据截至 ${result.asOf}`
            : `Method: ${result.method}; serial interval ${mean}±${sd} days; the end is too low, its infectees are not all there. Data as of ${result.asOf}`,
          panels: [
            {
              title: zh ? '每日新增病例' : 'New cases a day',
              height: 150,
              layers: [{ kind: 'bars', values: [...total], label: zh ? '病例' : 'cases' }],
            },
            {
              title: zh ? `每例传染人数（${width} 天窗口，按窗口末日）` : `Infected by one case (window of ${width} days, at its last day)`,
              height: 230,
              references: [{ value: 1, label: '1' }],
              layers: [
                { kind: 'band', lower: column((w) => w.lower), upper: column((w) => w.upper), label: zh ? '95% 区间' : '95 % interval' },
                { kind: 'line', values: column((w) => w.mean), label: zh ? '均值' : 'mean' },
              ],
            },
          ],
        }),
    }
  },
}
