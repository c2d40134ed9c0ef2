import { problem, Refused } from '@guatu/kernel'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Audit, type AuditRequest } from '../store/audit/audit.ts'
import { type ChainReport, verifyChains } from '../store/audit/chains.ts'
import type { Store } from '../store/store.ts'
import { answer } from './account-routes.ts'
import { dayNamed } from './day.ts'
import { idOf } from './ids.ts'
import { type Sessions, signedIn } from './session.ts'

type Query = Readonly<Record<string, string | undefined>>

function readRequest(query: Query): AuditRequest {
  const wrong = (path: string, zh: string, en: string) => new Refused(problem('invalid', { field: path, why: { zh, en } }, { path }))
  for (const path of ['from', 'to'] as const) {
    if (query[path] !== '') dayNamed(query[path], path)
  }
  if (query.recordId) idOf(query.recordId, 'recordId')
  const limit = Number(query.limit ?? 50)
  if (!Number.isInteger(limit) || limit < 1) throw wrong('limit', '请填写正整数。', 'write a positive whole number.')
  const given = (name: 'record' | 'recordId' | 'actor' | 'from' | 'to' | 'area' | 'cursor') => (query[name] ? { [name]: query[name] } : {})
  return {
    limit,
    ...given('record'),
    ...given('recordId'),
    ...given('actor'),
    ...given('from'),
    ...given('to'),
    ...given('area'),
    ...given('cursor'),
  }
}

/** What auditors read: every act, every look at personal data, what was done to accounts, and whether the log is unbroken. */
export function auditRoutes(app: FastifyInstance, store: Store, sessions: Sessions): void {
  let running: Promise<ChainReport> | undefined
  const open = async (request: FastifyRequest): Promise<Audit> => {
    const found = Audit.of(store, await signedIn(sessions, request))
    if (!found.ok) throw new Refused(found.problem)
    return found.value
  }

  app.get<{ Querystring: Query }>('/api/audit/events', async (request, reply) => {
    const audit = await open(request)
    const page = await audit.events(readRequest(request.query))
    if (!page.ok) return answer(reply, page)
    return answer(reply, {
      ok: true,
      value: { events: page.value.rows, next: page.value.next, actors: await audit.names(page.value.rows.map((row) => row.actor)) },
    })
  })
  app.get<{ Querystring: Query }>('/api/audit/looks', async (request, reply) => {
    const audit = await open(request)
    const page = await audit.looks(readRequest(request.query))
    if (!page.ok) return answer(reply, page)
    return answer(reply, {
      ok: true,
      value: { looks: page.value.rows, next: page.value.next, actors: await audit.names(page.value.rows.map((row) => row.actor)) },
    })
  })
  app.get<{ Querystring: Query }>('/api/audit/accounts', async (request, reply) => {
    const audit = await open(request)
    const page = await audit.accounts(readRequest(request.query))
    if (!page.ok) return answer(reply, page)
    return answer(reply, {
      ok: true,
      value: {
        acts: page.value.rows,
        next: page.value.next,
        actors: await audit.names(page.value.rows.flatMap((row) => [row.actor, row.account])),
      },
    })
  })

  app.get('/api/audit/chains', async (request, reply) => {
    const audit = await open(request)
    // Asked before the report is read: a walk that ends in between says "running" with its new report, never "done" with the old one.
    const busy = running !== undefined
    return answer(reply, { ok: true, value: { ...(await audit.chains()), running: busy } })
  })
  // Walking all chains reads the whole log: one walk at a time, and nobody waits for it on an open connection.
  app.post('/api/audit/chains/verify', async (request, reply) => {
    await open(request)
    running ??= verifyChains(store.db, store.clock).finally(() => {
      running = undefined
    })
    running.catch((error: unknown) => request.log.error(error))
    return answer(reply.code(202), { ok: true, value: { running: true } })
  })
  app.addHook('onClose', async () => {
    await running?.catch(() => undefined)
  })
}
