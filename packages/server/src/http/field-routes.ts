import { Readable, type Writable } from 'node:stream'
import { constants, createBrotliCompress, createGzip } from 'node:zlib'
import { problem, Refused } from '@guatu/kernel'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Accounts } from '../accounts/accounts.ts'
import { type Taken, takeIn } from '../field/acts.ts'
import { calledFor, ownIn } from '../field/box-waiting.ts'
import { type Devices, openDevices } from '../field/devices.ts'
import type { HandOverBox } from '../field/hand-over-box.ts'
import { derivedKey } from '../field/sealing.ts'
import { Snapshot } from '../field/snapshot.ts'
import { readCursor, type SnapshotLine } from '../field/snapshot-lines.ts'
import type { Store } from '../store/store.ts'
import { deviceOf, invalid, readActs } from './phone-acts.ts'
import { refuseWith, toBody } from './problems.ts'
import { receiptBody } from './records.ts'
import { sealedHandOver } from './sealed-hand-over.ts'
import { signedIn } from './session.ts'

export const fieldsOf = (request: FastifyRequest): Readonly<Record<string, unknown>> =>
  typeof request.body === 'object' && request.body !== null ? { ...request.body } : {}

const answerOf = (taken: Taken): Record<string, unknown> => {
  if ('confirmed' in taken) {
    const { confirmed, event, identified } = taken
    return { ...receiptBody(confirmed), event, ...(identified ? { identified } : {}) }
  }
  if ('handedOver' in taken) return taken
  return { event: taken.event, problem: toBody(taken.problem) }
}

interface Field {
  readonly store: Store
  readonly accounts: Accounts
  readonly devices: Devices
  readonly box: HandOverBox
  readonly secret: string
}

/** Work on phones: the key of a phone, the rows of an area, what changed, what was done, and what is handed over. */
export function fieldRoutes(app: FastifyInstance, at: Omit<Field, 'devices'>): void {
  const field: Field = { ...at, devices: openDevices(at.store, at.secret) }
  app.addHook('onClose', () => field.devices.close())
  deviceRoutes(app, field)
  rowRoutes(app, field)
  actRoutes(app, field)
  sealedHandOver(app, field)
  boxRoutes(app, field)
}

function deviceRoutes(app: FastifyInstance, { store, accounts, devices }: Field): void {
  app.post('/api/field/devices', async (request, reply) => {
    const actor = await signedIn(accounts, request)
    const registered = await devices.register(deviceOf(fieldsOf(request).device), actor)
    if (!registered.ok) return refuseWith(reply, registered.problem)
    return reply
      .header('cache-control', 'no-store')
      .send({ key: registered.value.key.toString('base64'), account: actor.id, now: store.clock.now().toString() })
  })
  // Asked without a session: a phone that was wiped or whose worker left has none.
  app.get<{ Params: { id: string } }>('/api/field/devices/:id', async (request, reply) => {
    const found = await devices.find(deviceOf(request.params.id))
    return reply
      .header('cache-control', 'no-store')
      .send({ known: found !== undefined, wiped: found !== undefined && found.wipedAt !== null, now: store.clock.now().toString() })
  })
  app.get<{ Querystring: { account?: string } }>('/api/field/devices', async (request) => {
    const actor = await signedIn(accounts, request)
    const account = request.query.account ?? actor.id
    return { devices: (await devices.answersFor(actor, account)) ? await devices.of(account) : [] }
  })
  app.get('/api/field/workers-devices', async (request, reply) =>
    reply.header('cache-control', 'no-store').send({ devices: await devices.under(await signedIn(accounts, request)) }),
  )
  app.post<{ Params: { id: string } }>('/api/field/devices/:id/wipe', async (request, reply) => {
    const actor = await signedIn(accounts, request)
    const id = deviceOf(request.params.id)
    const found = await devices.find(id)
    if (!found || !(await devices.answersFor(actor, found.account)))
      return refuseWith(reply, problem('not-found', { what: { zh: '这部手机', en: 'phone' } }))
    const wiped = await devices.wipe(id, actor)
    if (!wiped.ok) return refuseWith(reply, wiped.problem)
    await accounts.note({ actor: actor.id, account: found.account, what: 'device-wiped', detail: JSON.stringify({ device: id }) })
    return wiped.value
  })
}

/** Resolves when a stream takes more, or is gone. */
const roomIn = (stream: Writable) =>
  new Promise<void>((resolve) => {
    const go = () => {
      stream.off('drain', go).off('close', go)
      resolve()
    }
    stream.on('drain', go).on('close', go)
  })

/** Lines of JSON, compressed as they are made: the first reaches the phone while the last is still being read. */
function compressed(lines: AsyncGenerator<SnapshotLine>, accepts: string): { stream: Readable; encoding?: 'br' | 'gzip' } {
  if (!/\b(br|gzip)\b/.test(accepts)) {
    const text = async function* () {
      for await (const line of lines) yield `${JSON.stringify(line)}\n`
    }
    return { stream: Readable.from(text()) }
  }
  const encoding = /\bbr\b/.test(accepts) ? 'br' : 'gzip'
  const zip = encoding === 'br' ? createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }) : createGzip({ level: 6 })
  const feed = async () => {
    for await (const line of lines) {
      if (zip.destroyed) return
      const room = zip.write(`${JSON.stringify(line)}\n`)
      // Out at once, each of them: a compressor that waits for more lets a slow link stand idle while the next rows are read.
      zip.flush()
      if (!room) await roomIn(zip)
    }
    zip.end()
  }
  feed().catch((error: Error) => zip.destroy(error))
  return { stream: zip, encoding }
}

