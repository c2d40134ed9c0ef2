// Reconciliation of a pushed list against a large register, with the whole answer made.
// Usage: node bench/load/reconcile.ts [--people 1000000] [--rows 50000] [--database URL]
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Actor } from '@guatu/kernel'
import { reconcile } from '../../packages/server/src/sheets/reconcile/reconcile.ts'
import { nameOf, numberOf, openRegister } from './register.ts'

const { values } = parseArgs({
  options: { people: { type: 'string', default: '1000000' }, rows: { type: 'string', default: '50000' }, database: { type: 'string' } },
})
const [people, rows] = [Number(values.people), Number(values.rows)]
const { store, data, pathOf } = await openRegister({ people, observed: 0.03, database: values.database })

const lines = ['姓名,身份证号,联系电话,现住址,到达日期']
for (let r = 0; r < rows; r++) {
  const i = (r * 7907) % (people + Math.floor(people / 10))
  const id = r % 50 === 0 ? `${numberOf(i).slice(0, 17)}?` : numberOf(i)
  lines.push([nameOf(i + (r % 40 === 0 ? 1 : 0)), id, '13800000000', '示例村', `2020-0${r % 9 === 0 ? '1-20' : '2-05'}`].join(','))
}
const path = join(data, 'list.csv')
writeFileSync(path, lines.join('\r\n'))
const clerk: Actor = { id: 'clerk', name: 'clerk', grants: [{ role: 'county-clerk', path: pathOf('511902') }] }
// The first is the one that a clerk waits for: nothing is warm.
const [from, cpu] = [performance.now(), process.cpuUsage()]
const done = await reconcile(store, clerk, { path, purpose: 'bench' })
if (!done.ok) throw new Error(done.problem.message.en)
const answer = JSON.stringify(done.value)
const used = process.cpuUsage(cpu)
console.log(
  JSON.stringify([
    {
      key: 'reconcile',
      value: Number(((performance.now() - from) / 1000).toFixed(2)),
      more: {
        people,
        rows: done.value.rows?.length,
        'cpu s': Number(((used.user + used.system) / 1e6).toFixed(2)),
        'answer MB': Number((answer.length / 1e6).toFixed(1)),
        ...done.value.counts,
      },
    },
  ]),
)
await store.close()
rmSync(data, { recursive: true, force: true })
process.exit(0)
