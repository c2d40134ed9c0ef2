// Keeps a small city as this version of the program stores it, for the test that every later version can open it.
// Usage: npm run keep-release. Run it once when a version is released; what is kept is never written again.
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openAccounts } from '../packages/server/src/accounts/accounts.ts'
import { createAuth, migrateAuth } from '../packages/server/src/accounts/auth.ts'
import { openCity, playHistory } from '../packages/server/src/documents/testing/scripted-city.ts'
import { backup } from '../packages/server/src/store/database/backup/index.ts'
import { migrations } from '../packages/server/src/store/migrations/index.ts'

const step = migrations.at(-1)?.name ?? ''
const path = fileURLToPath(new URL(`../packages/server/src/store/migrations/released/${step}.backup`, import.meta.url))
if (existsSync(path)) {
  console.error(`${path} is kept already; a released version is never written again.`)
  process.exit(1)
}
const scratch = mkdtempSync(join(tmpdir(), 'guatu-release-'))
const city = await openCity({ target: { dir: join(scratch, 'database') } })
try {
  await playHistory(city)
  const auth = createAuth({ kysely: city.store.db.kysely, secret: 'tables-only-tables-only-tables-only', baseUrl: 'http://localhost' })
  await migrateAuth(auth)
  const accounts = openAccounts(city.store, auth)
  const added = await accounts.add(
    {
      username: 'kept',
      name: '测试甲',
      password: 'kept-from-release-1',
      grants: [{ role: 'supervision-office', area: 'c', unit: 'office' }],
    },
    'system',
  )
  if (!added.ok) throw new Error(added.problem.message.en)
  const { rows } = await backup(city.store.db, path, { now: city.store.clock.now() })
  chmodSync(path, 0o644)
  console.log(`${path}: ${rows.events ?? 0} events`)
} finally {
  await city.store.close()
  rmSync(scratch, { recursive: true, force: true })
}
