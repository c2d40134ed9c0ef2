// What a board and a list cost with millions behind them, for an administrator as for a village.
// Usage: node bench/load/reads.ts [--records 1000000] [--events 5000000] [--days 60] [--database URL]
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Actor } from '@guatu/kernel'
import { readSeries } from '../../packages/server/src/store/tallies/board.ts'
import { openCity, TODAY as today } from './city.ts'

const { values } = parseArgs({
  options: {
    records: { type: 'string', default: '1000000' },
    events: { type: 'string', default: '5000000' },
    days: { type: 'string', default: '60' },
    database: { type: 'string' },
  },
})
const data = mkdtempSync(join(tmpdir(), 'guatu-reads-'))
const store = await openCity(data, values.database)
const view = store.areas.tree.asOf(today)
const areas = [...view.nodes()].filter((one) => one.level !== 'unit')
const villages = areas.filter((one) => one.level === 'village')
const counties = areas.filter((one) => one.level === 'county').map((one) => one.id)
const countyOf = (id: string) => view.ancestors(id).find((one) => one.level === 'county')?.id ?? id
await store.db.query('create table bench_village (n int primary key, id text, path text, county text)')
await store.db.query('insert into bench_village select * from jsonb_to_recordset($1::jsonb) as t(n int, id text, path text, county text)', [
  JSON.stringify(villages.map((one, n) => ({ n, id: one.id, path: view.path(one.id), county: countyOf(one.id) }))),
])
const measures = Array.from({ length: 20 }, (_, i) => `bench.measure${String(i).padStart(2, '0')}`)
const say = (text: string) => process.stderr.write(`${text}\n`)

/** Books of 20 measures for every area and day, as they would stand after that many events. */
async function fillBooks(events: number, days: number): Promise<void> {
  await store.db.query('truncate tallies')
  const rows = areas
    .filter((one) => one.level !== 'city' && one.level !== 'province')
    .map((one) => ({ area: one.id, county: countyOf(one.id) }))
  const share = events / 20 / days
  // Few events leave few lines: an area has a line for a day only when something happened there.
  await store.db.query(
    `insert into tallies (county, measure, area, day, entered, "left", moved_in, moved_out)
     select a.county, m, a.area, date '${today}' - d, 3, 1, 0, 0
       from jsonb_to_recordset($1::jsonb) as a(area text, county text), unnest($2::text[]) as m, generate_series(0, ${days - 1}) as d
      where (hashtext(a.area || m || d) & 2147483647) % 1000 < least(1000, greatest(1, ${share} * 1000 / ${rows.length})) or length(a.area) <= 4`,
    [JSON.stringify(rows), measures],
  )
  await store.db.query('vacuum analyze tallies')
}

/** Each of several reads so many times, in turns: what else the machine does then slows none more than another. */
async function inTurns<K extends string>(times: number, reads: Readonly<Record<K, () => Promise<unknown>>>): Promise<Record<K, Spread>> {
  const names = Object.keys(reads) as K[]
  const taken = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<K, number[]>
  for (let i = -5; i < times; i += 1)
    for (const name of names) {
      const started = performance.now()
      await reads[name]()
      if (i >= 0) taken[name].push(performance.now() - started)
    }
  return Object.fromEntries(names.map((name) => [name, spread(taken[name])])) as Record<K, Spread>
}

interface Spread {
  readonly p50: number
  readonly p95: number
}

function spread(taken: readonly number[]): Spread {
  const sorted = taken.toSorted((a, b) => a - b)
  const at = (p: number) => Number((sorted[Math.floor(sorted.length * p)] ?? 0).toFixed(1))
  return { p50: at(0.5), p95: at(0.95) }
}

const out: { key: string; value: number; more: Record<string, unknown> }[] = []
let before = 0
for (const events of [50_000, Number(values.events)]) {
  say(`books of ${events} events`)
  await fillBooks(events, Number(values.days))
  const [{ n } = { n: 0 }] = await store.db.query<{ n: number }>('select count(*) as n from tallies')
  const { now, days } = await inTurns(200, {
    now: () => readSeries(store.db, measures, counties, today, 1),
    days: () => readSeries(store.db, measures, counties, today, 14),
  })
  if (events === 50_000) before = days.p95
  else {
    out.push({ key: 'board-today', value: now.p95, more: { p50: now.p50, lines: n } })
    out.push({ key: 'board-14', value: days.p95, more: { p50: days.p50 } })
    out.push({ key: 'board-growth', value: Number((days.p95 / before).toFixed(2)), more: { 'ms before': before } })
  }
}

const records = Number(values.records)
say(`${records} records`)
await store.db.query(
  `insert into r_lamp (county, id, area, path, state, version, created_at, changed_at, last_event, number, name, colour, candela)
   select v.county, gen_random_uuid(), v.id, v.path, case when i % 3 = 0 then 'lit' else 'dark' end, 1, now(), now(), gen_random_uuid(),
          'DT-' || lpad(i::text, 8, '0'), '灯塔' || i, case i % 3 when 0 then 'red' when 1 then 'white' else 'green' end, i % 1000
     from generate_series(0, ${records - 1}) as i join bench_village v on v.n = (i::bigint * 7919) % ${villages.length}`,
)
await store.db.query('vacuum analyze r_lamp')
const county = counties[0] ?? ''
const town = areas.find((one) => one.level === 'town' && one.parent === county)
const village = villages.find((one) => one.parent === town?.id)
const people: Record<string, Actor> = {
  administrator: { id: 'a', name: 'a', grants: [{ role: 'duty-officer', path: view.path(view.byCode('5119')?.id ?? '') ?? '' }] },
  county: { id: 'c', name: 'c', grants: [{ role: 'county-clerk', path: view.path(county) ?? '' }] },
  town: { id: 't', name: 't', grants: [{ role: 'town-clerk', path: view.path(town?.id ?? '') ?? '' }] },
  village: { id: 'v', name: 'v', grants: [{ role: 'grid-worker', path: view.path(village?.id ?? '') ?? '' }] },
}
const lists: Record<string, () => Promise<unknown>> = {}
const rows: Record<string, number> = {}
for (const [who, actor] of Object.entries(people)) {
  const desk = store.as(actor)
  const page = await desk.list('lamp')
  rows[who] = page.ok ? page.value.rows.length : 0
  lists[who] = () => desk.list('lamp')
  lists[`${who} red`] = () => desk.list('lamp', { where: { op: 'is', field: 'colour', value: 'red' } })
}
const taken = await inTurns(300, lists)
for (const who of Object.keys(people))
  out.push({
    key: `list-${who}`,
    value: taken[who]?.p95 ?? Number.NaN,
    more: { p50: taken[who]?.p50, rows: rows[who], 'one colour p95': taken[`${who} red`]?.p95 },
  })
console.log(JSON.stringify(out))
await store.close()
rmSync(data, { recursive: true, force: true })
process.exit(0)
