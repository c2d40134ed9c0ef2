import { type AnyRecord, addDays, problem, today } from '@guatu/kernel'
import type { FastifyInstance } from 'fastify'
import { waysOf } from '../store/identity/forms.ts'
import { hasIdentity } from '../store/schema/model.ts'
import type { Store } from '../store/store.ts'
import { idOf } from './ids.ts'
import { refuseWith } from './problems.ts'
import { type Sessions, signedIn } from './session.ts'

/** Days that are looked back for entries that may be doubles, unless asked otherwise. */
const LOOK_BACK = 30
const MOST_PAIRS = 100
/** Ids that one question may name. */
const MOST_IDS = 500

interface Asked {
  readonly purpose?: unknown
  readonly word?: unknown
  readonly area?: unknown
}

const asked = (body: unknown): Asked => (typeof body === 'object' && body !== null ? body : {})
const words = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 1_000) : '')

/**
 * Seeing, finding and comparing identity. What is looked for and why travels in the body: addresses stand in logs and histories.
 */
export function identityRoutes(app: FastifyInstance, store: Store, sessions: Sessions): void {
  for (const def of store.registry.records.values()) {
    namesRoute(app, def, store, sessions)
    if (def.survivor) entriesRoute(app, def, store, sessions)
    if (!hasIdentity(def)) continue
    app.post<{ Params: { id: string } }>(`/api/${def.name}/:id/reveal`, async (request, reply) => {
      const desk = store.as(await signedIn(sessions, request))
      const row = await desk.identity.reveal(def.name, idOf(request.params.id, 'id'), words(asked(request.body).purpose))
      if (!row.ok) return refuseWith(reply, row.problem)
      return reply.header('cache-control', 'no-store').send({ ...row.value, offers: desk.offers(def, row.value) })
    })
    if (waysOf(def).length > 0) findRoute(app, def, store, sessions)
    if (def.duplicates) duplicatesRoute(app, def, store, sessions)
  }
}

function findRoute(app: FastifyInstance, def: AnyRecord, store: Store, sessions: Sessions): void {
  app.post(`/api/${def.name}/find`, async (request, reply) => {
    const desk = store.as(await signedIn(sessions, request))
    const { word, purpose, area } = asked(request.body)
    const path = typeof area === 'string' ? store.areas.index.currentPath(area) : undefined
    if (area !== undefined && path === undefined)
      return refuseWith(reply, problem('area-not-listed', { area: words(area) }, { path: 'area' }))
    if (words(word).trim() === '')
      return refuseWith(
        reply,
        problem(
          'required',
          { field: { zh: '姓名、拼音首字母、证件号码、电话或车牌', en: 'name, initials, number, phone or plate' } },
          { path: 'word' },
        ),
      )
    const found = await desk.identity.find(def.name, {
      word: words(word),
      purpose: words(purpose),
      ...(path === undefined ? {} : { path }),
    })
    if (!found.ok) return refuseWith(reply, found.problem)
    return reply.header('cache-control', 'no-store').send({ rows: found.value.map((row) => ({ ...row, offers: desk.offers(def, row) })) })
  })
}

function duplicatesRoute(app: FastifyInstance, def: AnyRecord, store: Store, sessions: Sessions): void {
  app.get<{ Querystring: { area?: string; days?: string } }>(`/api/${def.name}/duplicates`, async (request, reply) => {
    const desk = store.as(await signedIn(sessions, request))
    const { area, days } = request.query
    const path = area === undefined ? undefined : store.areas.index.currentPath(area)
    if (area !== undefined && path === undefined) return refuseWith(reply, problem('area-not-listed', { area }, { path: 'area' }))
    const back = Number(days ?? LOOK_BACK)
    if (!Number.isInteger(back) || back < 1 || back > 3_650)
      return refuseWith(
        reply,
        problem(
          'invalid',
          { field: 'days', why: { zh: '请填写1到3650的整数。', en: 'write a whole number from 1 to 3650.' } },
          { path: 'days' },
        ),
      )
    const since = Temporal.PlainDate.from(addDays(today(store.clock), -back))
      .toZonedDateTime(store.clock.zone)
      .toInstant()
      .toString()
    const pairs = await desk.identity.duplicates(def.name, { since, limit: MOST_PAIRS, ...(path === undefined ? {} : { path }) })
    return pairs.ok
      ? reply.header('cache-control', 'no-store').send({
          pairs: pairs.value.map(({ one, other, twinship }) => ({
            one: { ...one, offers: desk.offers(def, one) },
            other: { ...other, offers: desk.offers(def, other) },
            twinship,
          })),
        })
      : refuseWith(reply, pairs.problem)
  })
}

const idsOf = (request: { readonly query: { readonly ids?: string } }) =>
  (request.query.ids ?? '')
    .split(',')
    .filter((one) => one !== '')
    .slice(0, MOST_IDS)
    .map((one) => idOf(one, 'ids'))

/** Where else some records are entered that were merged, for whoever reads one of the entries. */
function entriesRoute(app: FastifyInstance, def: AnyRecord, store: Store, sessions: Sessions): void {
  app.get<{ Querystring: { ids?: string } }>(`/api/${def.name}/entries`, async (request, reply) => {
    const found = await store.as(await signedIn(sessions, request)).otherEntries(def.name, idsOf(request))
    return found.ok ? reply.header('cache-control', 'private, no-cache').send({ entries: found.value }) : refuseWith(reply, found.problem)
  })
}

/** Names behind references; an id that is missing in the answer is nobody's business here. */
function namesRoute(app: FastifyInstance, def: AnyRecord, store: Store, sessions: Sessions): void {
  app.get<{ Querystring: { ids?: string } }>(`/api/${def.name}/names`, async (request, reply) => {
    const desk = store.as(await signedIn(sessions, request))
    const names = await desk.identity.names(def.name, idsOf(request))
    return names.ok ? reply.header('cache-control', 'private, no-cache').send({ names: names.value }) : refuseWith(reply, names.problem)
  })
}
