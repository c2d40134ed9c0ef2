/** `analyse rt`: how many each case infects, day by day. */

import { readFile } from 'node:fs/promises'
import { discretisedSerialInterval, estimateR, type SerialInterval, slidingWindows } from '../../src/epidemic/reproduction/index.ts'
import type { Command } from '../command.ts'
import { readDailyCounts, settledCounts } from '../input/daily-counts.ts'
import { FileProblem } from '../input/file-problem.ts'
import { asOfOption, countOptions, countOptionsOf, numberOption } from '../options.ts'
import { colours, dayLabel, figure } from '../picture/drawing.ts'
import { methodWords } from '../picture/method-words.ts'
import { timeChart } from '../picture/time-chart.ts'

export const rt: Command = {
  name: 'rt',
  zh: '实时再生数 Rt（Cori 法）',
  en: 'Reproduction number over time (Cori)',
  options: {
    ...countOptions,
    'si-mean': { zh: '代间距均值（天）', en: 'mean serial interval, days', fallback: '5.2' },
    'si-sd': { zh: '代间距标准差（天）', en: 'its standard deviation', fallback: '4.1' },
    'si-draws': {
      zh: '代间距抽样（intervals --json 的输出），把其不确定性带入',
      en: 'draws of the serial interval (output of intervals --json): carries its doubt',
    },
    window: { zh: '滑动窗口（天）', en: 'window, days', fallback: '7' },
    'prior-mean': { zh: '先验均值', en: 'prior mean', fallback: '5' },
    'prior-sd': { zh: '先验标准差', en: 'prior standard deviation', fallback: '5' },
  },
  async run(table, options) {
    const zh = options.language === 'zh'
    const counts = readDailyCounts(table, countOptionsOf(options))
    const { counts: local, corrections } = settledCounts(counts, 'cases')
    const imported = counts.imported === null ? undefined : settledCounts(counts, 'imported').counts
    const [mean, sd] = [numberOption(options, 'si-mean', { least: 1.000001 }), numberOption(options, 'si-sd', { least: 0.01 })]
    // A run of days before the first case says nothing about R: estimation starts with the first case.
    const first = Math.max(
      0,
      local.findIndex((count, day) => count + (imported?.[day] ?? 0) > 0),
    )
    const result = estimateR({
      cases: { local: local.subarray(first), ...(imported === undefined ? {} : { imported: imported.subarray(first) }) },
      serialInterval:
        options.values['si-draws'] === undefined
          ? { kind: 'parametric', mean, sd }
          : await readDraws(options.values['si-draws'], local.length - first),
      windows: slidingWindows(local.length - first, numberOption(options, 'window', { least: 1, whole: true })),
      prior: { mean: numberOption(options, 'prior-mean', { least: 0.01 }), sd: numberOption(options, 'prior-sd', { least: 0.01 }) },
      asOf: asOfOption(options, counts.days.at(-1) ?? ''),
    })
    if (!result.ok) return { result }
    const windows = result.windows.map((window) => ({
      ...window,
      startDate: counts.days[first + window.start - 1] ?? '',
      endDate: counts.days[first + window.end - 1] ?? '',
    }))
    const at = new Map(windows.map((window) => [window.endDate, window]))
    const column = (of: (posterior: NonNullable<(typeof windows)[number]['posterior']>) => number) =>
      counts.days.map((day) => {
        const window = at.get(day)
        return window?.posterior && window.localCases > 0 ? of(window.posterior) : null
      })
    const latest = windows.findLast((window) => window.posterior !== null && window.localCases > 0)
    const interval = options.values['si-draws'] === undefined ? `${mean}±${sd}` : zh ? '按抽样' : 'by draws'
    const named = { ...result, windows, corrections: corrections.map(({ day, removed }) => ({ date: counts.days[day] ?? '', removed })) }
    const place = counts.group ?? ''
    return {
      result: named,
      picture: () =>
        timeChart({
          language: options.language,
          days: counts.days,
          title: zh ? `${place}实时再生数 Rt` : `${place} Reproduction number`.trim(),
          subtitle: latest?.posterior
            ? zh
              ? `截至 ${dayLabel(latest.endDate, 'zh')}：Rt ${figure(latest.posterior.mean)}（95% 区间 ${figure(latest.posterior.q025)}–${figure(latest.posterior.q975)}），窗口内本地病例 ${latest.localCases} 例`
              : `Up to ${dayLabel(latest.endDate, 'en')}: R ${figure(latest.posterior.mean)} (95 % interval ${figure(latest.posterior.q025)} to ${figure(latest.posterior.q975)}), ${latest.localCases} local cases in the window`
            : methodWords(result.method, options.language),
          footnote: zh
            ? `方法：Cori 2013；代间距 ${interval} 天，窗口 ${options.values.window} 天；无本地病例的窗口不画。数据截至 ${result.asOf}`
            : `Method: Cori 2013; serial interval ${interval} days, window ${options.values.window} days; windows without local cases are not drawn. Data as of ${result.asOf}`,
          panels: [
            {
              title: zh ? '每日新增病例' : 'New cases a day',
              height: 150,
              layers: [
                { kind: 'bars', values: [...local], label: zh ? '本地' : 'local' },
                ...(imported === undefined
                  ? []
                  : [{ kind: 'bars' as const, values: [...imported], label: zh ? '输入' : 'imported', colour: colours.orange }]),
              ],
            },
            {
              title: 'Rt',
              height: 230,
              references: [{ value: 1, label: zh ? 'Rt = 1：低于此线疫情收缩' : 'R = 1: below it the outbreak shrinks' }],
              layers: [
                {
                  kind: 'band',
                  lower: column((p) => p.q025),
                  upper: column((p) => p.q975),
                  label: zh ? '95% 区间' : '95 % interval',
                  opacity: 0.16,
                },
                {
                  kind: 'band',
                  lower: column((p) => p.q25),
                  upper: column((p) => p.q75),
                  label: zh ? '50% 区间' : '50 % interval',
                  opacity: 0.3,
                },
                { kind: 'line', values: column((p) => p.mean), label: zh ? '均值' : 'mean' },
              ],
            },
          ],
        }),
    }
  },
}

/** Serial intervals by day from the draws that `intervals` wrote. */
async function readDraws(file: string, days: number): Promise<SerialInterval> {
  const text = await readFile(file, 'utf8').catch((problem: NodeJS.ErrnoException) => {
    throw new FileProblem('file-unreadable', `无法读取文件 ${file}（${problem.code}）`, `The file ${file} cannot be read (${problem.code})`)
  })
  const broken = () =>
    new FileProblem(
      'draws-unreadable',
      `文件 ${file} 不含代间距抽样，请用 intervals --json 生成`,
      `The file ${file} holds no draws: make it with intervals --json`,
    )
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    throw broken()
  }
  const draws: unknown = typeof content === 'object' && content !== null && 'draws' in content ? content.draws : undefined
  if (!Array.isArray(draws) || draws.length === 0) throw broken()
  const samples = draws.map((draw: unknown) => {
    if (
      typeof draw !== 'object' ||
      draw === null ||
      !('mean' in draw) ||
      !('sd' in draw) ||
      typeof draw.mean !== 'number' ||
      typeof draw.sd !== 'number'
    )
      throw broken()
    return { mean: draw.mean, weights: discretisedSerialInterval(draw.mean, draw.sd, days) }
  })
  return { kind: 'uncertain', samples }
}
