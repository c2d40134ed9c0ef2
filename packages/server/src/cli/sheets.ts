import { stat } from 'node:fs/promises'
import { type AnyRecord, Refused } from '@guatu/kernel'
import { areaFinder } from '../sheets/area-finder.ts'
import { importSheet } from '../sheets/import.ts'
import { openReport, type RowAnswer } from '../sheets/report.ts'
import type { Store } from '../store/store.ts'
import { type Command, Failed, note, print, progressLine, text, Usage, type Values } from './command.ts'
import { CONSOLE, cityDay, withStore } from './data.ts'
import { SETTING_OPTIONS, SETTINGS_HELP } from './settings.ts'

export function recordAndFile(positionals: readonly string[]): readonly [string, string] {
  const [record, file, ...more] = positionals
  if (record === undefined || file === undefined || more.length > 0)
    throw new Usage('请给出台账名和文件。 / give the name of a record and a file.')
  return [record, file]
}

/** The record of a name. @throws Failed with the names that there are */
export function recordNamed(store: Store, record: string): AnyRecord {
  const def = store.registry.records.get(record)
  if (def) return def
  const known = [...store.registry.records.keys()]
  throw new Failed(`没有台账“${record}”；可用：${known.join('、')}。`, `There is no record “${record}”; known are ${known.join(', ')}.`)
}

export function areaOf(store: Store, values: Values): string | undefined {
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
      recordNamed(store, record)
      await readable(path)
      const area = areaOf(store, values)
      const line = progressLine('行 rows')
      const target = text(values.report)
      const report = target === undefined ? undefined : openReport(target)
      await report?.opened()
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
      const { accepted, repeated, refused: wrong, ignored, left } = done.value
      const verb = values['dry-run'] === true ? '可导入 would be taken' : '已导入 taken'
      print(`${verb}: ${accepted}；此前已导入 known already: ${repeated}；未导入 refused: ${wrong}`)
      if (ignored.length > 0) note(`忽略的列 columns left out: ${ignored.join('、')}`)
      for (const { name, rows } of left) note(`未读取的工作表 sheet not read: ${name}${rows === undefined ? '' : `（${rows}行 rows）`}`)
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
