/** `analyse chains`: who infected whom. */
import { type ChainCase, type ExposureLink, reconstructChains } from '../../src/epidemic/chains/index.ts'
import { discretiseDelay } from '../../src/epidemic/fatality/index.ts'
import { families } from '../../src/epidemic/intervals/index.ts'
import { isoDay } from '../../src/epidemic/linelist/index.ts'
import type { Command } from '../command.ts'
import { cellProblem, dayAt, dayOrNullAt, flagAt, numberAt, textAt } from '../input/cells.ts'
import { findColumn, needColumn } from '../input/columns.ts'
import { inFile } from '../input/file-problem.ts'
import { nameAt, numberAtName, onlyOnce } from '../input/names.ts'
import { readTable, type Table } from '../input/table-file.ts'
import { asOfOption, numberOption } from '../options.ts'
import { chainChart } from '../picture/chain-chart.ts'
import { methodWords } from '../picture/method-words.ts'

export const chains: Command = {
  name: 'chains',
  zh: '传播链推断（谁传给谁）',
  en: 'Transmission chains (who infected whom)',
  options: {
    links: { zh: '接触关系表（a、b、kind、hours）', en: 'table of contacts (a, b, kind, hours)' },
    'si-mean': { zh: '代间距均值（天）', en: 'mean serial interval, days', fallback: '5.2' },
    'si-sd': { zh: '代间距标准差（天）', en: 'its standard deviation', fallback: '4.1' },
    unlinked: {
      zh: '没有已知接触时的权重（有接触表时缺省 0.05，否则 1）',
      en: 'weight without a known contact (0.05 with a contact table, else 1)',
    },
    'rate-per-hour': { zh: '每小时接触的权重', en: 'weight of an hour of contact', fallback: '10' },
    'import-weight': { zh: '来源不明病例为输入的权重', en: 'weight of import for cases of unknown origin', fallback: '0.001' },
    'incubation-mean': {
      zh: '潜伏期均值（天），用于衡量接触日期',
      en: 'mean incubation, days: weighs the days of contact',
      fallback: '5.2',
    },
    'incubation-sd': { zh: '其标准差（天）', en: 'its standard deviation', fallback: '2.3' },
    presymptomatic: { zh: '发病前可传染天数', en: 'days of infectiousness before onset', fallback: '2' },
  },
  async run(table, options) {
    const zh = options.language === 'zh'
    const { cases, numbers } = readCases(table)
    const links = options.values.links === undefined ? [] : await readLinks(options.values.links, numbers)
    const rate = numberOption(options, 'rate-per-hour', { least: 0 })
    const unlinked = options.values.unlinked === undefined ? (links.length > 0 ? 0.05 : 1) : numberOption(options, 'unlinked', { least: 0 })
    const [mean, sd] = [numberOption(options, 'si-mean', { least: 0.1 }), numberOption(options, 'si-sd', { least: 0.1 })]
    const incubation = byDay(
      numberOption(options, 'incubation-mean', { least: 0.1 }),
      numberOption(options, 'incubation-sd', { least: 0.1 }),
    )
    const lastOnset = cases.reduce((last, one) => Math.max(last, one.onset), Number.NEGATIVE_INFINITY)
    const result = reconstructChains(cases, {
      serialInterval: { firstLag: 0, pmf: byDay(mean, sd) },
      incubation,
      links,
      ratePerHour: Object.fromEntries([...new Set(links.map((link) => link.kind))].map((kind) => [kind, rate])),
      unlinked,
      importWeight: numberOption(options, 'import-weight', { least: 0 }),
      presymptomaticDays: numberOption(options, 'presymptomatic', { least: 0, whole: true }),
      asOf: asOfOption(options, isoDay(lastOnset)),
    })
    if (!result.ok) return { result }
    const idOf = (number: number | null) => (number === null ? null : (cases[number]?.id ?? null))
    const listed = result.nodes.map((node, k) => ({
      id: idOf(k),
      onset: isoDay(cases[k]?.onset ?? 0),
      ...node,
      parent: idOf(node.parent),
      infectors: result.infectors(k).map((one) => ({ id: idOf(one.source), probability: one.probability })),
      generationChances: result.generationChances(k),
      infected: result.infected(k),
    }))
    const generations = result.nodes.reduce((most, node) => Math.max(most, node.generation), 0)
    const roots = result.nodes.filter((node) => node.parent === null).length
    return {
      result: {
        method: result.method,
        asOf: result.asOf,
        ok: true,
        imported: result.imported,
        unexplained: result.unexplained,
        cases: listed,
      },
      picture: () =>
        chainChart({
          language: options.language,
          isoDay,
          title: zh ? '传播链' : 'Transmission chains',
          subtitle: zh
            ? `${cases.length} 例，${roots} 条链，最多传至第 ${generations} 代；每例连到最可能的传染源，线越粗越可信`
            : `${cases.length} cases in ${roots} chains, up to generation ${generations}; each joined to its likeliest source, the thicker the surer`,
          footnote: zh
            ? `方法：${methodWords(result.method, 'zh')}；代间距 ${mean}±${sd} 天，已知接触 ${links.length} 条。推断不能代替流调。数据截至 ${result.asOf}`
            : `Method: ${result.method}; serial interval ${mean}±${sd} days, ${links.length} known contacts. No substitute for field work. Data as of ${result.asOf}`,
          cases: result.nodes.map((node, k) => ({
            id: cases[k]?.id ?? '',
            day: cases[k]?.onset ?? 0,
            parent: node.parent,
            support: node.support,
            generation: node.generation,
          })),
        }),
    }
  },
}

