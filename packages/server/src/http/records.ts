import {
  type AnyRecord,
  CORRECT,
  type Command,
  MOVE,
  problem,
  type RecordState,
  Refused,
  type Result,
  type Saw,
  type SeenVersion,
} from '@guatu/kernel'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { entered, withDrivers } from '../gates/lines.ts'
import { actorNames } from '../store/audit/actor-names.ts'
import type { Receipt } from '../store/log/receipt.ts'
import { isHeard } from '../store/query/by-sound.ts'
import { type Query, readListRequest } from '../store/query/list-request.ts'
import type { Store } from '../store/store.ts'
import { surroundings } from '../store/surroundings.ts'
import { idOf } from './ids.ts'
import { versionsIn } from './if-match.ts'
import { refuseWith, toBody } from './problems.ts'
import { type Sessions, signedIn } from './session.ts'
import { type TakingActs, tried } from './tried.ts'

/** Letters of a sound that are listened to, and records of one answer. */
const LONGEST_HEARD = 60
const MOST_HEARD = 20
/** Acts in one bulk call at most. */
const LARGEST_BULK = 2_000

export interface Routes {
  readonly store: Store
  readonly sessions: Sessions
}

/** What an act carries in its body; everything else of it stands in the address. */
export interface ActBody {
  readonly event?: unknown
  readonly area?: unknown
  readonly happenedAt?: unknown
  readonly version?: unknown
  readonly saw?: unknown
  readonly authority?: unknown
  readonly shape?: unknown
  readonly input?: unknown
}

const bad = (path: string, zh: string, en: string) => new Refused(problem('invalid', { field: path, why: { zh, en } }, { path }))

const text = (value: unknown, path: string): string | undefined => {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string' || value.length > 2_000 || /[\p{Cc}\p{Cs}]/u.test(value)) throw bad(path, '应为文字。', 'it must be text.')
  return value
}

/** What of the record its sender saw: one version where the body says it, else what the header may say. */
function versionOf(said: unknown, ifMatch: string | undefined): SeenVersion | undefined {
  if (said === undefined || said === null) {
    const versions = ifMatch === undefined ? undefined : versionsIn(ifMatch)
    if (ifMatch === undefined || versions !== undefined) return versions
    throw bad('version', 'If-Match应为“*”，或一个、几个版本号，例如"3"。', 'If-Match is to be “*”, or one version or several, such as "3".')
  }
  if (typeof said === 'number' && Number.isInteger(said) && said > 0) return said
  throw bad('version', '应为版本号。', 'it must be a version number.')
}

/** Reads an act from outside; what is not of its shape is refused with the path of the field. */
export function readCommand(record: string, recordId: unknown, action: string, body: ActBody, ifMatch?: string): Command {
  const input = body.input ?? {}
  if (typeof input !== 'object' || Array.isArray(input)) throw bad('input', '应为对象。', 'it must be an object.')
  const version = versionOf(body.version, ifMatch)
  const { saw } = body
  if (saw !== undefined && (typeof saw !== 'object' || saw === null || Array.isArray(saw)))
    throw bad('saw', '应为对象。', 'it must be an object.')
  const { shape } = body
  if (shape !== undefined && !(typeof shape === 'number' && Number.isInteger(shape) && shape > 0))
    throw bad('shape', '应为输入格式的编号。', 'it must be the number of an input shape.')
  const area = text(body.area, 'area')
  const happenedAt = text(body.happenedAt, 'happenedAt')
  const authority = text(body.authority, 'authority')
  return {
    id: idOf(body.event, 'event'),
    record,
    recordId: idOf(recordId, 'id'),
    action,
    input: input as Record<string, unknown>,
    ...(area === undefined ? {} : { area }),
    ...(happenedAt === undefined ? {} : { happenedAt }),
    ...(version === undefined ? {} : { version }),
    ...(saw === undefined ? {} : { saw: saw as Saw }),
    ...(authority === undefined ? {} : { authority }),
    ...(shape === undefined ? {} : { shape }),
  }
}

const body = (request: FastifyRequest): ActBody => (typeof request.body === 'object' && request.body !== null ? request.body : {})
export const etag = (state: Pick<RecordState, 'version'>) => `"${state.version}"`

export const receiptBody = (receipt: Receipt) => ({ event: receipt.event, record: receipt.state, repeated: receipt.repeated })

/** REST for every record of the registry: one route per action, list, detail, timeline, bulk. */
export function recordRoutes(app: FastifyInstance, at: Routes & TakingActs): void {
  const { store, sessions } = at
  for (const def of store.registry.records.values()) {
    readRoutes(app, def, store, sessions)
    for (const action of new Set([...Object.keys(def.actions), CORRECT, MOVE])) {
      if (def.actions[action]?.automatic || def.actions[action]?.composed) continue
      app.post<{ Params: { id: string } }>(`/api/${def.name}/:id/${action}`, async (request, reply) => {
        const actor = await signedIn(sessions, request)
        const desk = store.as(actor)
        const asked = readCommand(def.name, request.params.id, action, body(request), request.headers['if-match'])
        const done = await tried(at, desk, (await withDrivers(store, actor, [asked]))[0] ?? { command: asked })
        if (!done.ok) return refuseWith(reply, done.problem)
        const { event, state, repeated } = done.value
        return reply
          .code(!repeated && state.version === 1 ? 201 : 200)
          .header('etag', etag(state))
          .send({ event, record: state, repeated })
      })
    }
  }
  bulkRoute(app, at)
}

