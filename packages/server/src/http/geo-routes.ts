import type { FastifyInstance } from 'fastify'
import type { Store } from '../store/store.ts'
import { type Sessions, signedIn } from './session.ts'

/** Where areas lie: centres, and boundaries once somebody imported them. */
export function geoRoutes(app: FastifyInstance, store: Store, sessions: Sessions): void {
  app.get('/api/geo', async (request, reply) => {
    await signedIn(sessions, request)
    return reply.header('cache-control', 'private, max-age=300').send(await store.geo())
  })
}
