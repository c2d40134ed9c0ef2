import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Store } from '../store/store.ts'
import { type Sessions, signedIn } from './session.ts'

/** Where areas lie: centres, and boundaries once somebody imported them. Large and seldom changed: asked for anew, sent when it changed. */
export function geoRoutes(app: FastifyInstance, store: Store, sessions: Sessions): void {
  app.get('/api/geo', async (request, reply) => {
    await signedIn(sessions, request)
    const body = JSON.stringify(await store.geo())
    const tag = `"${createHash('sha256').update(body).digest('base64url')}"`
    reply.header('cache-control', 'private, no-cache').header('etag', tag)
    return request.headers['if-none-match'] === tag ? reply.code(304).send() : reply.type('application/json; charset=utf-8').send(body)
  })
}