function readRoutes(app: FastifyInstance, def: AnyRecord, store: Store, sessions: Sessions): void {
  app.get<{ Querystring: Query }>(`/api/${def.name}`, async (request, reply) => {
    const actor = await signedIn(sessions, request)
    const wanted = readListRequest(def, request.query, surroundings(store, request.query.lang === 'en' ? 'en' : 'zh'), (area) =>
      store.areas.index.currentPath(area),
    )
    if (!wanted.ok) return refuseWith(reply, wanted.problem)
    const desk = store.as(actor)
    const page = await desk.list(def.name, wanted.value)
    if (!page.ok) return refuseWith(reply, page.problem)
    return reply
      .header('cache-control', 'no-store')
      .send({ ...page.value, rows: page.value.rows.map((row) => ({ ...row, offers: desk.offers(def, row) })) })
  })

  app.get<{ Querystring: Query }>(`/api/${def.name}/count`, async (request, reply) => {
    const actor = await signedIn(sessions, request)
    const wanted = readListRequest(def, request.query, surroundings(store, 'zh'), (area) => store.areas.index.currentPath(area))
    if (!wanted.ok) return refuseWith(reply, wanted.problem)
    const count = await store.as(actor).count(def.name, wanted.value)
    return count.ok ? { count: count.value } : refuseWith(reply, count.problem)
  })

  app.get<{ Querystring: Query }>(`/api/${def.name}/groups`, async (request, reply) => {
    const actor = await signedIn(sessions, request)
    const { by, ...query } = request.query
    const wanted = readListRequest(def, query, surroundings(store, 'zh'), (area) => store.areas.index.currentPath(area))
    if (!wanted.ok) return refuseWith(reply, wanted.problem)
    const groups = await store.as(actor).groups(def.name, String(by ?? '').split(','), wanted.value)
    return groups.ok ? { groups: groups.value } : refuseWith(reply, groups.problem)
  })

  if (isHeard(def))
    app.get<{ Querystring: Query }>(`/api/${def.name}/heard`, async (request, reply) => {
      const typed = String(request.query.q ?? '').slice(0, LONGEST_HEARD)
      const rows = await store.as(await signedIn(sessions, request)).heard(def.name, { typed, limit: MOST_HEARD })
      return rows.ok ? reply.header('cache-control', 'no-store').send({ rows: rows.value }) : refuseWith(reply, rows.problem)
    })

  app.get<{ Params: { id: string } }>(`/api/${def.name}/:id`, async (request, reply) => {
    const desk = store.as(await signedIn(sessions, request))
    const row = await desk.get(def.name, idOf(request.params.id, 'id'))
    if (!row.ok) return refuseWith(reply, row.problem)
    const tag = etag(row.value)
    if (request.headers['if-none-match'] === tag) return reply.code(304).send()
    return reply
      .header('etag', tag)
      .header('cache-control', 'private, no-cache')
      .send({ ...row.value, offers: desk.offers(def, row.value) })
  })

  app.get<{ Params: { id: string } }>(`/api/${def.name}/:id/timeline`, async (request, reply) => {
    const done = await store.as(await signedIn(sessions, request)).history(def.name, idOf(request.params.id, 'id'))
    if (!done.ok) return refuseWith(reply, done.problem)
    const { events, correctable } = done.value
    // Whoever may read a record may read who acted on it: people in office, by the names of their accounts.
    const named = await actorNames(
      store.db,
      events.map((event) => event.actor),
    )
    return { events, correctable, actors: Object.fromEntries(Object.entries(named).map(([id, { name }]) => [id, name])) }
  })
}

/** Many acts in one call. By default each stands alone and is answered alone; `together` makes them stand or fall as one. */
function bulkRoute(app: FastifyInstance, at: Routes & TakingActs): void {
  const { store, sessions } = at
  app.post('/api/events', async (request, reply) => {
    const actor = await signedIn(sessions, request)
    const desk = store.as(actor)
    const { acts, together } = (request.body ?? {}) as { acts?: unknown; together?: unknown }
    if (!Array.isArray(acts) || acts.length > LARGEST_BULK)
      throw bad('acts', `应为不超过${LARGEST_BULK}项的列表。`, `it must be a list of at most ${LARGEST_BULK}.`)
    const read = (act: unknown, i: number): Result<Command> => {
      const { record, id: recordId, action, ...rest } = (typeof act === 'object' && act !== null ? act : {}) as Record<string, unknown>
      try {
        return { ok: true, value: readCommand(String(record), recordId, String(action), rest) }
      } catch (error) {
        if (error instanceof Refused) return { ok: false, problem: { ...error.problem, path: `acts.${i}.${error.problem.path ?? ''}` } }
        throw error
      }
    }
    const commands = acts.map(read)
    const wrong = commands.find((c) => !c.ok)
    if (together === true && wrong && !wrong.ok) return refuseWith(reply, wrong.problem)
    const lines = await withDrivers(
      store,
      actor,
      commands.flatMap((c) => (c.ok ? [c.value] : [])),
    )
    if (together === true) {
      const done = await entered(store, lines, (all) =>
        desk.tryTogether(
          all.map(({ command }) => command),
          all.flatMap(({ shown = [] }) => shown),
        ),
      )
      return done.ok ? { results: done.value.map(receiptBody) } : refuseWith(reply, done.problem)
    }
    let next = 0
    const results = await Promise.all(
      commands.map(async (command) => {
        const done: Result<Receipt> = command.ok ? await tried(at, desk, lines[next++] ?? { command: command.value }) : command
        return done.ok ? receiptBody(done.value) : { problem: toBody(done.problem) }
      }),
    )
    return { results }
  })
}
