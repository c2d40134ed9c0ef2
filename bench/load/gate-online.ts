// Pass checks, documents and plates over HTTP, with the gate log of a county behind them.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { passes, registry } from '@guatu/domains'
import { fixedClock } from '@guatu/kernel'
import { openAccounts } from '../../packages/server/src/accounts/accounts.ts'
import { createAuth, migrateAuth } from '../../packages/server/src/accounts/auth.ts'
import { createHttp } from '../../packages/server/src/http/server.ts'
import { migrations } from '../../packages/server/src/store/migrations/index.ts'
import { openStore } from '../../packages/server/src/store/store.ts'
import { documentOf, type GateCitySize, gateCity, passId, plateOf, say, VEHICLES } from './gate-city.ts'
import { round, spread, uuid } from './gate-figures.ts'

export interface OnlineSize extends GateCitySize {
  readonly checks: number
  readonly database?: string
}

/** Fills a city, and asks its server as gates do. */
export async function online(values: OnlineSize): Promise<Record<string, unknown>> {
  const data = mkdtempSync(join(tmpdir(), 'guatu-gate-'))
  const clock = fixedClock('2020-02-14T01:00:00Z')
  const store = await openStore({
    target: values.database ? { url: values.database } : { dir: join(data, 'database') },
    registry,
    clock,
    migrations,
  })
  try {
    const { county, path, villages, clerk } = await gateCity(store, clock, values)
    const many = values.passes
    const some = values.people
    const auth = createAuth({ kysely: store.db.kysely, secret: 'only-for-benches-0123456789abcdef', baseUrl: 'http://localhost' })
    await migrateAuth(auth)
    const accounts = {
      ...openAccounts(store, auth),
      of: async () => ({ actor: { ...clerk, id: 'gate', grants: [{ role: 'gate-officer' as const, path }] }, session: 's' }),
    }
    const app = await createHttp({ store, accounts, requestsAMinute: 1e9, log: () => undefined })
    await app.listen({ port: 0, host: '127.0.0.1' })
    const address = app.server.address()
    const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
    const ask = async (path: string, body: object, right: (answer: unknown) => boolean) => {
      const began = performance.now()
      const answer = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      const said: unknown = await answer.json()
      if (!right(said)) throw new Error(JSON.stringify(said))
      return performance.now() - began
    }
    const device = crypto.randomUUID()
    await ask('/api/field/devices', { device }, (answer) => (answer as { key?: string }).key !== undefined)
    const usable = (answer: unknown) => ['valid', 'spent'].includes((answer as { verdict?: { code: string } }).verdict?.code ?? '')
    const check = (i: number) => ask('/api/passes/verify', { number: passes.numberOf(passId((i * 7919) % many)), direction: 'out' }, usable)
    const byDocument = (i: number) => ask('/api/gate/look', { shown: documentOf((i * 7919) % some), direction: 'out' }, usable)
    const byPlate = (i: number) => ask('/api/gate/look', { shown: plateOf((i * 7919) % VEHICLES), direction: 'out' }, usable)
    /** Somebody whom nobody knows: registered and logged in one act. */
    const cross = (i: number) =>
      ask(
        '/api/field/acts',
        {
          device,
          acts: [
            {
              record: 'crossing',
              action: 'record',
              id: uuid(14_000_000 + i),
              event: crypto.randomUUID(),
              area: county,
              input: {
                gate: 'road',
                direction: 'in',
                origin: '某省某市',
                listed: false,
                home: true,
                local: false,
                temperature: 36.5,
                destination: villages[i % villages.length],
                decision: 'home',
                days: 7,
              },
              beside: { document: documentOf(some + i), name: '测试乙', person: uuid(16_000_000 + i), event: crypto.randomUUID() },
            },
          ],
        },
        (answer) => (answer as { results?: { identified?: string }[] }).results?.[0]?.identified === 'created',
      )
    const times = async (count: number, one: (i: number) => Promise<number>) => {
      const out: number[] = []
      for (let i = 0; i < count; i += 1) out.push(await one(i))
      return spread(out)
    }
    for (let i = 0; i < 200; i += 1) await check(i)
    say('checks')
    const cpu = process.cpuUsage()
    const one: number[] = []
    for (let i = 0; i < values.checks; i += 1) one.push(await check(i))
    const used = process.cpuUsage(cpu)
    const eight: number[] = []
    for (let i = 0; i < values.checks; i += 8) eight.push(...(await Promise.all(Array.from({ length: 8 }, (_, k) => check(i + k)))))
    const fewer = Math.max(1, Math.floor(values.checks / 4))
    const documents = await times(fewer, byDocument)
    const plates = await times(fewer, byPlate)
    const registered = await times(fewer, cross)
    const began = performance.now()
    const book = await (await fetch(`${url}/api/passes/book`)).text()
    const bookMs = performance.now() - began
    await app.close()
    return {
      engine: store.db.engine,
      passes: many,
      crossings: values.crossings,
      oneGate: spread(one),
      eightGatesAtOnce: spread(eight),
      byDocument: documents,
      byPlate: plates,
      unknownRegisteredAndLogged: registered,
      cpuMsPerCheck: round((used.user + used.system) / 1000 / one.length),
      book: { ms: round(bookMs), bytes: book.length },
    }
  } finally {
    await store.close()
    rmSync(data, { recursive: true, force: true })
  }
}
