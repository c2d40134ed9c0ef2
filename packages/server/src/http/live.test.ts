import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cast } from '@guatu/testing'
import fastify from 'fastify'
import { expect, it, onTestFinished } from 'vitest'
import { lighthouseHttp } from '../../../../testing/src/stores/lighthouse-http.ts'
import { type LiveOptions, liveRoutes } from './live.ts'
import { handleErrors } from './problems.ts'

interface Told {
  readonly id: string
  readonly event: string
  readonly record: string | undefined
}

/** The stream alone, over a socket file: its buffers are small, so that a slow reader is noticed soon. */
async function stream(options: LiveOptions) {
  const city = await lighthouseHttp()
  const account = await city.account('duty', [{ role: 'duty-officer', area: '1' }])
  const cookie = await city.signIn('duty')
  const app = fastify()
  handleErrors(app, () => undefined)
  liveRoutes(app, city.store, city.accounts, options)
  const folder = mkdtempSync(join(tmpdir(), 'guatu-live-'))
  const path = join(folder, 's')
  await app.listen({ path })
  onTestFinished(async () => {
    app.server.closeAllConnections()
    await app.close()
    rmSync(folder, { recursive: true, force: true })
  })
  let made = 0
  /** Builds lamps and answers with their ids. */
  const build = async (count: number) => {
    const done = await Promise.all(
      Array.from({ length: count }, () => {
        made += 1
        const input = { number: `DT-${String(made).padStart(6, '0')}`, name: '塔', colour: 'red', candela: 1 }
        return city.store.writer.submit(
          { id: crypto.randomUUID(), record: 'lamp', recordId: crypto.randomUUID(), action: 'build', area: '11a1', input },
          cast.dutyOfficer,
        )
      }),
    )
    return done.flatMap((one) => (one.ok ? [one.value.state.id] : []))
  }
  /** A reader that goes on from where `after` stood. */
  const read = async (after?: string) => {
    const told: Told[] = []
    const asked = request({ socketPath: path, path: '/api/live', headers: { cookie, ...(after ? { 'last-event-id': after } : {}) } }).end()
    const [answer] = await once(asked, 'response')
    let text = ''
    let ended = false
    answer.setEncoding('utf8')
    answer.on('data', (piece: string) => {
      text += piece
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const part = text.slice(0, end)
        text = text.slice(end + 2)
        const line = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(part)?.[1]
        const data = line('data')
        const event = line('event')
        if (event) told.push({ id: line('id') ?? '', event, record: data ? (JSON.parse(data) as { id?: string }).id : undefined })
      }
    })
    answer.on('close', () => {
      ended = true
    })
    answer.on('error', () => undefined)
    asked.on('error', () => undefined)
    return {
      status: answer.statusCode,
      text: () => text,
      told,
      changes: () => told.filter((one) => one.event === 'change').map((one) => one.record),
      place: () => told.filter((one) => one.id !== '').at(-1)?.id,
      stop: () => asked.destroy(),
      ended: () => ended,
    }
  }
  return { ...city, account, cookie, path, build, read, close: () => app.close() }
}

const until = (holds: () => boolean) => expect.poll(holds, { timeout: 20_000 }).toBe(true)

it('goes on after a break with nothing missed and nothing twice', async () => {
  const { build, read } = await stream({})
  const first = await read()
  await until(() => first.told.length > 0)
  const before = await build(20)
  await until(() => first.changes().length === 20)
  first.stop()
  const missed = await build(30)
  const second = await read(first.place())
  const after = await build(10)
  await until(() => second.changes().length === 40)
  expect([...first.changes(), ...second.changes()]).toEqual([...before, ...missed, ...after])
  // A line that broke right after the greeting has lost nothing either.
  const third = await read(second.told[0]?.id)
  await until(() => third.changes().length === 40)
  expect(third.changes()).toEqual([...missed, ...after])
  // Who comes from another life of the server is told to read everything again.
  const stranger = await read('gone.7')
  await until(() => stranger.told.some((one) => one.event === 'reset'))
  expect(stranger.changes()).toEqual([])
})

it('tells of consequences too', async () => {
  const { build, read, store } = await stream({})
  const [lamp = ''] = await build(1)
  const reader = await read()
  await until(() => reader.told.length > 0)
  await store.writer.submit({ id: crypto.randomUUID(), record: 'lamp', recordId: lamp, action: 'storm', input: {} }, cast.dutyOfficer)
  await until(() => reader.changes().length === 2)
  const [repair] = await store.db.query<{ id: string }>('select id from r_repair')
  expect(reader.changes()).toEqual([lamp, repair?.id])
})

