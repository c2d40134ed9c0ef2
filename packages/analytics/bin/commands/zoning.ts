/** `analyse zoning`: the risk class of each area from a table of facts, or of each day from daily counts. */

import { isoDay } from '../../src/epidemic/linelist/index.ts'
import {
  nationalRiskAreas,
  nationalThreeLevels,
  sichuanFourClasses,
  type Zone,
  type ZoneFacts,
  type ZoneTable,
  zoneArea,
} from '../../src/epidemic/zoning/index.ts'
import type { Outcome } from '../../src/outcome.ts'
import type { Answer, Command, Options } from '../command.ts'
import { countAt, dayAt, flagAt, numberAt, textAt } from '../input/cells.ts'
import { findColumn, needColumn } from '../input/columns.ts'
import { readDailyCounts } from '../input/daily-counts.ts'
import { FileProblem } from '../input/file-problem.ts'
import { nameAt, onlyOnce } from '../input/names.ts'
import type { Table } from '../input/table-file.ts'
import { asOfOption, asOfTable, asOfWords, choiceOption, countOptions, countOptionsOf, dayOption, numberOption } from '../options.ts'
import { zoneChart } from '../picture/zone-chart.ts'

const TABLES: Readonly<Record<string, ZoneTable>> = {
  'national-2020': nationalThreeLevels,
  'sichuan-2020': sichuanFourClasses,
  'national-2022': nationalRiskAreas,
}

interface Line {
  readonly label: string
  readonly day: string
  readonly outcome: Outcome<Zone>
}

export const zoning: Command = {
  name: 'zoning',
  zh: '风险区划分（按规则表）',
  en: 'Risk zoning by a rule table',
  options: {
    table: {
      zh: `规则表：${Object.keys(TABLES).join('、')}`,
      en: `rule table: ${Object.keys(TABLES).join(', ')}`,
      fallback: 'national-2020',
    },
    population: { zh: '人口，用于一周发病率（按日报判定时）', en: 'population, for the one-week incidence (from daily counts)' },
    clusters: { zh: '聚集性疫情发生日期，逗号分隔；none 表示核实无', en: 'days of cluster events, comma-separated; none if verified' },
    ...countOptions,
  },
  run(table, options) {
    const rules = TABLES[choiceOption(options, 'table', Object.keys(TABLES))]
    if (rules === undefined) throw new FileProblem('option-invalid', '规则表不存在', 'no such rule table')
    const columns = factColumns(table, rules)
    return columns.size > 0 ? fromFacts(table, rules, columns, options) : fromCounts(table, rules, options)
  },
}

/** Columns that hold a fact of the table, by code or by its name in either language. */
function factColumns(table: Table, rules: ZoneTable): Map<string, number> {
  const found = new Map<string, number>()
  for (const [code, words] of Object.entries(rules.facts)) {
    const at = table.header.findIndex((name) => [code.toLowerCase(), words.zh, words.en].includes(name.trim()) || name.trim() === code)
    if (at >= 0) found.set(code, at)
  }
  return found
}

function isFlag(code: string, rules: ZoneTable): boolean {
  return JSON.stringify(rules.rules).includes(`"fact":"${code}","is"`)
}

function fromFacts(table: Table, rules: ZoneTable, columns: ReadonlyMap<string, number>, options: Options): Answer {
  const name = Math.max(0, findColumn(table, 'place'))
  const once = onlyOnce(table, name, 'area-twice', '每个地区请只留一行', 'keep one row of an area')
  const asOf = asOfTable(options, table)
  const day = asOf === 'not-stated' ? rules.instrument.from : asOf
  const lines = table.rows.map((row): Line => {
    const facts: Record<string, number | boolean | null> = {}
    for (const [code, column] of columns) {
      const empty = textAt(row, column) === '' || textAt(row, column) === '不详'
      facts[code] = empty
        ? null
        : isFlag(code, rules)
          ? flagAt(table, row, column)
          : numberAt(table, row, column, { least: 0, ...(code.startsWith('share') ? { most: 1 } : {}) })
    }
    const label = nameAt(table, row, name)
    once(row, label)
    return { label, day, outcome: zoneArea(rules, facts, day) }
  })
  return answer(lines, rules, asOf, options)
}

