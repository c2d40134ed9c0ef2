import { Refused, type Result } from '@guatu/kernel'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Accounts } from '../accounts/accounts.ts'
import { Administration } from '../accounts/administration.ts'
import { answer, fields } from './account-routes.ts'
import { toBody } from './problems.ts'
import { signedIn } from './session.ts'

/** The administrator's work on accounts. */
export function administrationRoutes(app: FastifyInstance, accounts: Accounts): void {
  const office = async (request: FastifyRequest): Promise<Administration> => {
    const found = Administration.of(accounts, await signedIn(accounts, request))
    if (!found.ok) throw new Refused(found.problem)
    return found.value
  }
  type One = { Params: { id: string } }

  app.get<{ Querystring: { q?: string; after?: string } }>('/api/accounts', async (request, reply) => {
    const { q, after } = request.query
    const page = await (await office(request)).list({ ...(after ? { after } : {}), ...(q ? { text: q } : {}) })
    return answer(reply, { ok: true, value: page })
  })
  app.get('/api/accounts/ended', async (request) => ({ accounts: await (await office(request)).onEnded() }))
  // One act for each grant, one after the other: a person with two of them at one place has one there afterwards.
  app.post('/api/accounts/grants-again', async (request) => {
    const at = await office(request)
    const { grants } = fields(request)
    const results: object[] = []
    for (const one of Array.isArray(grants) ? grants : []) {
      const { account, grant, areas } = (one ?? {}) as Readonly<Record<string, unknown>>
      const done = await at.grantAgain(String(account), grant, areas)
      results.push(done.ok ? { grant } : { grant, problem: toBody(done.problem) })
    }
    return { results }
  })
  app.get<One>('/api/accounts/:id', async (request, reply) => answer(reply, await (await office(request)).get(request.params.id)))
  app.get<One & { Querystring: { grant?: string } }>('/api/accounts/:id/charges', async (request, reply) =>
    answer(reply, await (await office(request)).charges(request.params.id, request.query.grant)),
  )
  app.post('/api/accounts', async (request, reply) => {
    const added = await (await office(request)).add(fields(request))
    if (added.ok) reply.code(201)
    return answer(reply, added)
  })
  app.post<One>('/api/accounts/:id/grants', async (request, reply) => {
    const done = await (await office(request)).grant(request.params.id, request.body)
    return answer(reply, done.ok ? { ok: true, value: { id: done.value } } : done)
  })
  app.post<{ Params: { id: string; grant: string } }>('/api/accounts/:id/grants/:grant/end', async (request, reply) =>
    answer(reply, await (await office(request)).endGrant(request.params.id, request.params.grant, fields(request).to)),
  )

  app.post<One>('/api/accounts/:id/open', async (request, reply) =>
    answer(reply, await (await office(request)).open(request.params.id, fields(request).again === true)),
  )

  const acts: Readonly<Record<string, (at: Administration, id: string) => Promise<Result<unknown>>>> = {
    reset: (at, id) => at.reset(id),
    unlock: (at, id) => at.unlock(id),
    close: (at, id) => at.close(id),
    'end-sessions': (at, id) => at.endSessions(id),
    'end-sign-on': (at, id) => at.endSignOn(id),
    'remove-second-factor': (at, id) => at.removeSecondFactor(id),
  }
  for (const [name, act] of Object.entries(acts))
    app.post<One>(`/api/accounts/:id/${name}`, async (request, reply) => answer(reply, await act(await office(request), request.params.id)))
}
