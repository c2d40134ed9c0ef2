/** `analyse nowcast`: how many of the last days' events are not reported yet. */

import { isoDay } from '../../src/epidemic/linelist/index.ts'
import { nowcast as estimate, reportingTriangle } from '../../src/epidemic/nowcast/index.ts'
import type { Command, Options } from '../command.ts'
import { dayOrNullAt } from '../input/cells.ts'
import { needColumn } from '../input/columns.ts'
import { FileProblem } from '../input/file-problem.ts'
import { oneRowACase } from '../input/names.ts'
import type { Table } from '../input/table-file.ts'
import { dayOption, numberOption } from '../options.ts'
import { colours, dayLabel, figure } from '../picture/drawing.ts'
import { methodWords } from '../picture/method-words.ts'
import { timeChart } from '../picture/time-chart.ts'

export const nowcast: Command = {
  name: 'nowcast',
  zh: '现况校正（补上尚未报告的病例）',
  en: 'Nowcast (events not reported yet)',
  options: {
    onset: { zh: '发病（事件）日期列名', en: 'name of the column with the day of the event' },
    report: { zh: '报告日期列名', en: 'name of the column with the day of report' },
    'max-delay': { zh: '最长报告延迟（天）；缺省由数据定，至少15天', en: 'longest delay, days; by default from the data, at least 15' },
    seed: { zh: '随机种子', en: 'random seed', fallback: '1' },
  },
  run(table, options) {
    const zh = options.language === 'zh'
    const result = nowcastOf(table, options)
    if (!result.ok) return { result }
    const { draws: _, ...light } = result
    const today = result.days.at(-1)?.day ?? 0
    const days = result.days.map((day) => ({ ...day, date: isoDay(day.day) }))
    const column = (of: (day: (typeof days)[number]) => number | null | undefined) => days.map((day) => of(day) ?? null)
    const unseen = days.reduce((sum, day) => sum + (day.events === null ? 0 : day.events.estimate - day.reported), 0)
    // What is wrong stands before the colon of a caution, what to do after it: the whole stands with the figures.
    const [caution] = result.cautions
    const wrong = caution && (zh ? caution.zh.split('：')[0] : caution.en.split(':')[0])
    const doubt = wrong === undefined ? '' : zh ? `。请慎用：${wrong}` : `. With caution: ${wrong}`
    return {
      result: { ...light, days },
      picture: () =>
        timeChart({
          language: options.language,
          days: days.map((day) => day.date),
          title: zh ? '现况校正' : 'Nowcast',
          subtitle: `${
            zh
              ? `截至 ${dayLabel(isoDay(today), 'zh')}，估计还有约 ${figure(unseen)} 例已发病未报告`
              : `On ${dayLabel(isoDay(today), 'en')} about ${figure(unseen)} have fallen ill and are not reported yet`
          }${doubt}`,
          footnote: `${zh ? '方法：' : 'Method: '}${methodWords(result.method, options.language)}${zh ? '。数据截至 ' : '. Data as of '}${result.asOf}`,
          panels: [
            {
              title: zh ? '按发病日期' : 'By day of onset',
              height: 320,
              layers: [
                { kind: 'bars', values: column((day) => day.reported), label: zh ? '已报告' : 'reported' },
                {
                  kind: 'band',
                  lower: column((day) => day.events?.lower),
                  upper: column((day) => day.events?.upper),
                  label: zh ? '95% 区间' : '95 % interval',
                },
                {
                  kind: 'line',
                  values: column((day) => day.events?.estimate),
                  label: zh ? '估计全部' : 'all, estimated',
                  colour: colours.blue,
                },
              ],
            },
          ],
        }),
    }
  },
}

/** The nowcast of a line list with days of onset and of report. */
export function nowcastOf(table: Table, options: Options) {
  const [onset, report] = [needColumn(table, 'onset', options.values.onset), needColumn(table, 'report', options.values.report)]
  const once = oneRowACase(table)
  const reports = table.rows.flatMap((row) => {
    once(row)
    const [event, reported] = [dayOrNullAt(table, row, onset), dayOrNullAt(table, row, report)]
    if (event === null || reported === null) return []
    if (reported < event)
      throw new FileProblem(
        'report-before-event',
        `报告日期早于发病日期 ${isoDay(event)}，请核对这两个日期`,
        `the report is dated before the event, ${isoDay(event)}: check both dates`,
        { row: row.row, column: table.header[report] ?? '' },
      )
    return [{ event, report: reported }]
  })
  const given = options.values['as-of']
  const today = given === undefined ? reports.reduce((last, one) => Math.max(last, one.report), 0) : dayOption('as-of', given)
  const triangle = reportingTriangle(
    reports,
    today,
    options.values['max-delay'] === undefined ? undefined : numberOption(options, 'max-delay', { least: 1, whole: true }),
  )
  return estimate({ triangle, seed: numberOption(options, 'seed', { whole: true }), asOf: isoDay(today) })
}
