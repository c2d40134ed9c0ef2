/** `analyse clusters`: scan for clusters in space, or in space and the last days. */
import { type Cluster, DEFAULT_REPLICATES, orderByDistance, scanSpaceTime, scanSpatial } from '../../src/epidemic/clusters/index.ts'
import { isoDay } from '../../src/epidemic/linelist/index.ts'
import { redistributeCorrections } from '../../src/epidemic/reproduction/index.ts'
import type { Command } from '../command.ts'
import { countAt, dayAt, textAt } from '../input/cells.ts'
import { findColumn, needColumn } from '../input/columns.ts'
import { FileProblem, inFile, placed } from '../input/file-problem.ts'
import { numberAtName, onlyOnce } from '../input/names.ts'
import { type Places, readPlaces } from '../input/places-table.ts'
import { readTable, type Table } from '../input/table-file.ts'
import { asOfOption, asOfTable, choiceOption, dayOption, numberOption } from '../options.ts'
import { figure } from '../picture/drawing.ts'
import { methodWords } from '../picture/method-words.ts'
import { placeChart } from '../picture/place-chart.ts'

export const clusters: Command = {
  name: 'clusters',
  zh: '聚集性扫描（Kulldorff，空间或时空）',
  en: 'Clusters by the scan statistic (space, or space and time)',
  options: {
    places: {
      zh: '地点表（名称、经度、纬度、人口）；缺省时病例表自带这些列',
      en: 'table of places (name, lon, lat, population); by default the case table has these columns',
    },
    model: { zh: 'poisson（需人口）或 permutation', en: 'poisson (needs population) or permutation', fallback: 'permutation' },
    'max-days': { zh: '时间窗最长天数', en: 'longest window, days', fallback: '7' },
    'max-share': { zh: '区域最大人口比例', en: 'largest share of the population in a zone', fallback: '0.5' },
    replicates: { zh: '蒙特卡洛次数', en: 'Monte Carlo replicates', fallback: String(DEFAULT_REPLICATES) },
    seed: { zh: '随机种子', en: 'random seed', fallback: '1' },
    from: { zh: '起始日期', en: 'first day' },
    to: { zh: '结束日期（时间窗以此日为止）', en: 'last day: windows end here' },
    'max-p': { zh: '实线圈出的 p 值上限', en: 'p up to which a cluster is ringed firmly', fallback: '0.05' },
  },
  async run(table, options) {
    const zh = options.language === 'zh'
    const temporal = findColumn(table, 'date') >= 0
    const model = choiceOption(options, 'model', ['poisson', 'permutation'])
    const own = options.values.places
    const places = own === undefined ? readPlaces(table, !temporal) : await inFile(own, async () => readPlaces(await readTable(own), true))
    const { globe } = places
    const neighbourhoods = orderByDistance(
      places.x.map((x, k) => ({ x, y: places.y[k] ?? 0 })),
      globe ? 'globe' : 'plane',
    )
    const shared = {
      seed: numberOption(options, 'seed', { whole: true }),
      replicates: numberOption(options, 'replicates', { least: 0, most: 99_999, whole: true }),
      maximalShare: numberOption(options, 'max-share', { least: 0.001, most: 1 }),
    }
    if (model === 'poisson' && places.population === null)
      throw new FileProblem(
        'column-missing',
        '泊松模型需要“人口”列（population），请补上或用 --model permutation',
        'the Poisson model needs the column "population": add it, or say --model permutation',
      )
    const { counts, firstDay } = temporal
      ? readCounts(table, places, options.values.from, options.values.to)
      : { counts: readTotals(table, places), firstDay: 0 }
    const weights = temporal ? (model === 'poisson' ? places.population : null) : (places.expected ?? places.population)
    const bare = counts.findIndex((row, place) => weights?.[place] === 0 && row.some((count) => count > 0))
    if (bare >= 0) throw own === undefined ? places.nobodyThere(bare) : places.nobodyThere(bare).of(own)
    const lastDay = firstDay + (counts[0]?.length ?? 1) - 1
    const asOf = temporal ? asOfOption(options, isoDay(lastDay)) : asOfTable(options, table)
    const result = temporal
      ? scanSpaceTime(
          { neighbourhoods, counts, ...(places.population === null ? {} : { population: places.population }) },
          { ...shared, asOf, model, maximalDays: numberOption(options, 'max-days', { least: 1, whole: true }) },
        )
      : scanSpatial(
          {
            neighbourhoods,
            cases: counts.map((row) => row[0] ?? 0),
            population: places.population ?? places.names.map(() => 1),
            ...(places.expected === null ? {} : { expected: places.expected }),
          },
          { ...shared, asOf },
        )
    if (!result.ok) return { result }
    const totals = counts.map((row) => row.reduce((sum, count) => sum + count, 0))
    const limit = numberOption(options, 'max-p', { least: 0, most: 1 })
    const described = result.clusters.map((cluster) => ({
      ...cluster,
      names: cluster.members.map((k) => places.names[k] ?? ''),
      from: cluster.firstDay === null ? null : isoDay(firstDay + cluster.firstDay),
      to: cluster.lastDay === null ? null : isoDay(firstDay + cluster.lastDay),
    }))
    const [first] = described
    const span = (cluster: (typeof described)[number]) =>
      cluster.from === null ? '' : cluster.from === cluster.to ? (cluster.from ?? '') : `${cluster.from} – ${cluster.to}`
    return {
      result: { ...result, clusters: described },
      picture: () =>
        placeChart({
          globe,
          title: zh ? '病例聚集性扫描' : 'Clusters of cases',
          subtitle:
            first === undefined
              ? zh
                ? '没有高于预期的区域'
                : 'nowhere more than expected'
              : `${zh ? '最可能的聚集：' : 'Likeliest: '}${first.names.slice(0, 6).join(zh ? '、' : ', ')}${first.names.length > 6 ? ' …' : ''} ${span(first)}${zh ? `，${first.cases} 例（预期 ${figure(first.expected)}），p = ${figure(first.p ?? Number.NaN)}` : `, ${first.cases} cases (${figure(first.expected)} expected), p = ${figure(first.p ?? Number.NaN)}`}`,
          footnote: `${zh ? '方法：' : 'Method: '}${methodWords(result.method, options.language)}${zh ? '；虚线圈不显著。数据截至 ' : '; dashed rings are not significant. Data as of '}${result.asOf}`,
          places: places.names.map((name, k) => ({ name, x: places.x[k] ?? 0, y: places.y[k] ?? 0, cases: totals[k] ?? 0 })),
          clusters: described.slice(0, 4).map((cluster: Cluster & { names: string[] }) => ({
            members: cluster.members,
            sure: (cluster.p ?? 1) <= limit,
            label: `${cluster.cases} / ${figure(cluster.expected)}  p = ${figure(cluster.p ?? Number.NaN)}`,
          })),
        }),
    }
  },
}

