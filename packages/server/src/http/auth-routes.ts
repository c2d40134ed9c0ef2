import { problem } from '@guatu/kernel'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Accounts } from '../accounts/accounts.ts'
import type { Store } from '../store/store.ts'
import { refuseWith } from './problems.ts'
import { signedIn } from './session.ts'

/** Hands a request to the sign-in library and its answer back. */
async function handOver(accounts: Accounts, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) if (value !== undefined) headers.append(name, String(value))
  const url = new URL(request.url, `${request.protocol}://${request.host}`)
  const answer = await accounts.auth.handler(
    new Request(url, {
      method: request.method,
      headers,
      ...(request.method === 'GET' ? {} : { body: JSON.stringify(request.body ?? {}) }),
    }),
  )
  // Whatever happened there may have ended or begun a session.
  if (request.method !== 'GET') accounts.forget()
  reply.code(answer.status)
  answer.headers.forEach((value, name) => {
    if (name !== 'set-cookie') reply.header(name, value)
  })
  for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie)
  return reply.send(await answer.text())
}

/** Sign-in, sign-out, second factor, sessions; and who the signed-in person is. */
export function authRoutes(app: FastifyInstance, store: Store, accounts: Accounts): void {
  app.route({ method: ['GET', 'POST'], url: '/api/auth/*', handler: (request, reply) => handOver(accounts, request, reply) })

  app.get('/api/me', async (request, reply) => {
    const found = await accounts.of(request.headers)
    if (!found) return refuseWith(reply, problem('not-signed-in'))
    const { actor } = found
    const grants = actor.grants.map((grant) => ({ ...grant, area: grant.path.split('/').at(-2) ?? '' }))
    return reply
      .header('cache-control', 'no-store')
      .send({ id: actor.id, name: actor.name, grants, now: store.clock.now().toString(), zone: store.clock.zone })
  })

  app.get('/api/audit/events', async (request, reply) => {
    const actor = await signedIn(accounts, request)
    const desk = store.as(actor)
    const { after, record } = request.query as { after?: string; record?: string }
    const found = await desk.audit({ ...(after ? { after: Number(after) } : {}), ...(record ? { record } : {}) })
    return found.ok ? found.value : refuseWith(reply, found.problem)
  })
}
