import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { Refused } from '@guatu/kernel'
import { areaFinder } from '../sheets/area-finder.ts'
import { csvStream } from '../sheets/csv/out.ts'
import { outgoing } from '../sheets/export.ts'
import { importSheet } from '../sheets/import.ts'
import { openReport, type RowAnswer } from '../sheets/report.ts'
import { readColumns } from '../sheets/seen.ts'
import { xlsxStream } from '../sheets/xlsx/out.ts'
import { readListRequest } from '../store/query/list-request.ts'
import type { Store } from '../store/store.ts'
import { surroundings } from '../store/surroundings.ts'
import { type Command, Failed, note, print, progressLine, text, Usage, type Values } from './command.ts'
import { CONSOLE, cityDay, withStore } from './data.ts'
import { SETTING_OPTIONS, SETTINGS_HELP } from './settings.ts'

function recordAndFile(positionals: readonly string[]): readonly [string, string] {
  const [record, file, ...more] = positionals
  if (record === undefined || file === undefined || more.length > 0)
    throw new Usage('请给出台账名和文件。 / give the name of a record and a file.')
  return [record, file]
}

function areaOf(store: Store, values: Values): string | undefined {
  const written = text(values.area)
  if (written === undefined) return undefined
  const found = areaFinder(store.areas.tree.asOf(cityDay(store)))(written)
  if (!found.ok) throw new Refused(found.problem)
  return found.value
}

const SHOWN = 20
const explain = ({ line, problem }: RowAnswer) => note(`  ${line}: ${problem?.message.zh ?? ''} / ${problem?.message.en ?? ''}`)

/** `import RECORD FILE`: rows become acts, each with its own answer. */
export const importCommand: Command = {
  summary: { zh: '导入表格', en: 'import a sheet' },
  help: `guatu import RECORD FILE [--dry-run] [--area AREA] [--report FILE]

  RECORD            台账名，如 task / name of a record
  FILE              .csv 或 .xlsx
  --dry-run         只检查，不写入 / check only, write nothing
  --area AREA       没有区划列时所有行的区划 / area of rows that name none
  --report FILE     逐行结果（CSV） / answers per row as CSV

退出码 exit: 0 全部导入 all taken, 1 有未导入的行 some refused, 2 用法错误 wrong usage

${SETTINGS_HELP}`,
  options: { ...SETTING_OPTIONS, 'dry-run': { type: 'boolean' }, area: { type: 'string' }, report: { type: 'string' } },
  run: (values, positionals) => {
    const [record, path] = recordAndFile(positionals)
    return withStore(values, async (store) => {
      await readable(path)
      const area = areaOf(store, values)
      const line = progressLine('行 rows')
      const target = text(values.report)
      const report = target === undefined ? undefined : openReport(target)
      const refused: RowAnswer[] = []
      const done = await importSheet({
        store,
        actor: CONSOLE,
        record,
        path,
        dryRun: values['dry-run'] === true,
        ...(area === undefined ? {} : { area }),
        onProgress: ({ done: rows, total }) => line.show(rows, total),
        onAnswers: async (answers) => {
          await report?.add(answers)
          for (const one of answers) if (one.result === 'refused' && refused.length < SHOWN) refused.push(one)
        },
      })
      line.end()
      await report?.close()
      if (!done.ok) throw new Refused(done.problem)
      const { accepted, repeated, refused: wrong, ignored } = done.value
      const verb = values['dry-run'] === true ? '可导入 would be taken' : '已导入 taken'
      print(`${verb}: ${accepted}；此前已导入 known already: ${repeated}；未导入 refused: ${wrong}`)
      if (ignored.length > 0) note(`忽略的列 columns left out: ${ignored.join('、')}`)
      refused.forEach(explain)
      if (wrong > refused.length) note('  … 用 --report 写出全部结果 / write all answers with --report')
      return wrong > 0 ? 1 : 0
    })
  },
}

async function readable(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) throw new Failed(`没有文件“${path}”，请检查路径。`, `There is no file “${path}”; check the path.`)
}

/** `export RECORD FILE`: what stands in a register, as .csv or .xlsx. */
export const exportCommand: Command = {
  summary: { zh: '导出表格', en: 'export a sheet' },
  help: `guatu export RECORD FILE [--filter FIELD=VALUE]… [--area AREA] [--columns COLUMNS] [--lang zh|en]

  FILE              以 .csv 或 .xlsx 结尾 / ends in .csv or .xlsx
  --filter F=V      与列表相同的筛选，可重复 / filter as in the list, may be repeated
  --area AREA       只导出此区划 / only this area
  --columns COLUMNS 默认 all，即可再导入的全部字段；list 为列表所见，或以逗号分隔的列名
                    all fields, as an import reads them; list for what the list shows; or names with commas   all
  --lang zh|en      表头语言 / language of the heading       zh

个人信息列以掩码导出 / personal data leave masked

${SETTINGS_HELP}`,
  options: {
    ...SETTING_OPTIONS,
    filter: { type: 'string', multiple: true },
    area: { type: 'string' },
    columns: { type: 'string' },
    lang: { type: 'string' },
  },
  run: (values, positionals) => {
    const [record, path] = recordAndFile(positionals)
    const format = /\.xlsx$/i.test(path) ? 'xlsx' : /\.csv$/i.test(path) ? 'csv' : undefined
    if (!format) throw new Usage('文件名应以 .csv 或 .xlsx 结尾。 / the file name must end in .csv or .xlsx.')
    const lang = values.lang === 'en' ? 'en' : 'zh'
    return withStore(values, async (store) => {
      const def = store.registry.records.get(record)
      if (!def)
        throw new Failed(
          `没有台账“${record}”；可用：${[...store.registry.records.keys()].join('、')}。`,
          `There is no record “${record}”; known are ${[...store.registry.records.keys()].join(', ')}.`,
        )
      const area = areaOf(store, values)
      const filters = Object.fromEntries((Array.isArray(values.filter) ? values.filter : []).map((one) => pair(String(one))))
      const request = readListRequest(def, { ...filters, ...(area === undefined ? {} : { area }) }, surroundings(store, lang), (one) =>
        store.areas.index.currentPath(one),
      )
      if (!request.ok) throw new Refused(request.problem)
      const written = text(values.columns) ?? 'all'
      const columns = readColumns(def, written === 'list' ? undefined : written)
      if (!columns.ok) throw new Refused(columns.problem)
      const table = await outgoing({ store, desk: store.as(CONSOLE), def, request: request.value, columns: columns.value, lang, filters })
      if (!table.ok) throw new Refused(table.problem)
      const line = progressLine('行 rows')
      let rows = 0
      const counted = {
        ...table.value,
        rows: async function* () {
          for await (const page of table.value.rows()) {
            rows += page.length
            line.show(rows, rows)
            yield page
          }
        },
      }
      await pipeline(format === 'xlsx' ? xlsxStream(counted) : csvStream(counted), createWriteStream(path, { mode: 0o600 }))
      line.end()
      print(`${path}: ${rows}行 rows`)
      return 0
    })
  },
}

function pair(written: string): [string, string] {
  const at = written.indexOf('=')
  if (at < 1) throw new Usage(`--filter 应为 字段=值：“${written}” / --filter must be FIELD=VALUE: “${written}”`)
  return [written.slice(0, at), written.slice(at + 1)]
}
