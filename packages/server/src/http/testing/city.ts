import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Actor,
  buildRegistry,
  fixedClock,
  foundingFacts,
  parseVintage,
  Refused,
  type Registry,
  type Role,
  SYSTEM,
} from '@guatu/kernel'
import { lighthouse } from '@guatu/testing'
import { onTestFinished } from 'vitest'
import { testEngine } from '../../../../../testing/src/databases/index.ts'
import { migrated, tablesOf } from '../../../../../testing/src/stores/tables.ts'
import { openAccounts } from '../../accounts/accounts.ts'
import { createAuth, migrateAuth } from '../../accounts/auth.ts'
import { openAttachments } from '../../store/attachments/attachments.ts'
import { openStore } from '../../store/store.ts'
import { createHttp } from '../server.ts'

const ROWS = [
  ['5119', '巴中市'],
  ['511902', '巴州区'],
  ['511921', '通江县'],
  ['511902105', '曾口镇'],
  ['511902106', '兴隆镇'],
  ['511921106', '兴隆镇'],
  ['511902105201', '书台村委会'],
  ['511902106201', '红光村委会'],
  ['511921106201', '红光村委会'],
].map(([code, name]) => ({ code, name }))

/** A small city over the fictional domain, or over others, whole down to the HTTP interface; who asks is named in the header instead of signed in. */
export async function openCity(engine: 'pglite' | 'postgres', registry: Registry = buildRegistry([lighthouse])) {
  const migrations = tablesOf(registry)
  const place = await testEngine(engine).place(migrated(migrations))
  const folder = mkdtempSync(join(tmpdir(), 'guatu-city-'))
  const clock = fixedClock('2020-02-14T02:00:00Z')
  const store = await openStore({
    target: place.target,
    registry,
    clock,
    migrations,
    attachments: openAttachments({ dir: join(folder, 'attachments') }),
  })
  const founded = await store.areas.confirm(
    foundingFacts(parseVintage(ROWS, { source: '示例', asOf: '2019-10-31' }).vintage, '2019-10-31'),
    SYSTEM,
    store.writer,
  )
  if (!founded.ok) throw new Refused(founded.problem)
  const view = store.areas.tree.asOf('2020-02-14')
  const area = (code: string) => view.byCode(code)?.id ?? ''
  const at = (code: string) => view.path(area(code)) ?? ''
  const cast: Readonly<Record<string, readonly [Role, string]>> = {
    duty: ['duty-officer', at('5119')],
    office: ['supervision-office', at('5119')],
    county: ['county-clerk', at('511902')],
    other: ['county-clerk', at('511921')],
    grid: ['grid-worker', at('511902105201')],
    town: ['town-clerk', at('511902105')],
    head: ['leader', at('5119')],
    gate: ['gate-officer', at('511902')],
    farGate: ['gate-officer', at('511921')],
    doctor: ['health-worker', at('511902')],
    auditor: ['auditor', at('5119')],
    admin: ['administrator', at('5119')],
  }
  const actor = (name: string): Actor => {
    const [role, path] = cast[name] ?? ['auditor', '']
    return { id: name, name, grants: [{ role, path }] }
  }
  const auth = createAuth({ kysely: store.db.kysely, secret: 'only-for-tests-0123456789abcdef', baseUrl: 'http://localhost' })
  await migrateAuth(auth)
  const accounts = {
    ...openAccounts(store, auth),
    of: async (headers: Readonly<Record<string, string | string[] | undefined>>) =>
      headers.authorization === undefined ? undefined : { actor: actor(String(headers.authorization)), session: 's' },
  }
  const errors: unknown[] = []
  const app = await createHttp({ store, accounts, log: (line) => errors.push(line) })
  onTestFinished(async () => {
    await app.close()
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const ask = (as: string, method: 'GET' | 'POST', url: string, payload?: object) =>
    app.inject({ method, url, headers: { authorization: as }, ...(payload === undefined ? {} : { payload }) })
  const send = (as: string, url: string, name: string, content: string | Buffer) => {
    const body = new FormData()
    body.append('file', new Blob([typeof content === 'string' ? content : new Uint8Array(content)]), name)
    return app.inject({ method: 'POST', url, headers: { authorization: as }, payload: body })
  }
  return {
    app,
    store,
    accounts,
    clock,
    folder,
    errors,
    ask,
    send,
    actor,
    area,
    city: area('5119'),
    county: area('511902'),
    village: area('511902105201'),
  }
}
