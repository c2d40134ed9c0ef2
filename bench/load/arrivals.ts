// Import of arrivals from xlsx against a large register: people are named by their documents; a twentieth of the rows repeat an earlier one,
// a twentieth are of people whom nobody knows yet. Each row: found, ruled by origin, observed, tallied, answered.
// Usage: node bench/load/arrivals.ts [--people 1000000] [--rows 200000] [--database URL]
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Actor } from '@guatu/kernel'
import exceljs from 'exceljs'
import { importSheet } from '../../packages/server/src/sheets/import.ts'
import { openReport } from '../../packages/server/src/sheets/report.ts'
import { nameOf, numberOf, openRegister } from './register.ts'

const { values } = parseArgs({
  options: { people: { type: 'string', default: '1000000' }, rows: { type: 'string', default: '200000' }, database: { type: 'string' } },
})
const [people, rows] = [Number(values.people), Number(values.rows)]
const { store, data, villages, pathOf } = await openRegister({ people, observed: 0.01, database: values.database })

const REPEATS = 20
const path = join(data, 'arrivals.xlsx')
const book = new exceljs.stream.xlsx.WorkbookWriter({ filename: path, useSharedStrings: true })
const sheet = book.addWorksheet('返巴人员')
sheet.addRow(['姓名', '证件号码', '电话', '到达日期', '来源地', '交通方式', '申报方式', '区划']).commit()
for (let r = 0; r < rows; r += 1) {
  // A repetition is of the row before; an unknown person has a number beyond the register.
  const of = r % REPEATS === REPEATS - 1 ? r - 1 : r
  const i = of % REPEATS === 7 ? people + of : (of * 7907) % people
  const origin = of % 4 === 0 ? '湖北省武汉市' : '广东省深圳市'
  const day = `2020-02-${String(5 + (of % 9)).padStart(2, '0')}`
  const village = villages[(i * 7919) % villages.length]?.code ?? ''
  sheet
    .addRow([nameOf(i), numberOf(i), `138${String(of % 100_000_000).padStart(8, '0')}`, day, origin, '自驾', '名单导入', village])
    .commit()
}
await book.commit()

const officer: Actor = { id: 'duty', name: 'duty', grants: [{ role: 'duty-officer', path: pathOf('5119') }] }
const report = openReport(join(data, 'report.csv'))
const [cpu, own, started] = [process.cpuUsage(), process.threadCpuUsage(), performance.now()]
const done = await importSheet({ store, actor: officer, record: 'arrival', path, onAnswers: (answers) => report.add(answers) })
const seconds = (performance.now() - started) / 1000
const [used, ownUsed] = [process.cpuUsage(cpu), process.threadCpuUsage(own)]
await report.close()
if (!done.ok) throw new Error(done.problem.message.en)
const [log] = await store.db.query<{ n: number }>('select count(*)::int as n from events')
const micros = ({ user, system }: NodeJS.CpuUsage) => Math.round((user + system) / rows)
console.log(
  JSON.stringify([
    {
      key: 'arrivals',
      value: Math.round(rows / seconds),
      more: {
        people,
        rows,
        accepted: done.value.accepted,
        refused: done.value.refused,
        events: log?.n,
        µs: micros(used),
        'µs of the main thread': micros(ownUsed),
        MB: Math.round(process.memoryUsage().rss / 1e6),
      },
    },
  ]),
)
await store.close()
rmSync(data, { recursive: true, force: true })
process.exit(0)
