import { type Problem, problem, Refused } from '@guatu/kernel'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Accounts } from '../accounts/accounts.ts'
import {
  beginSecondFactor,
  changePassword,
  confirmSecondFactor,
  endSecondFactor,
  endSessions,
  readOwnAccount,
} from '../accounts/own-account.ts'
import { keepPreference, readPreferences } from '../accounts/preferences.ts'
import { headersFor } from './hand-over.ts'
import { refuseWith } from './problems.ts'
import { type SignedIn, signedIn } from './session.ts'

export const fields = (request: FastifyRequest): Readonly<Record<string, unknown>> =>
  typeof request.body === 'object' && request.body !== null && !Array.isArray(request.body) ? { ...request.body } : {}

/** An answer about accounts is never kept by anything in between. */
export const answer = (
  reply: FastifyReply,
  done: { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: Problem },
) => {
  reply.header('cache-control', 'no-store')
  return done.ok ? reply.send(done.value ?? { done: true }) : refuseWith(reply, done.problem)
}

/** The own account: open also to those who first have to set a password or a second factor. */
export function accountRoutes(app: FastifyInstance, accounts: Accounts): void {
  const who = async (request: FastifyRequest): Promise<SignedIn> => {
    const found = await accounts.of(request.headers)
    if (!found) throw new Refused(problem('not-signed-in'))
    return found
  }

  app.get('/api/account', async (request, reply) => {
    const { actor, session, pending } = await who(request)
    const own = await readOwnAccount(accounts, actor.id, session)
    return answer(reply, { ok: true, value: { ...own, ...(pending ? { pending } : {}) } })
  })

  app.post('/api/account/password', async (request, reply) => {
    const { actor, session } = await who(request)
    const { current, next } = fields(request)
    return answer(reply, await changePassword(accounts, actor.id, session, { current, next }))
  })

  app.post('/api/account/second-factor', async (request, reply) => {
    const { actor } = await who(request)
    return answer(reply, await beginSecondFactor(accounts, actor.id, headersFor(accounts, request), fields(request).password))
  })
  app.post('/api/account/second-factor/confirm', async (request, reply) => {
    const { actor } = await who(request)
    const done = await confirmSecondFactor(accounts, actor.id, headersFor(accounts, request), fields(request).code)
    if (done.ok) for (const cookie of done.value) reply.header('set-cookie', cookie)
    return answer(reply, done.ok ? { ok: true, value: undefined } : done)
  })
  app.post('/api/account/second-factor/end', async (request, reply) => {
    const { actor } = await who(request)
    return answer(reply, await endSecondFactor(accounts, actor.id, fields(request).password))
  })

  app.get('/api/account/preferences', async (request, reply) => {
    const { id } = await signedIn(accounts, request)
    return answer(reply, { ok: true, value: { preferences: await readPreferences(accounts.store, id) } })
  })
  app.post<{ Params: { name: string } }>('/api/account/preferences/:name', async (request, reply) => {
    const { id } = await signedIn(accounts, request)
    return answer(reply, await keepPreference(accounts.store, id, request.params.name, fields(request).value))
  })

  app.post<{ Params: { id: string } }>('/api/account/sessions/:id/end', async (request, reply) => {
    const { actor } = await who(request)
    const ended = await endSessions(accounts, actor.id, { only: request.params.id })
    return answer(
      reply,
      ended > 0
        ? { ok: true, value: undefined }
        : { ok: false, problem: problem('not-found', { what: { zh: '这个会话', en: 'session' } }) },
    )
  })
  app.post('/api/account/sessions/end-others', async (request, reply) => {
    const { actor, session } = await who(request)
    return answer(reply, { ok: true, value: { ended: await endSessions(accounts, actor.id, { allBut: session }) } })
  })
}
