import { isId } from '@guatu/kernel'
import type { FastifyInstance } from 'fastify'
import type { Accounts } from '../accounts/accounts.ts'
import type { SelfLinks } from '../field/links.ts'
import { refuseWith } from './problems.ts'
import { signedIn } from './session.ts'

const NOBODY = '00000000-0000-0000-0000-000000000000'

/** How a worker gives somebody a link to report by, sees which links are in force, and takes one back. */
export function selfLinkRoutes(app: FastifyInstance, links: SelfLinks, accounts: Accounts): void {
  app.post('/api/self-links', async (request, reply) => {
    const actor = await signedIn(accounts, request)
    const { record, id } = (request.body ?? {}) as Record<string, unknown>
    const wanted = record === 'household' ? 'household' : 'person'
    const issued = await links.issue(actor, wanted, isId(id) ? id : NOBODY)
    if (!issued.ok) return refuseWith(reply, issued.problem)
    const { id: link, token, expiresAt } = issued.value
    return reply
      .code(201)
      .header('cache-control', 'no-store')
      .send({ id: link, path: `/p/${token}`, expiresAt })
  })
  app.get<{ Querystring: { record?: string; id?: string } }>('/api/self-links', async (request, reply) => {
    const actor = await signedIn(accounts, request)
    const { record, id } = request.query
    const found = await links.inForce(actor, record === 'household' ? 'household' : 'person', isId(id) ? id : NOBODY)
    return found.ok ? reply.header('cache-control', 'no-store').send({ links: found.value }) : refuseWith(reply, found.problem)
  })
  app.post<{ Params: { id: string } }>('/api/self-links/:id/revoke', async (request, reply) => {
    const actor = await signedIn(accounts, request)
    const id = isId(request.params.id) ? request.params.id : NOBODY
    const done = await links.revoke(actor, id)
    return done.ok ? { revoked: true } : refuseWith(reply, done.problem)
  })
}
