import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { type AnyRecord, isId, Refused, type Result } from '@guatu/kernel'
import { csvStream } from '../sheets/csv/out.ts'
import { dailyLogTable } from '../sheets/daily-log.ts'
import { derivedTable } from '../sheets/derived.ts'
import { outgoing } from '../sheets/export.ts'
import type { OutgoingOptions, OutgoingTable } from '../sheets/outgoing.ts'
import { readColumns } from '../sheets/seen.ts'
import { xlsxStream } from '../sheets/xlsx/out.ts'
import { readListRequest } from '../store/query/list-request.ts'
import type { Store } from '../store/store.ts'
import { surroundings } from '../store/surroundings.ts'
import { type Command, Failed, langOf, print, progressLine, text, Usage, type Values } from './command.ts'
import { CONSOLE, withStore } from './data.ts'
import { SETTING_OPTIONS, SETTINGS_HELP } from './settings.ts'
import { areaOf, recordAndFile, recordNamed } from './sheets.ts'

/** The daily log is of one observation: it takes an id, and none of what chooses the rows of a list. */
const LOG = { record: 'watch', name: 'log' } as const

/** `export RECORD FILE`: what stands in a register, or a table that offices keep and that is derived from it, as .csv or .xlsx. */
export const exportCommand: Command = {
  summary: { zh: '导出表格', en: 'export a sheet' },
  help: `guatu export RECORD FILE [--filter FIELD=VALUE]… [--area AREA] [--columns COLUMNS] [--lang zh|en] [--purpose TEXT [--clear]]
guatu export arrival FILE --sheet returnees [--filter FIELD=VALUE]… [--area AREA] …
guatu export watch FILE --sheet log --id ID …

  FILE              以 .csv 或 .xlsx 结尾 / ends in .csv or .xlsx
  --filter F=V      与列表相同的筛选，可重复 / filter as in the list, may be repeated
  --area AREA       只导出此区划 / only this area
  --columns COLUMNS 默认 all，即可再导入的全部字段；list 为列表所见，或以逗号分隔的列名
                    all fields, as an import reads them; list for what the list shows; or names with commas   all
  --sheet NAME      由台账生成的表：arrival 的 returnees（排查台账，一份申报一行），watch 的 log（逐日监测记录，一人一表）
                    a table derived from the register: returnees of arrival (a row for each declaration), log of watch (of one observation)
  --id ID           log 的观察编号 / the observation of a log
  --purpose TEXT    导出目的，记入查看日志 / why, kept in the log of looks
  --clear           个人信息不掩码，须写明 --purpose / personal data in clear; needs --purpose
  --lang zh|en      表头语言 / language of the heading       zh

个人信息列以掩码导出，除非 --clear / personal data leave masked unless --clear

${SETTINGS_HELP}`,
  options: {
    ...SETTING_OPTIONS,
    filter: { type: 'string', multiple: true },
    area: { type: 'string' },
    columns: { type: 'string' },
    sheet: { type: 'string' },
    id: { type: 'string' },
    purpose: { type: 'string' },
    clear: { type: 'boolean' },
    lang: { type: 'string' },
  },
  run: (values, positionals) => {
    const [record, path] = recordAndFile(positionals)
    const format = /\.xlsx$/i.test(path) ? 'xlsx' : /\.csv$/i.test(path) ? 'csv' : undefined
    if (!format) throw new Usage('文件名应以 .csv 或 .xlsx 结尾。 / the file name must end in .csv or .xlsx.')
    refuseMisfits(record, values)
    langOf(values)
    return withStore(values, async (store) => {
      const table = await tableOf(store, record, values)
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

const isLog = (record: string, values: Values) => record === LOG.record && values.sheet === LOG.name

const idIn = (values: Values) => (text(values.id) ?? '').toLowerCase()

/** @throws Usage for options that do not go together: one that is left out of account would be taken for one that was heeded. */
function refuseMisfits(record: string, values: Values): void {
  const log = isLog(record, values)
  const given = (...names: readonly string[]) => names.find((name) => values[name] !== undefined)
  const misfit = log ? given('filter', 'area', 'columns') : (given('id') ?? (values.sheet === undefined ? undefined : given('columns')))
  if (misfit !== undefined) throw new Usage(`--${misfit} 不适用于此表，请删除。 / --${misfit} does not go with this table; remove it.`)
  if (log && !isId(idIn(values)))
    throw new Usage('逐日监测记录须以 --id 指明一项观察的编号（UUID）。 / a daily log needs --id, the UUID of an observation.')
  if (values.clear === true && (text(values.purpose) ?? '').trim() === '')
    throw new Usage('--clear 须以 --purpose 写明目的。 / --clear needs --purpose.')
}

/** What is asked for, as it also leaves by HTTP: by the desk of whoever asks, page by page, and noted. */
function tableOf(store: Store, record: string, values: Values): Promise<Result<OutgoingTable>> {
  const lang = langOf(values)
  const purpose = text(values.purpose)
  const asked = {
    store,
    desk: store.as(CONSOLE),
    lang,
    reveal: values.clear === true,
    ...(purpose === undefined ? {} : { purpose }),
  }
  if (isLog(record, values)) return dailyLogTable({ ...asked, id: idIn(values) })
  const def = recordNamed(store, record)
  const sheet = values.sheet === undefined ? undefined : sheetNamed(def, String(values.sheet))
  const area = areaOf(store, values)
  const filters = Object.fromEntries((Array.isArray(values.filter) ? values.filter : []).map((one) => pair(String(one))))
  const request = readListRequest(def, { ...filters, ...(area === undefined ? {} : { area }) }, surroundings(store, lang), (one) =>
    store.areas.index.currentPath(one),
  )
  if (!request.ok) throw new Refused(request.problem)
  const options: OutgoingOptions = { ...asked, def, request: request.value, filters }
  if (sheet) return derivedTable(options, sheet)
  const written = text(values.columns) ?? 'all'
  const columns = readColumns(def, written === 'list' ? undefined : written)
  if (!columns.ok) throw new Refused(columns.problem)
  return outgoing({ ...options, columns: columns.value })
}

function sheetNamed(def: AnyRecord, name: string) {
  const sheet = def.sheets?.find((one) => one.name === name)
  if (sheet) return sheet
  const known = [...(def.sheets ?? []).map((one) => one.name), ...(def.name === LOG.record ? [LOG.name] : [])]
  throw new Failed(
    `台账“${def.label.zh}”没有表“${name}”；${known.length > 0 ? `可用：${known.join('、')}` : '请删除 --sheet'}。`,
    `“${def.label.en}” has no sheet “${name}”; ${known.length > 0 ? `known are ${known.join(', ')}` : 'remove --sheet'}.`,
  )
}

function pair(written: string): [string, string] {
  const at = written.indexOf('=')
  if (at < 1) throw new Usage(`--filter 应为 字段=值：“${written}” / --filter must be FIELD=VALUE: “${written}”`)
  return [written.slice(0, at), written.slice(at + 1)]
}