function readTotals(table: Table, places: Places): number[][] {
  const [name, cases] = [needColumn(table, 'place'), needColumn(table, 'cases')]
  const numbers = new Map(places.names.map((text, k) => [text, k]))
  const totals = places.names.map(() => [0])
  const once = onlyOnce(table, name, 'place-twice', '请合并为一行', 'add them up in one row')
  for (const row of table.rows) {
    const total = totals[numberAtName(table, row, name, numbers, 'place')]
    once(row, textAt(row, name))
    if (total !== undefined) total[0] = (total[0] ?? 0) + countAt(table, row, cases)
  }
  return totals
}

function readCounts(
  table: Table,
  places: Places,
  from: string | undefined,
  to: string | undefined,
): { counts: number[][]; firstDay: number } {
  const [name, date, cases] = [needColumn(table, 'place'), needColumn(table, 'date'), needColumn(table, 'cases')]
  const numbers = new Map(places.names.map((text, k) => [text, k]))
  const [begin, end] = [from === undefined ? -Infinity : dayOption('from', from), to === undefined ? Infinity : dayOption('to', to)]
  const once = onlyOnce(table, date, 'day-twice', '请合并为一行', 'add them up in one row')
  const cells = table.rows
    .map((row) => {
      const [place, day] = [numberAtName(table, row, name, numbers, 'place'), dayAt(table, row, date)]
      once(row, `${place} ${day}`, `${textAt(row, name)} ${isoDay(day)}`)
      return { place, row: row.row, day, count: countAt(table, row, cases, 'corrections') }
    })
    .filter((cell) => cell.day >= begin && cell.day <= end)
  if (cells.length === 0)
    throw new FileProblem(
      'period-empty',
      '所选时间段没有数据，请核对 --from、--to',
      'there are no rows in the period: check --from and --to',
    )
  const firstDay = cells.reduce((least, cell) => Math.min(least, cell.day), Number.POSITIVE_INFINITY)
  const lastDay = cells.reduce((most, cell) => Math.max(most, cell.day), Number.NEGATIVE_INFINITY)
  const counts = places.names.map(() => new Array<number>(lastDay - firstDay + 1).fill(0))
  for (const cell of cells) {
    const row = counts[cell.place]
    if (row !== undefined) row[cell.day - firstDay] = (row[cell.day - firstDay] ?? 0) + cell.count
  }
  // What a correction takes back was never there: leaving it in would make clusters of mistakes.
  const settled = counts.map((row, place) =>
    placed(
      (day) => {
        const cell = cells.findLast((one) => one.place === place && one.day === firstDay + day)
        return { ...(cell === undefined ? {} : { row: cell.row }), column: table.header[cases] ?? '' }
      },
      () => [...redistributeCorrections(row).counts],
    ),
  )
  return { counts: settled, firstDay }
}
