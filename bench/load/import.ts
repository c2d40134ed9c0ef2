// Import of a sheet into the fictional domain: validated, duplicates found, folded, tallied, committed.
// Usage: node bench/load/import.ts [--rows 200000] [--format csv|xlsx] [--database URL]; measures CPU seconds beside the clock.
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { SYSTEM } from '@guatu/kernel'
import exceljs from 'exceljs'
import { importSheet } from '../../packages/server/src/sheets/import.ts'
import { openCity, TODAY } from './city.ts'

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '200000' },
    format: { type: 'string', default: 'csv' },
    database: { type: 'string' },
  },
})
const rows = Number(values.rows)
const folder = mkdtempSync(join(tmpdir(), 'guatu-bench-import-'))
const store = await openCity(folder, values.database)
const view = store.areas.tree.asOf(TODAY)
const villages = [...view.nodes()].filter((one) => one.level === 'village').map((one) => one.code)

const HEADING = ['编号', '名称', '灯色', '光强', '高度（米）', '区划']
const COLOURS = ['红', '绿', '白']
const offset = Number(process.hrtime.bigint() % 7_000n) * 10_000
function* data(): Generator<(string | number)[]> {
  for (let i = 0; i < rows; i++)
    yield [
      `DT-${String((offset + i) % 100_000_000).padStart(8, '0')}`,
      `灯塔${i}`,
      COLOURS[i % 3] ?? '红',
      i % 1000,
      12.5,
      villages[(i * 7) % villages.length] ?? '',
    ]
}

const path = join(folder, `lamps.${values.format}`)
if (values.format === 'xlsx') {
  const book = new exceljs.stream.xlsx.WorkbookWriter({ filename: path, useSharedStrings: true })
  const sheet = book.addWorksheet('lamps')
  sheet.addRow(HEADING).commit()
  for (const row of data()) sheet.addRow(row).commit()
  await book.commit()
} else {
  const file = createWriteStream(path)
  file.write(`${HEADING.join(',')}\r\n`)
  for (const row of data()) file.write(`${row.join(',')}\r\n`)
  file.end()
  await finished(file)
}

const cpu = process.cpuUsage()
const own = process.threadCpuUsage()
const started = performance.now()
const done = await importSheet({ store, actor: SYSTEM, record: 'lamp', path })
const seconds = (performance.now() - started) / 1000
const used = process.cpuUsage(cpu)
const ownUsed = process.threadCpuUsage(own)
if (!done.ok) throw new Error(done.problem.message.en)
const micros = ({ user: own, system: kernel }: NodeJS.CpuUsage) => Math.round((own + kernel) / rows)
console.log(
  JSON.stringify([
    {
      key: `import-${values.format}`,
      value: Math.round(rows / seconds),
      more: {
        rows: done.value.accepted,
        refused: done.value.refused,
        µs: micros(used),
        'µs of the main thread': micros(ownUsed),
        MB: Math.round(process.memoryUsage().rss / 1e6),
      },
    },
  ]),
)
await store.close()
rmSync(folder, { recursive: true, force: true })
process.exit(0)