function fromCounts(table: Table, rules: ZoneTable, options: Options): Answer {
  if (rules.unit === 'neighbourhood')
    throw new FileProblem(
      'facts-missing',
      `该规则表按小区（村）判定，请提供列：${Object.values(rules.facts)
        .map((words) => words.zh)
        .join('、')}`,
      `this table zones neighbourhoods: give the columns ${Object.keys(rules.facts).join(', ')}`,
    )
  const counts = readDailyCounts(table, countOptionsOf(options))
  const curedColumn = table.header.findIndex((name) => ['cured', '治愈', '出院', 'new_cured'].includes(name.trim().toLowerCase()))
  const closed =
    curedColumn < 0 || counts.deaths === null ? null : closedByDay(table, curedColumn, counts.days, counts.deaths, options.values.group)
  const population = options.values.population === undefined ? null : numberOption(options, 'population', { least: 1 })
  const clusters = clusterDays(options)
  const lines = counts.days.map((day, today): Line => {
    const facts = factsOfDay(counts.total, closed, population, clusters?.map((cluster) => cluster - counts.firstDay) ?? null, today)
    return { label: day, day, outcome: zoneArea(rules, facts, day) }
  })
  return answer(lines, rules, asOfOption(options, counts.days.at(-1) ?? ''), options)
}

function clusterDays(options: Options): number[] | null {
  const text = options.values.clusters
  if (text === undefined) return null
  return text === 'none' ? [] : text.split(',').map((day) => dayOption('clusters', day.trim()))
}

/** Discharges and deaths by day; days without a row have none. */
function closedByDay(
  table: Table,
  column: number,
  days: readonly string[],
  deaths: readonly number[],
  group: string | undefined,
): number[] {
  const date = needColumn(table, 'date')
  const cured = new Map<string, number>()
  for (const row of table.rows) {
    if (group !== undefined && !row.cells.includes(group)) continue
    const day = isoDay(dayAt(table, row, date))
    cured.set(day, (cured.get(day) ?? 0) + countAt(table, row, column, 'corrections'))
  }
  return days.map((day, k) => (cured.get(day) ?? 0) + (deaths[k] ?? 0))
}

function factsOfDay(
  cases: readonly number[],
  closed: readonly number[] | null,
  population: number | null,
  clusters: readonly number[] | null,
  today: number,
): ZoneFacts {
  const sum = (values: readonly number[], from: number) => values.slice(Math.max(0, from), today + 1).reduce((a, b) => a + b, 0)
  const since = (values: readonly number[]) => {
    for (let day = today; day >= 0; day -= 1) if ((values[day] ?? 0) > 0) return today - day
    return Number.POSITIVE_INFINITY
  }
  const cumulative = sum(cases, 0)
  const recent = clusters === null ? null : clusters.some((day) => day <= today && today - day < 14)
  return {
    everHadCase: cumulative > 0,
    cumulativeCases: cumulative,
    activeCases: closed === null ? null : cumulative - sum(closed, 0),
    daysSinceLastNewCase: since(cases),
    daysSinceLastDischarge: closed === null ? null : since(closed),
    newCaseWithin14Days: since(cases) < 14,
    weeklyIncidencePer100k: population === null ? null : (sum(cases, today - 6) / population) * 100_000,
    shareOfCountiesAffected: null,
    clusterWithin14Days: recent,
    clusterOrSustainedSpread: recent,
  }
}

function answer(lines: readonly Line[], rules: ZoneTable, asOf: string, options: Options): Answer {
  const zh = options.language === 'zh'
  const words = (text: { zh: string; en: string }) => (zh ? text.zh : text.en)
  const listed = lines.map(({ label, day, outcome }) =>
    outcome.ok
      ? {
          area: label,
          day,
          zone: outcome.zone.id,
          name: outcome.zone.name,
          wording: outcome.wording,
          reasons: outcome.reasons.map(({ zh, en }) => ({ zh, en })),
          measures: outcome.measures,
        }
      : { area: label, day, zone: null, refusal: outcome.refusal },
  )
  const counted = rules.classes
    .map((zone) => ({ zone, count: listed.filter((line) => line.zone === zone.id).length }))
    .filter(({ count }) => count > 0)
    .map(({ zone, count }) => `${words(zone.name)} ${count}`)
  const unknown = listed.filter((line) => line.zone === null).length
  if (unknown > 0) counted.push(zh ? `无法判定 ${unknown}` : `undecided ${unknown}`)
  const result = {
    ok: true as const,
    method: `${rules.name.en} (${rules.instrument.document.en})`,
    asOf,
    instrument: rules.instrument,
    areas: listed,
  }
  return {
    result,
    picture: () =>
      zoneChart({
        title: words(rules.name),
        subtitle: counted.join(zh ? '，' : ', '),
        footnote: `${zh ? '方法：按规则表自上而下逐条判定，首条相符者定级' : 'Method: ordered rule table, the first rule that holds decides'} (${words(rules.instrument.document)})${zh ? '。' : '. '}${asOfWords(options.language, asOf)}`,
        classes: rules.classes.map((zone) => ({ id: zone.id, name: words(zone.name), rank: zone.rank })),
        lines: lines.map(({ label, outcome }) => ({
          label,
          zone: outcome.ok ? outcome.zone.id : null,
          words: outcome.ok
            ? outcome.reasons.map((reason) => words(reason)).join(zh ? '；' : '; ') || words(outcome.wording)
            : words(outcome.refusal),
        })),
      }),
  }
}
