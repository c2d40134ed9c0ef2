// How fast states and books are made anew from the events.
// Usage: node bench/load/rebuild.ts [--events 200000] [--database URL]; half of the acts build a lamp, half light one.
// The figure is that of a rebuild from nothing, all states and books deleted; beside it the one where everything agrees already, and a check.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { SYSTEM } from '@guatu/kernel'
import { openCity, TODAY } from './city.ts'

const { values } = parseArgs({ options: { events: { type: 'string', default: '200000' }, database: { type: 'string' } } })
const data = mkdtempSync(join(tmpdir(), 'guatu-bench-'))
const store = await openCity(data, values.database)
const villages = [...store.areas.tree.asOf(TODAY).nodes()].filter((one) => one.level === 'village').map((one) => one.id)

const GROUP = 1_000
const lamps = Math.ceil(Number(values.events) / 2)
for (let start = 0; start < lamps; start += GROUP) {
  const made = Array.from({ length: Math.min(GROUP, lamps - start) }, (_, i) => ({ n: start + i, id: crypto.randomUUID() }))
  await Promise.all(
    made.map(({ n, id }) =>
      store.writer.submit(
        {
          id: crypto.randomUUID(),
          record: 'lamp',
          recordId: id,
          action: 'build',
          area: villages[n % villages.length] ?? '',
          input: { number: `DT-${String(n).padStart(8, '0')}`, name: `灯塔${n}`, colour: 'red', candela: n % 1000 },
        },
        SYSTEM,
      ),
    ),
  )
  const lit = await Promise.all(
    made.map(({ id }) =>
      store.writer.submit({ id: crypto.randomUUID(), record: 'lamp', recordId: id, action: 'light', input: {} }, SYSTEM),
    ),
  )
  const refused = lit.find((one) => !one.ok)
  if (refused && !refused.ok) throw new Error(refused.problem.message.en)
}
const agreeing = await store.rebuild({ check: false })
for (const statement of ['delete from tallies', 'delete from r_lamp', 'vacuum tallies', 'vacuum r_lamp']) await store.db.query(statement)
const cpu = process.cpuUsage()
const { events, seconds, tallies } = await store.rebuild({ check: false })
const { user, system } = process.cpuUsage(cpu)
const checked = await store.rebuild({ check: true })
if (checked.differences.length > 0) throw new Error(checked.differences.join('\n'))
console.log(
  JSON.stringify([
    {
      key: 'rebuild',
      value: Math.round(events / seconds),
      more: {
        events,
        lines: tallies,
        µs: Math.round((user + system) / events),
        'where all agrees': Math.round(events / agreeing.seconds),
        check: Math.round(events / checked.seconds),
      },
    },
  ]),
)
await store.close()
rmSync(data, { recursive: true, force: true })
process.exit(0)
