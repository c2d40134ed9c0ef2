/** `analyse intervals`: serial interval or incubation period from windows of dates. */
import { type CensoredPair, compareFamilies, type FamilyName, fitIntervals } from '../../src/epidemic/intervals/index.ts'
import type { Command } from '../command.ts'
import { cellPlace, cellProblem, timeReader } from '../input/cells.ts'
import { findColumn, needColumn } from '../input/columns.ts'
import { placed } from '../input/file-problem.ts'
import type { Table, TableRow } from '../input/table-file.ts'
import { asOfOption, asOfTable, asOfWords, choiceOption, dayOption, numberOption } from '../options.ts'
import { colours, figure } from '../picture/drawing.ts'
import { methodWords } from '../picture/method-words.ts'
import { planeChart } from '../picture/plane-chart.ts'

const names: readonly FamilyName[] = ['gamma', 'lognormal', 'weibull', 'normal']

export const intervals: Command = {
  name: 'intervals',
  zh: '代间距或潜伏期拟合',
  en: 'Serial interval or incubation period',
  options: {
    family: {
      zh: 'gamma、lognormal、weibull、normal，或 best（按 AIC 择优）',
      en: 'gamma, lognormal, weibull, normal, or best (by AIC)',
      fallback: 'best',
    },
    'seen-until': { zh: '观察截止日（校正右截断）', en: 'last day of observation (corrects right truncation)' },
    resolution: { zh: '只有日期时，每个日期代表的天数', en: 'days that a bare date stands for', fallback: '1' },
  },
  run(table, options) {
    const zh = options.language === 'zh'
    const place = (k: number) => {
      const pair = pairs[k]
      const [first, second] = endColumns(table)
      const column = pair !== undefined && pair.firstTo < pair.firstFrom ? first : second
      return cellPlace(table, table.rows[k] ?? { row: table.headerRow, cells: [] }, column)
    }
    const pairs = readPairs(table, options.values['seen-until'], numberOption(options, 'resolution', { least: 0 }))
    const asOf = options.values['seen-until'] === undefined ? asOfTable(options, table) : asOfOption(options, options.values['seen-until'])
    const choice = choiceOption(options, 'family', [...names, 'best'])
    const positive = names.filter((name) => name !== 'normal')
    const negative = pairs.some((pair) => pair.secondTo <= pair.firstFrom)
    const compared = choice === 'best' && !negative ? placed(place, () => compareFamilies(pairs, positive, { asOf })) : null
    const family = choice === 'best' ? (compared?.fits[0]?.family ?? (negative ? 'normal' : 'gamma')) : choice
    const result = placed(place, () => fitIntervals(pairs, { family, asOf }))
    if (!result.ok) return { result }
    const law = result.law()
    const far = law.quantile(0.998)
    const near = Math.min(0, law.quantile(0.002))
    const points = Array.from({ length: 241 }, (_, k) => near + ((far - near) * (k + 0.5)) / 241)
    const top = points.reduce((most, x) => Math.max(most, law.density(x)), 0)
    return {
      result: {
        ...result,
        draws: result.draws(100, 1),
        compared: compared?.fits.map((one) => ({ family: one.family, aic: one.aic, mean: one.mean.estimate, sd: one.sd.estimate })) ?? [],
        refused: compared?.refused ?? [],
      },
      picture: () =>
        planeChart({
          title: zh ? '时间间隔分布' : 'Distribution of the interval',
          subtitle: zh
            ? `均值 ${figure(result.mean.estimate)} 天（95% 区间 ${figure(result.mean.lower)}–${figure(result.mean.upper)}），标准差 ${figure(result.sd.estimate)}（${figure(result.sd.lower)}–${figure(result.sd.upper)}），${result.pairs} 对`
            : `Mean ${figure(result.mean.estimate)} days (95 % interval ${figure(result.mean.lower)} to ${figure(result.mean.upper)}), sd ${figure(result.sd.estimate)} (${figure(result.sd.lower)} to ${figure(result.sd.upper)}), ${result.pairs} pairs`,
          footnote: `${zh ? '方法：' : 'Method: '}${methodWords(result.method, options.language)}${zh ? '。' : '. '}${asOfWords(options.language, result.asOf)}`,
          xLabel: zh ? '天' : 'days',
          yLabel: zh ? '概率密度' : 'density',
          xRange: [near, far],
          yTop: top * 1.12,
          curves: [{ points: points.map((x) => [x, law.density(x)] as const), label: family }],
          marks: result.quantiles
            .filter((one) => [0.5, 0.95].includes(one.share))
            .map((one) => ({
              x: one.days.estimate,
              label: `${one.share * 100}% ${figure(one.days.estimate)}`,
              colour: one.share === 0.5 ? colours.green : colours.red,
            })),
        }),
    }
  },
}

/** Columns where the windows of the first and of the second event end. */
const endColumns = (table: Table): readonly [number, number] =>
  findColumn(table, 'firstFrom') >= 0
    ? [needColumn(table, 'firstTo'), needColumn(table, 'secondTo')]
    : [needColumn(table, 'infectorOnset'), needColumn(table, 'infecteeOnset')]

const windowReversed = (table: Table, row: TableRow, column: number) =>
  cellProblem(
    table,
    row,
    column,
    'window-reversed',
    '时间窗口的结束早于开始，请核对这两格',
    'a window ends before it begins: check both cells',
  )

const seenTooLate = (table: Table, row: TableRow, column: number) =>
  cellProblem(
    table,
    row,
    column,
    'seen-too-late',
    '事件晚于观察截止日，请核对，或把 --seen-until 改晚',
    'the second event lies after the end of observation: check it, or give a later --seen-until',
  )

function readPairs(table: Table, seenUntil: string | undefined, resolution: number): CensoredPair[] {
  const until = seenUntil === undefined ? undefined : dayOption('seen-until', seenUntil) + 1
  const time = timeReader(table)
  const truncation = until === undefined ? {} : { seenUntil: until }
  const windows = ['firstFrom', 'firstTo', 'secondFrom', 'secondTo'] as const
  if (findColumn(table, 'firstFrom') >= 0) {
    const columns = windows.map((name) => needColumn(table, name))
    return table.rows.map((row) => {
      const [firstFrom = 0, firstTo = 0, secondFrom = 0, secondTo = 0] = columns.map((column) => time(row, column))
      const [, firstEnd = -1, secondBegin = -1, secondEnd = -1] = columns
      if (firstTo < firstFrom) throw windowReversed(table, row, firstEnd)
      if (secondTo < secondFrom) throw windowReversed(table, row, secondEnd)
      if (until !== undefined && secondFrom >= until) throw seenTooLate(table, row, secondBegin)
      return { firstFrom, firstTo, secondFrom, secondTo, ...truncation }
    })
  }
  const [infector, infectee] = [needColumn(table, 'infectorOnset'), needColumn(table, 'infecteeOnset')]
  return table.rows.map((row) => {
    const [from, to] = [time(row, infector), time(row, infectee)]
    if (until !== undefined && to >= until) throw seenTooLate(table, row, infectee)
    return { firstFrom: from, firstTo: from + resolution, secondFrom: to, secondTo: to + resolution, ...truncation }
  })
}
