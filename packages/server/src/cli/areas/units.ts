import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { Refused } from '@guatu/kernel'
import { recordUnits, unitsFromFile } from '../../sheets/areas/units.ts'
import { Failed, note, only, print, text, type Values } from '../command.ts'
import { CONSOLE, withStore } from '../data.ts'
import { dayValue } from './tree.ts'

/** Takes a list of units and grids into the register, each line with its own answer. */
export function importUnits(values: Values, rest: readonly string[]): Promise<number> {
  const path = only(rest, 'FILE.csv | FILE.xlsx | FILE.json')
  const [date, dryRun] = [dayValue(values, 'as-of'), values['dry-run'] === true]
  return withStore(values, async (store) => {
    const found = await stat(path).catch(() => undefined)
    if (!found?.isFile()) throw new Failed(`没有文件“${path}”，请检查路径。`, `There is no file “${path}”; check the path.`)
    if (store.areas.tree.size === 0)
      throw new Failed(
        '还没有区划，单位无处隶属；请先导入区划名单（areas import）。',
        'There are no areas yet for units to belong to; import the list of areas first (areas import).',
      )
    const rows = await unitsFromFile(path, path)
    if (!rows.ok) throw new Refused(rows.problem)
    const instrument = text(values.instrument) ?? basename(path)
    const done = await recordUnits(store, rows.value, { instrument, dryRun, ...(date === undefined ? {} : { date }) }, CONSOLE)
    if (!done.ok) throw new Refused(done.problem)
    const { facts, known, refusals } = done.value
    print(
      `${dryRun ? '可登记 would be recorded' : '已登记 recorded'}: ${facts.length}，已有 known ${known}，未采用 refused ${refusals.length}`,
    )
    for (const fact of facts) if (fact.kind === 'created') print(`  ${fact.id.padEnd(20)} ${fact.name}`)
    for (const { line, problem } of refusals) note(`  ✗ 第${line}行：${problem.message.zh}\n    line ${line}: ${problem.message.en}`)
    return refusals.length > 0 ? 1 : 0
  })
}
