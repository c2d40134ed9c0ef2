/** `analyse forecast`: the next one to two weeks, with their doubt. */
import { forecast as estimate, type ForecastDay } from '../../src/epidemic/forecast/index.ts'
import { isoDay } from '../../src/epidemic/linelist/index.ts'
import type { Command, Options } from '../command.ts'
import { readDailyCounts, settledCounts } from '../input/daily-counts.ts'
import { FileProblem } from '../input/file-problem.ts'
import type { Table } from '../input/table-file.ts'
import { asOfOption, choiceOption, countOptions, countOptionsOf, numberOption } from '../options.ts'
import { figure } from '../picture/drawing.ts'
import { methodWords } from '../picture/method-words.ts'
import { timeChart } from '../picture/time-chart.ts'
import { nowcastOf } from './nowcast.ts'

export const forecast: Command = {
  name: 'forecast',
  zh: '一至两周预测',
  en: 'Forecast for one to two weeks',
  options: {
    ...countOptions,
    'si-mean': { zh: '代间距均值（天）', en: 'mean serial interval, days', fallback: '5.2' },
    'si-sd': { zh: '代间距标准差（天）', en: 'its standard deviation', fallback: '4.1' },
    horizon: { zh: '预测天数', en: 'days ahead', fallback: '14' },
    draws: { zh: '抽样数', en: 'draws', fallback: '1000' },
    seed: { zh: '随机种子', en: 'random seed', fallback: '1' },
    nowcast: {
      zh: 'yes：个案表按发病日先做现况校正，并把其不确定性带入',
      en: 'yes: nowcast a line list by onset first and carry its doubt',
      fallback: 'no',
    },
  },
  run(table, options) {
    const zh = options.language === 'zh'
    const start = choiceOption(options, 'nowcast', ['yes', 'no']) === 'yes' ? nowcastStart(table, options) : null
    const counts = start ?? readDailyCounts(table, countOptionsOf(options))
    const cases = settledCounts(counts).counts
    const horizon = numberOption(options, 'horizon', { least: 1, most: 60, whole: true })
    const result = estimate({
      counts: cases,
      ...(start === null ? {} : { histories: start.histories }),
      serialInterval: {
        kind: 'parametric',
        mean: numberOption(options, 'si-mean', { least: 1.000001 }),
        sd: numberOption(options, 'si-sd', { least: 0.01 }),
      },
      horizon,
      draws: numberOption(options, 'draws', { least: 100, whole: true }),
      seed: numberOption(options, 'seed', { whole: true }),
      asOf: asOfOption(options, counts.days.at(-1) ?? ''),
    })
    if (!result.ok) return { result }
    const { paths: _, ...light } = result
    const days = Array.from({ length: cases.length + horizon }, (_, k) => isoDay(counts.firstDay + k))
    const ahead = (of: (day: ForecastDay) => number): (number | null)[] => [...Array.from(cases, () => null), ...result.days.map(of)]
    const total = result.days.reduce((sum, day) => sum + day.mean, 0)
    const r = result.reproduction
    const caution = result.caution === null ? '' : zh ? `；${result.caution.zh}` : `; ${result.caution.en}`
    return {
      result: { ...light, days: result.days.map((day, k) => ({ date: days[cases.length + k], ...day })) },
      picture: () =>
        timeChart({
          language: options.language,
          days,
          title: `${counts.group ?? ''}${zh ? `未来 ${horizon} 天预测` : ` Forecast for ${horizon} days`}`.trim(),
          subtitle:
            (zh
              ? `预计共约 ${figure(total)} 例；当前 R ${figure(r.estimate)}（95% 区间 ${figure(r.lower)}–${figure(r.upper)}）`
              : `About ${figure(total)} cases expected; R now ${figure(r.estimate)} (95 % interval ${figure(r.lower)} to ${figure(r.upper)})`) +
            caution,
          footnote: `${zh ? '方法：' : 'Method: '}${methodWords(result.method, options.language)}${zh ? '；假定增长会引起防控、R 随之回落，不含尚未作出的决定。数据截至 ' : '; growth is assumed to be answered, decisions still to come are not in it. Data as of '}${result.asOf}`,
          divide: { day: cases.length, label: zh ? '预测' : 'forecast' },
          panels: [
            {
              title: zh ? '每日新增病例' : 'New cases a day',
              height: 320,
              layers: [
                { kind: 'bars', values: [...cases], label: zh ? '已报告' : 'reported' },
                {
                  kind: 'band',
                  lower: ahead((day) => day.cases.lower),
                  upper: ahead((day) => day.cases.upper),
                  label: zh ? '95% 区间' : '95 % interval',
                },
                { kind: 'line', values: ahead((day) => day.cases.estimate), label: zh ? '中位预测' : 'median' },
              ],
            },
          ],
        }),
    }
  },
}

/** Counts by onset as the nowcast sees them, up to the newest day it can speak about, and its draws. */
function nowcastStart(table: Table, options: Options) {
  const result = nowcastOf(table, options)
  if (!result.ok) throw new FileProblem(result.refusal.code, result.refusal.zh, result.refusal.en)
  const silent = result.days.findIndex((day) => day.events === null)
  const known = silent < 0 ? result.days.length : silent
  const seen = result.days.slice(0, known)
  return {
    firstDay: seen[0]?.day ?? 0,
    days: seen.map((day) => isoDay(day.day)),
    total: seen.map((day) => Math.round(day.events?.estimate ?? day.reported)),
    histories: result.draws.map((draw) => draw.slice(0, known)),
    group: null,
    // No correction stands in what the nowcast makes.
    place: () => ({}),
  }
}
