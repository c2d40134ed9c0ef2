/** `analyse offspring`: R, k, and how few cause most. */
import { casesBehind, extinctionChance, fitOffspring } from '../../src/epidemic/offspring/index.ts'
import { negativeBinomialMass } from '../../src/statistics/index.ts'
import type { Command } from '../command.ts'
import { countAt, findColumn, needColumn, textAt } from '../input/columns.ts'
import { FileProblem } from '../input/file-problem.ts'
import type { Table } from '../input/table-file.ts'
import { asOfTable, asOfWords } from '../options.ts'
import { figure } from '../picture/drawing.ts'
import { methodWords } from '../picture/method-words.ts'
import { planeChart } from '../picture/plane-chart.ts'

export const offspring: Command = {
  name: 'offspring',
  zh: '续发分布与超级传播（R、k）',
  en: 'Offspring distribution and superspreading (R, k)',
  options: {},
  run(table, options) {
    const zh = options.language === 'zh'
    const counts = readOffspring(table)
    const result = fitOffspring(counts, { asOf: asOfTable(options, table) })
    if (!result.ok) return { result }
    const [r, k] = [result.reproduction.estimate, result.dispersion.estimate]
    const eighty = casesBehind(r, k)
    const seen = new Map<number, number>()
    for (const count of counts) seen.set(count, (seen.get(count) ?? 0) + 1)
    const span = Array.from({ length: result.most + 1 }, (_, x) => x)
    return {
      result: { ...result, shareCausing80Percent: eighty, extinctionFromOneCase: extinctionChance(r, k) },
      picture: () =>
        planeChart({
          title: zh ? '续发人数分布' : 'Number infected by each case',
          subtitle: zh
            ? `R ${figure(r)}（95% 区间 ${figure(result.reproduction.lower)}–${figure(result.reproduction.upper)}），k ${figure(k)}（${figure(result.dispersion.lower)}–${figure(result.dispersion.upper)}）；${figure(eighty * 100)}% 的病例造成 80% 的传播`
            : `R ${figure(r)} (95 % interval ${figure(result.reproduction.lower)} to ${figure(result.reproduction.upper)}), k ${figure(k)} (${figure(result.dispersion.lower)} to ${figure(result.dispersion.upper)}); ${figure(eighty * 100)} % of the cases cause 80 % of the infections`,
          footnote: `${zh ? '方法：' : 'Method: '}${methodWords(result.method, options.language)}${zh ? '；' : '; '}${zh ? `${result.cases} 例，未传播者 ${result.withoutOffspring.numerator} 例` : `${result.cases} cases, ${result.withoutOffspring.numerator} infected nobody`}${zh ? '。' : '. '}${asOfWords(options.language, result.asOf)}`,
          xLabel: zh ? '每例传给的人数' : 'people infected by one case',
          yLabel: zh ? '病例数' : 'cases',
          xRange: [-0.6, result.most + 0.6],
          yTop: Math.max(...seen.values(), result.cases * negativeBinomialMass(0, r, k)) * 1.08,
          bars: { values: [...seen].map(([x, y]) => ({ x, y })), width: 1, label: zh ? '观察' : 'seen' },
          curves: [
            {
              points: span.map((x) => [x, result.cases * negativeBinomialMass(x, r, k)] as const),
              label: zh ? '负二项拟合' : 'negative binomial',
              dots: true,
            },
          ],
        }),
    }
  },
}

/** From a column of counts (with or without a column of how many cases), or counted from a column of infectors. */
function readOffspring(table: Table): number[] {
  const column = findColumn(table, 'offspring')
  if (column >= 0) {
    const times = findColumn(table, 'cases')
    return table.rows.flatMap((row) => new Array<number>(times < 0 ? 1 : countAt(table, row, times)).fill(countAt(table, row, column)))
  }
  const [id, infector] = [needColumn(table, 'id'), needColumn(table, 'infector')]
  const counts = new Map(table.rows.map((row) => [textAt(row, id), 0]))
  for (const row of table.rows) {
    const source = textAt(row, infector)
    if (source === '' || source === 'NA') continue
    const known = counts.get(source)
    if (known === undefined)
      throw new FileProblem('id-unknown', `传染源“${source}”不在病例表中`, `the infector "${source}" is not in the table`, {
        row: row.row,
        column: table.header[infector] ?? '',
      })
    counts.set(source, known + 1)
  }
  return [...counts.values()]
}