it('lets a reader go that cannot follow, and nobody else suffers', async () => {
  const { build, read, path, cookie } = await stream({ behind: 100_000 })
  const quick = await read()
  const slow = connect(path)
  slow.write(`GET /api/live HTTP/1.1\r\nhost: x\r\ncookie: ${cookie}\r\n\r\n`)
  await once(slow, 'readable')
  slow.pause()
  const gone = once(slow, 'close')
  for (let i = 0; i < 25; i += 1) await build(100)
  await until(() => quick.changes().length === 2_500)
  // What waits in the system's buffers can still be read; then the line is over.
  slow.resume()
  await gone
  expect(quick.ended()).toBe(false)
})

it('tells whoever missed more than is told at once to read anew, and goes on with them', async () => {
  const { build, read } = await stream({ behind: 20_000 })
  const first = await read()
  await until(() => first.told.length > 0)
  const place = first.place()
  first.stop()
  await build(200)
  const second = await read(place)
  await until(() => second.told.some(({ event }) => event === 'reset'))
  const after = await build(3)
  await until(() => second.changes().length === 3)
  expect([second.changes(), second.ended()]).toEqual([after, false])
})

it('follows grants while it runs', async () => {
  const { build, read, accounts, account, store } = await stream({ heartbeat: 50 })
  const reader = await read()
  await build(3)
  await until(() => reader.changes().length === 3)
  const [grant] = await store.db.query<{ id: string }>('select id from grants where account = $1', [account])
  await accounts.endGrant(grant?.id ?? '', '2020-02-13', 'test')
  await new Promise((resolve) => setTimeout(resolve, 400))
  await build(3)
  await new Promise((resolve) => setTimeout(resolve, 400))
  expect(reader.changes()).toHaveLength(3)
  await accounts.grant(account, { role: 'duty-officer', area: '1' }, 'test')
  await new Promise((resolve) => setTimeout(resolve, 400))
  const [seen] = await build(1)
  await until(() => reader.changes().length === 4)
  expect(reader.changes().at(-1)).toBe(seen)
  // A session that is ended takes its stream along.
  await store.db.query('delete from "session" where "userId" = $1', [account])
  accounts.forget()
  await until(() => reader.ended())
})

it('hears at once of grants and sessions that end in this process', async () => {
  const { build, read, accounts, account, store, post, cookie } = await stream({ heartbeat: 60_000 })
  const reader = await read()
  const before = await build(1)
  await until(() => reader.changes().length === 1)
  const [grant] = await store.db.query<{ id: string }>('select id from grants where account = $1', [account])
  await accounts.endGrant(grant?.id ?? '', '2020-02-13', 'test')
  await build(1)
  await new Promise((resolve) => setTimeout(resolve, 400))
  await accounts.grant(account, { role: 'duty-officer', area: '1' }, 'test')
  const after = await build(1)
  await until(() => reader.changes().length === 2)
  expect(reader.changes()).toEqual([...before, ...after])
  expect((await post('/api/auth/sign-out', {}, cookie)).status).toBe(200)
  await build(1)
  await until(() => reader.ended())
  expect(reader.changes()).toHaveLength(2)
})

it('opens no more streams of one session than anybody watches', async () => {
  const { read } = await stream({ streams: 2 })
  const first = await read()
  expect([first.status, (await read()).status]).toEqual([200, 200])
  const refused = await read()
  await until(refused.ended)
  expect([refused.status, JSON.parse(refused.text())]).toMatchObject([
    429,
    { code: 'too-many-streams', message: { zh: expect.stringContaining('2个'), en: expect.stringContaining('in 2 windows') } },
  ])
  first.stop()
  await expect.poll(async () => (await read()).status, { timeout: 5_000 }).toBe(200)
})

it('keeps nothing of whoever broke off before the answer', async () => {
  const { read, path, cookie } = await stream({ streams: 2 })
  for (let n = 0; n < 8; n += 1) {
    const socket = connect(path)
    socket.write(`GET /api/live HTTP/1.1\r\nhost: x\r\ncookie: ${cookie}\r\n\r\n`, () => socket.destroy())
    await once(socket, 'close')
  }
  // Those who came before have been answered when this one is.
  expect((await read()).status).toBe(200)
  expect((await read()).status).toBe(200)
})

it('does not hold up a server that is asked to end while people listen', async () => {
  const { read, close } = await stream({})
  const reader = await read()
  await expect.poll(() => reader.told.length).toBeGreaterThan(0)
  await close()
  await expect.poll(reader.ended).toBe(true)
}, 10_000)
