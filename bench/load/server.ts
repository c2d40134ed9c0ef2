// A whole server over the fictional domain, for the benches: real sign-in, permission, fold, books, audit, group commit.
// Usage: forked with <data folder> [postgres URL]; says {url, token, villages}, answers `usage` with its processor time, ends on SIGTERM.
import { openAccounts } from '../../packages/server/src/accounts/accounts.ts'
import { createAuth, migrateAuth } from '../../packages/server/src/accounts/auth.ts'
import { createHttp } from '../../packages/server/src/http/server.ts'
import { openCity } from './city.ts'
import { serveBench } from './serve.ts'

const [, , data = '', database] = process.argv
const store = await openCity(data, database)
const accounts = openAccounts(
  store,
  createAuth({ kysely: store.db.kysely, secret: 'only-for-benches-0123456789abcdef', baseUrl: 'http://localhost' }),
)
await migrateAuth(accounts.auth)
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
const signedIn = await app.inject({
  method: 'POST',
  url: '/api/auth/sign-in/username',
  payload: { username: 'bench', password: 'bench-password' },
})
const { token } = signedIn.json<{ token: string }>()
const villages = [...view.nodes()].filter((one) => one.level === 'village').map((one) => one.id)
await serveBench(app, { token, villages }, () => store.close())
