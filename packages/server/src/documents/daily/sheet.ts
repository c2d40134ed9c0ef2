import { dailyFigures } from '@guatu/domains'
import { fullDayWords, minuteWords } from '@guatu/kernel'
import { LINE_POINTS, linesOfText, ON_PAPER, PAPER_SIZES, pageNumbers } from '../../sheets/xlsx/paper.ts'
import { classTableOf, movementsOf, tableOf } from './compose.ts'
import { asOfLine, sinceLine } from './words.ts'

/** The daily report as a workbook: the summary as it is sent up, the classes, what was not reported, the tests. */
export async function dailySheet(content: dailyFigures.DailyContent, lang: 'zh' | 'en'): Promise<Buffer> {
  const zh = lang === 'zh'
  const { Workbook } = (await import('exceljs')).default
  const book = new Workbook()
  const add: AddSheet = (name, columns, rows, widths) => {
    const sheet = book.addWorksheet(name, {
      views: [{ state: 'frozen', ySplit: 3, xSplit: 1 }],
      pageSetup: { ...ON_PAPER, paperSize: PAPER_SIZES.A4, printTitlesRow: '1:3', orientation: widths?.tall ? 'portrait' : 'landscape' },
      headerFooter: { oddFooter: pageNumbers(lang) },
    })
    const title = sheet.addRow([`${content.name}${zh ? '疫情日报' : ' daily report'} ${fullDayWords(content.day)[lang]}`])
    title.font = { bold: true, size: 14 }
    title.height = 1.5 * LINE_POINTS
    sheet.addRow([asOfLine(content, lang)])
    const heading = sheet.addRow([...columns])
    heading.font = { bold: true }
    heading.alignment = { wrapText: true, vertical: 'middle', horizontal: 'center' }
    heading.height =
      LINE_POINTS * Math.max(...columns.map((head, i) => linesOf(head, widths?.columns[i] ?? (i === 0 ? FIRST : widthOf(head)))))
    for (const row of rows) sheet.addRow([...row])
    columns.forEach((head, i) => {
      const wide = widths?.columns[i]
      sheet.getColumn(i + 1).width = wide ?? (i === 0 ? FIRST : widthOf(head))
    })
    // Words that are given a width of their own go on below each other in it; not every program makes room for them by itself.
    for (let row = 4; widths?.wrap !== undefined && row <= sheet.rowCount; row += 1) {
      const line = sheet.getRow(row)
      line.alignment = { vertical: 'top' }
      const lines = widths.wrap.map((i) => {
        line.getCell(i + 1).alignment = { wrapText: true, vertical: 'top' }
        return linesOfText(String(line.getCell(i + 1).value ?? ''), widths.columns[i] ?? FIRST)
      })
      line.height = LINE_POINTS * Math.max(1, ...lines)
    }
  }
  const table = tableOf(content, lang)
  add(
    zh ? '日报汇总' : 'Summary',
    table.columns,
    table.rows.map(({ name, figures }) => [name, ...figures]),
  )
  const movements = movementsOf(content, lang)
  if (movements)
    add(
      zh ? '当日进出' : 'Movements',
      movements.columns,
      movements.rows.map(({ name, figures }) => [name, ...figures]),
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
  if (content.counties) addCounties(add, content.counties, content.zone, lang)
  if (content.since) addSince(add, content.since, content.zone, lang)
  add(
    zh ? '校验' : 'Tests',
    [zh ? '校验' : 'Test', zh ? '结果' : 'Result', zh ? '涉及事件' : 'Acts'],
    content.checks.map((check) => [
      check.words[lang],
      check.holds ? (zh ? '平衡' : 'holds') : zh ? '不平衡' : 'broken',
      (check.events ?? []).join(' '),
    ]),
    { columns: [70, 10, 40], wrap: [0, 2] },
  )
  return Buffer.from(await book.xlsx.writeBuffer())
}

type Cells = readonly (string | number)[]
type AddSheet = (name: string, columns: readonly string[], rows: readonly Cells[], widths?: Widths) => void

/** Widths of the columns in characters, which of them break their words into lines, and whether a long list stands upright on paper. */
interface Widths {
  readonly columns: readonly number[]
  readonly wrap?: readonly number[]
  readonly tall?: boolean
}

const FIRST = 18
/** Lines of a heading in a column: Han characters break anywhere, words between themselves. */
const linesOf = (head: string, width: number): number =>
  Math.max(
    1,
    /\p{Script=Han}/u.test(head)
      ? Math.ceil((head.length * 2.1) / width)
      : Math.min(head.split(/[ -]/).length, Math.ceil((head.length * 1.8) / width)),
  )
/** A column of figures is as wide as the longest word of its heading, so that many of them are still readable on one sheet. */
const widthOf = (head: string): number => Math.max(7.5, ...[...head.matchAll(/[^\s\p{Script=Han}-]+/gu)].map(([word]) => word.length + 1))

/** Counties that had frozen other figures of the same day. */
function addCounties(add: AddSheet, counties: readonly dailyFigures.CountyFroze[], zone: string, lang: 'zh' | 'en'): void {
  const zh = lang === 'zh'
  add(
    zh ? '与区县日报不同' : 'Differs from counties',
    zh
      ? ['区县', '区县日报生成', '项目', '区县冻结', '本表', '相差']
      : ['County', 'Its report composed', 'Line', 'The county froze', 'This report', 'Difference'],
    counties.flatMap(({ composedAt, changed }) =>
      changed.map(({ name, line, was, is }) => [
        name,
        minuteWords(composedAt, zone)[lang],
        dailyFigures.labelOf(line)?.[lang] ?? line,
        was,
        is,
        is - was,
      ]),
    ),
    { columns: [FIRST, 20, 24, 10, 10, 11], wrap: [2] },
  )
}

/** What came in after the last report: the figures that changed, then the acts behind them. */
function addSince(add: AddSheet, since: dailyFigures.SinceLast, zone: string, lang: 'zh' | 'en'): void {
  const zh = lang === 'zh'
  const lineOf = (key: string) => dailyFigures.labelOf(key)?.[lang] ?? key
  const heads = zh ? ['地区', '数据日', '项目', '上报', '现为', '更正'] : ['Area', 'Day', 'Line', 'Reported', 'Now', 'Change']
  const figures = dailyFigures.changedByDay(since)
  add(
    zh ? '补录更正' : 'Recorded since',
    heads,
    [
      [sinceLine(since, lang)],
      ...figures.map(({ day, name, line, was, is }) => [name, fullDayWords(day)[lang], lineOf(line), was, is, is - was]),
      ...(since.named.length > 0 ? [[], zh ? ['地区', '数据日', '记录', '条数'] : ['Area', 'Day', 'Record', 'Acts']] : []),
      ...grouped(since, lang),
    ],
    { columns: [FIRST, 16, 24, 10, 10, 10], wrap: [2] },
  )
  add(
    zh ? '补录记录' : 'Late acts',
    zh ? ['地区', '数据日', '记录', '发生', '录入', '事件'] : ['Area', 'Day', 'Record', 'Happened', 'Recorded', 'Act'],
    since.named.map((one) => [
      one.area,
      one.day === undefined ? '' : fullDayWords(one.day)[lang],
      one.record[lang],
      minuteWords(one.happenedAt, zone)[lang],
      minuteWords(one.recordedAt, zone)[lang],
      one.event,
    ]),
    { columns: [FIRST, 15, 18, 17, 17, 38], tall: true },
  )
}

/** How many of the acts that are named came in late, by area, day and record: what is read on paper; each of them stands in a sheet of its own. */
function grouped({ named }: dailyFigures.SinceLast, lang: 'zh' | 'en'): readonly Cells[] {
  const groups = Map.groupBy(named, ({ area, day, record }) => [area, day ?? '', record[lang]].join('\t'))
  return [...groups].map(([key, acts]) => {
    const [area = '', day = '', record = ''] = key.split('\t')
    return [area, day === '' ? '' : fullDayWords(day)[lang], record, acts.length]
  })
}

function reportedWords(content: dailyFigures.DailyContent, name: string, zh: boolean): string {
  if (content.zero.includes(name)) return zh ? '零报告' : 'zero report'
  if (content.silent.includes(name)) return zh ? '未报' : 'nothing received'
  return zh ? '有数据' : 'data'
}
