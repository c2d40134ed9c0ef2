/** `analyse offspring`: R, k, and how few cause most. */
import { casesBehind, extinctionChance, fitOffspring } from '../../src/epidemic/offspring/index.ts'
import { negativeBinomialMass } from '../../src/statistics/index.ts'
import type { Command } from '../command.ts'
import { cellProblem, countAt, textAt } from '../input/cells.ts'
import { findColumn, needColumn } from '../input/columns.ts'
import { nameAt, onlyOnce } from '../input/names.ts'
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
    // A limit that the data do not give must not be read off a picture.
    const upper = result.caution === null ? figure(result.reproduction.upper) : zh ? '上限不明' : 'no known limit'
    const seen = new Map<number, number>()
    for (const count of counts) seen.set(count, (seen.get(count) ?? 0) + 1)
    const span = Array.from({ length: result.most + 1 }, (_, x) => x)
    return {
      result: { ...result, shareCausing80Percent: eighty, extinctionFromOneCase: extinctionChance(r, k) },
      picture: () =>
        planeChart({
          title: zh ? '续发人数分布' : 'Number infected by each case',
          subtitle: zh
            ? `R ${figure(r)}（95% 区间 ${figure(result.reproduction.lower)}–${upper}），k ${figure(k)}（${figure(result.dispersion.lower)}–${figure(result.dispersion.upper)}）；${figure(eighty * 100)}% 的病例造成 80% 的传播`
            : `R ${figure(r)} (95 % interval ${figure(result.reproduction.lower)} to ${upper}), k ${figure(k)} (${figure(result.dispersion.lower)} to ${figure(result.dispersion.upper)}); ${figure(eighty * 100)} % of the cases cause 80 % of the infections`,
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

/** Cases that one file may stand for. */
const MOST_CASES = 10_000_000

/** From a column of counts (with or without a column of how many cases), or counted from a column of infectors. */
function readOffspring(table: Table): number[] {
  const column = findColumn(table, 'offspring')
  if (column < 0) return countInfected(table)
  const times = findColumn(table, 'cases')
  let left = MOST_CASES
  return table.rows.flatMap((row) => {
    const count = countAt(table, row, column, { most: MOST_CASES })
    const cases = times < 0 ? 1 : countAt(table, row, times, { most: left })
    left -= cases
    return new Array<number>(cases).fill(count)
  })
}

function countInfected(table: Table): number[] {
  const [id, infector] = [needColumn(table, 'id'), needColumn(table, 'infector')]
  const once = onlyOnce(table, id, 'id-twice', '同一病例请只留一行', 'keep one row of a case')
  const counts = new Map<string, number>()
  for (const row of table.rows) {
    const text = nameAt(table, row, id)
    once(row, text)
    counts.set(text, 0)
  }
  const sources = new Map<string, string>()
  for (const row of table.rows) {
    const [text, source] = [textAt(row, id), textAt(row, infector)]
    if (source === '' || source === 'NA') continue
    const known = counts.get(source)
    if (known === undefined)
      throw cellProblem(
        table,
        row,
        infector,
        'id-unknown',
        `传染源“${source}”不在病例表中，请改正编号或补上该病例`,
        `the infector "${source}" is not in the table: mend the id, or add the case`,
      )
    sources.set(text, source)
    if (leadsBack(sources, text))
      throw cellProblem(
        table,
        row,
        infector,
        'infected-by-itself',
        `病例“${text}”成了自己的传染源（直接或经他人），请改正`,
        `the case "${text}" becomes its own source, directly or through others: mend the infector`,
      )
    counts.set(source, known + 1)
  }
  return [...counts.values()]
}

/** Whether the way from infector to infector comes back to the case that it began with. */
function leadsBack(sources: ReadonlyMap<string, string>, id: string): boolean {
  let at = sources.get(id)
  while (at !== undefined && at !== id) at = sources.get(at)
  return at === id
}