/** A gamma law by whole days. */
function byDay(mean: number, sd: number): number[] {
  const [shape, rate] = families.gamma.byMoments(mean, sd)
  return [...discretiseDelay({ law: 'gamma', shape, rate }, Math.ceil(mean + 8 * sd))]
}

function readCases(table: Table): { cases: ChainCase[]; numbers: Map<string, number> } {
  const [id, onset, imported] = [needColumn(table, 'id'), needColumn(table, 'onset'), findColumn(table, 'importedFlag')]
  const numbers = new Map<string, number>()
  const once = onlyOnce(table, id, 'id-twice', '同一病例请只留一行', 'keep one row of a case')
  const cases = table.rows.map((row, number): ChainCase => {
    const text = nameAt(table, row, id)
    once(row, text)
    numbers.set(text, number)
    return { id: text, onset: dayAt(table, row, onset), imported: flagAt(table, row, imported) }
  })
  return { cases, numbers }
}

/** Contacts between two cases of the case table, each pair once for one way of contact and one period. */
const readLinks = (file: string, numbers: ReadonlyMap<string, number>): Promise<ExposureLink[]> =>
  inFile(file, async () => {
    const table = await readTable(file)
    const [a, b, kind, hours] = [needColumn(table, 'a'), needColumn(table, 'b'), findColumn(table, 'kind'), findColumn(table, 'hours')]
    const [first, last] = [findColumn(table, 'firstDay'), findColumn(table, 'lastDay')]
    const once = onlyOnce(table, b, 'contact-twice', '请把小时数相加，或写明各次日期', 'add up the hours, or give each its days')
    return table.rows.map((row): ExposureLink => {
      const [one, other] = [numberAtName(table, row, a, numbers, 'case'), numberAtName(table, row, b, numbers, 'case')]
      if (one === other)
        throw cellProblem(
          table,
          row,
          b,
          'contact-with-itself',
          `病例“${textAt(row, b)}”与自己接触，请改为另一病例`,
          `the case "${textAt(row, b)}" is in contact with itself: name the other case`,
        )
      const [firstDay, lastDay] = [dayOrNullAt(table, row, first), dayOrNullAt(table, row, last)]
      if (firstDay !== null && lastDay !== null && lastDay < firstDay)
        throw cellProblem(
          table,
          row,
          last,
          'contact-reversed',
          `末次接触早于首次接触 ${isoDay(firstDay)}，请核对`,
          `the last contact lies before the first, ${isoDay(firstDay)}: check both`,
        )
      const way = kind < 0 || textAt(row, kind) === '' ? 'contact' : textAt(row, kind)
      once(
        row,
        [Math.min(one, other), Math.max(one, other), way, firstDay, lastDay].join(' '),
        `${textAt(row, a)} – ${textAt(row, b)} (${way})`,
      )
      const most = firstDay === null || lastDay === null ? {} : { most: 24 * (lastDay - firstDay + 1) }
      return {
        a: one,
        b: other,
        kind: way,
        ...(hours < 0 || textAt(row, hours) === '' ? {} : { hours: numberAt(table, row, hours, { least: 0, ...most }) }),
        ...(firstDay === null ? {} : { firstDay }),
        ...(lastDay === null ? {} : { lastDay }),
      }
    })
  })
