import { dailyFigures } from '@guatu/domains'
import exceljs from 'exceljs'
import { classTableOf, tableOf } from './compose.ts'
import { asOfLine, dayWords, minuteWords, sinceLine } from './words.ts'

/** The daily report as a workbook: the summary as it is sent up, the classes, what was not reported, the tests. */
export async function dailySheet(content: dailyFigures.DailyContent, lang: 'zh' | 'en'): Promise<Buffer> {
  const zh = lang === 'zh'
  const book = new exceljs.Workbook()
  const add = (name: string, columns: readonly string[], rows: readonly (readonly (string | number)[])[]) => {
    const sheet = book.addWorksheet(name, {
      views: [{ state: 'frozen', ySplit: 3, xSplit: 1 }],
      pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToHeight: 0 },
    })
    sheet.addRow([`${content.name}${zh ? '疫情日报' : ' daily report'} ${dayWords(content.day, lang)}`]).font = { bold: true, size: 14 }
    sheet.addRow([asOfLine(content, lang)])
    const heading = sheet.addRow([...columns])
    heading.font = { bold: true }
    heading.alignment = { wrapText: true, vertical: 'middle', horizontal: 'center' }
    for (const row of rows) sheet.addRow([...row])
    sheet.getColumn(1).width = 22
    for (let k = 2; k <= columns.length; k++) sheet.getColumn(k).width = zh ? 11 : 15
  }
  const table = tableOf(content, lang)
  add(
    zh ? '日报汇总' : 'Summary',
    table.columns,
    table.rows.map(({ name, figures }) => [name, ...figures]),
  )
  const classes = classTableOf(content, lang)
  add(
    zh ? '分类进出' : 'Classes',
    classes.columns,
    classes.rows.map(({ name, figures }) => [name, ...figures]),
  )
  add(
    zh ? '报送情况' : 'Reporting',
    [zh ? '地区' : 'Area', zh ? '报送' : 'Reported'],
    content.parts.map(({ name }) => [name, reportedWords(content, name, zh)]),
  )
  if (content.since) addSince(add, content.since, content.zone, lang)
  add(
    zh ? '校验' : 'Tests',
    [zh ? '校验' : 'Test', zh ? '结果' : 'Result', zh ? '涉及事件' : 'Acts'],
    content.checks.map((check) => [
      check.words[lang],
      check.holds ? (zh ? '平衡' : 'holds') : zh ? '不平衡' : 'broken',
      (check.events ?? []).join(' '),
    ]),
  )
  return Buffer.from(await book.xlsx.writeBuffer())
}

type AddSheet = (name: string, columns: readonly string[], rows: readonly (readonly (string | number)[])[]) => void

/** What came in after the last report: the figures that changed, then the acts behind them. */
function addSince(add: AddSheet, since: dailyFigures.SinceLast, zone: string, lang: 'zh' | 'en'): void {
  const zh = lang === 'zh'
  const lineOf = (key: string) => dailyFigures.LINES.find((line) => line.key === key)?.label[lang] ?? key
  const heads = zh ? ['地区', '数据日', '项目', '上报', '现为', '更正'] : ['Area', 'Day', 'Line', 'Reported', 'Now', 'Change']
  add(zh ? '补录更正' : 'Recorded since', heads, [
    [sinceLine(since, lang)],
    ...dailyFigures.changedByDay(since).map(({ day, name, line, was, is }) => [name, dayWords(day, lang), lineOf(line), was, is, is - was]),
  ])
  add(
    zh ? '补录记录' : 'Late acts',
    zh ? ['地区', '数据日', '记录', '发生', '录入', '事件'] : ['Area', 'Day', 'Record', 'Happened', 'Recorded', 'Act'],
    since.named.map((one) => [
      one.area,
      one.day === undefined ? '' : dayWords(one.day, lang),
      one.record[lang],
      minuteWords(one.happenedAt, zone),
      minuteWords(one.recordedAt, zone),
      one.event,
    ]),
  )
}

function reportedWords(content: dailyFigures.DailyContent, name: string, zh: boolean): string {
  if (content.zero.includes(name)) return zh ? '零报告' : 'zero report'
  if (content.silent.includes(name)) return zh ? '未报' : 'nothing received'
  return zh ? '有数据' : 'data'
}