function rowRoutes(app: FastifyInstance, { store, accounts, devices, secret }: Field): void {
  const snapshotOf = async (request: FastifyRequest, device: string) => {
    const actor = await signedIn(accounts, request)
    const heard = await devices.heard(device, actor, {})
    if (!heard.ok) throw new Refused(heard.problem)
    return new Snapshot(store, actor, derivedKey(secret, device, 'recognition'))
  }
  app.get<{ Querystring: { device?: string; cursor?: string } }>('/api/field/snapshot', async (request, reply) => {
    const snapshot = await snapshotOf(request, deviceOf(request.query.device))
    const cursor = readCursor(request.query.cursor)
    if (request.query.cursor !== undefined && !cursor) throw invalid('cursor', '请重新开始下载。', 'start again from the beginning.')
    const { stream, encoding } = compressed(snapshot.lines(cursor), String(request.headers['accept-encoding'] ?? ''))
    reply
      .header('content-type', 'application/x-ndjson; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('vary', 'accept-encoding')
    if (encoding) reply.header('content-encoding', encoding)
    return reply.send(stream)
  })
  app.post('/api/field/changes', async (request, reply) => {
    const { device, since } = fieldsOf(request)
    const snapshot = await snapshotOf(request, deviceOf(device))
    const places = Object.entries(typeof since === 'object' && since !== null ? since : {})
    if (!places.every(([, seq]) => Number.isSafeInteger(seq)))
      throw invalid('since', '应为各县的位置。', 'it must be a place for each county.')
    return reply.header('cache-control', 'no-store').send(await snapshot.changes(Object.fromEntries(places)))
  })
  // The key by which this phone recognises identity numbers: held only while it is unlocked, sealed with everything else.
  app.get<{ Querystring: { device?: string } }>('/api/field/recognition', async (request, reply) => {
    const device = deviceOf(request.query.device)
    await snapshotOf(request, device)
    return reply.header('cache-control', 'no-store').send({ key: derivedKey(secret, device, 'recognition').toString('base64') })
  })
}

function actRoutes(app: FastifyInstance, field: Field): void {
  const { store, accounts, devices } = field
  app.post('/api/field/acts', async (request, reply) => {
    const actor = await signedIn(accounts, request)
    const { device: id, acts, deviceNow, app: version } = fieldsOf(request)
    const device = deviceOf(id)
    const said = typeof deviceNow === 'string' ? Date.parse(deviceNow) : Number.NaN
    const skew = Number.isFinite(said) ? said - store.clock.now().epochMilliseconds : undefined
    const heard = await devices.heard(device, actor, {
      ...(skew === undefined ? {} : { skew }),
      ...(typeof version === 'string' ? { app: version.slice(0, 60) } : {}),
    })
    if (!heard.ok) return refuseWith(reply, heard.problem)
    const taken = await takeIn(field, { actor, device }, readActs(acts))
    return reply.header('cache-control', 'no-store').send({ now: store.clock.now().toString(), results: taken.map(answerOf) })
  })
}

function boxRoutes(app: FastifyInstance, { accounts, box }: Field): void {
  app.get('/api/field/handed-over', async (request, reply) => {
    const waiting = await box.list(await signedIn(accounts, request))
    if (!waiting.ok) return refuseWith(reply, waiting.problem)
    const { acts } = waiting.value
    const ids = [...new Set(acts.map((act) => act.account))]
    const names = new Map(await Promise.all(ids.map(async (id) => [id, (await accounts.actorOf(id)).name] as const)))
    return { ...waiting.value, acts: acts.map((act) => ({ ...act, worker: names.get(act.account) ?? '' })) }
  })
  app.get('/api/field/handed-over/count', async (request) => ({
    count: await calledFor(accounts.store, await signedIn(accounts, request)),
  }))
  app.get('/api/field/handed-over/own', async (request) => ({
    acts: await ownIn(accounts.store, (await signedIn(accounts, request)).id),
  }))
  app.post<{ Params: { id: string } }>('/api/field/handed-over/:id/take', async (request, reply) => {
    const [id, actor] = [deviceOf(request.params.id), await signedIn(accounts, request)]
    const done = await (fieldsOf(request).same === true ? box.takeAsSame(id, actor) : box.take(id, actor))
    return done.ok ? done.value : refuseWith(reply, done.problem)
  })
  app.post<{ Params: { id: string } }>('/api/field/handed-over/:id/drop', async (request, reply) => {
    const done = await box.drop(deviceOf(request.params.id), String(fieldsOf(request).reason ?? ''), await signedIn(accounts, request))
    return done.ok ? done.value : refuseWith(reply, done.problem)
  })
}
